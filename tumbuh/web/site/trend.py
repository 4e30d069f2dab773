"""The trend of an indicator by month against the yearly targets, and the small line on a figure's card."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from tumbuh.web.site.charts import ACCENT, INK, PRIMARY, SURFACE, keep_picture, to_svg
from tumbuh.web.templatetags.numbers import month as write_month
from tumbuh.web.templatetags.numbers import percent


@dataclass(frozen=True)
class Point:
    """One month's figure; value None where there is none or it is protected."""

    month: date
    value: Decimal | None


@dataclass(frozen=True)
class Target:
    """What the regulation asks for by the end of a year, in percent."""

    year: int
    value: Decimal


@dataclass(frozen=True)
class Size:
    """How large to draw, in units of the picture; text keeps its size, so narrow pictures say less."""

    width: int
    height: int
    is_compact: bool


WIDE = Size(880, 320, is_compact=False)
COMPACT = Size(330, 270, is_compact=True)


def _list_steps(targets: Sequence[Target], first: date, last: date, *, is_brief: bool) -> list[dict[str, Any]]:
    """Each year's target as a level line over that year, cut to the picture's months."""
    shown = [target for target in targets if first.year <= target.year <= last.year]
    word = gettext("target")
    steps = []
    for target in shown:
        start, end = max(date(target.year, 1, 1), first), min(date(target.year + 1, 1, 1), last)
        words = percent(target.value)
        if not is_brief and (end - start).days > 120:
            words = f"{word} {target.year}: {words}"
        elif is_brief and target is shown[-1]:
            words = f"{words}\n{word}"
        middle = date.fromordinal((start.toordinal() + end.toordinal()) // 2)
        steps.append(
            {"from": f"{start}", "to": f"{end}", "middle": f"{middle}", "value": float(target.value), "label": words}
        )
    return steps


def _get_scale(values: list[float]) -> tuple[float, float]:
    """A vertical range with room above and below, never under zero."""
    low, high = min(values), max(values)
    room = max((high - low) * 0.25, 1.0)
    return max(0.0, low - room), high + room


def _mark_months(points: Sequence[Point]) -> list[dict[str, Any]]:
    return [
        {
            "month": point.month.isoformat(),
            "value": float(point.value),
            "tip": f"{write_month(point.month)}: {percent(point.value)}",
            "label": percent(point.value),
        }
        for point in points
        if point.value is not None
    ]


def _draw_targets(alt: Any, steps: list[dict[str, Any]], y: Any, *, is_below: bool) -> list[Any]:
    """Dashed stairs and their numbers, on the side where the figures are not."""
    base = alt.Chart(alt.Data(values=steps)).encode(y=y)
    lines = base.mark_rule(aria=False, strokeWidth=2, strokeDash=[6, 4], color=ACCENT)
    words = base.mark_text(
        dy=8 if is_below else -8,
        baseline="top" if is_below else "bottom",
        color=INK,
        fontWeight=600,
        lineBreak="\n",
        aria=False,
    )
    return [
        lines.encode(x=alt.X("from:T"), x2="to:T"),
        words.encode(x=alt.X("middle:T"), text="label:N"),
    ]


def _draw_figures(alt: Any, data: list[dict[str, Any]], x: Any, y: Any, label: dict[str, Any]) -> list[Any]:
    """The solid line with a dot a month and the newest figure written beside its dot."""
    line = alt.Chart(alt.Data(values=data)).encode(x=x, y=y)
    newest = alt.Chart(alt.Data(values=data[-1:])).encode(x=x, y=y)
    dot = {"filled": True, "color": PRIMARY, "opacity": 1}
    return [
        line.mark_line(aria=False, strokeWidth=3.5, color=PRIMARY),
        line.mark_point(size=34, **dot).encode(description="tip:N"),
        newest.mark_point(aria=False, size=150, stroke=SURFACE, strokeWidth=2, **dot),
        newest.mark_text(aria=False, fontSize=16, fontWeight=800, color=PRIMARY, **label).encode(text="label:N"),
    ]


def _build(points: Sequence[Point], targets: Sequence[Target], last: date, size: Size) -> Any:
    import altair as alt  # starts pandas: only when a picture is drawn

    is_long = (last - points[0].month).days > 800
    first = date(targets[0].year, 1, 1) if is_long and targets else points[0].month
    data = _mark_months(points)
    steps = _list_steps(targets, first, last, is_brief=size.is_compact and is_long)
    scale = _get_scale([row["value"] for row in data] + [step["value"] for step in steps])
    marks = {"tickCount": "year", "format": "%Y", "labelAlign": "left"} if is_long else {"format": "%b %y"}
    x = alt.X("month:T", title=None, axis=alt.Axis(**{"tickCount": 3 if size.is_compact else 6, **marks}))
    x = x.scale(domain=[f"{first}", f"{last}"])
    y = alt.Y("value:Q", title=None, scale=alt.Scale(domain=scale, nice=False, zero=False))
    y = y.axis(format=".0f", tickCount=5, labelExpr="datum.label + ' %'")
    is_above = not steps or data[-1]["value"] >= steps[-1]["value"]
    beside = {"dx": 12, "align": "left"}
    layers = [*_draw_targets(alt, steps, y, is_below=is_above), *_draw_figures(alt, data, x, y, beside)]
    return alt.layer(*layers).properties(width=size.width, height=size.height, padding=4)


def trend_chart(
    points: Sequence[Point], targets: Sequence[Target], *, last: date, title: str, size: Size = WIDE
) -> SafeString:
    """Monthly figures as a solid line, the yearly targets as dashed steps with their numbers; "" without any figure.

    `last` is where the picture ends: the last month shown, or the end of the last target year for the long road.
    """
    if not any(point.value is not None for point in points):
        return SafeString()
    spoken = "; ".join(f"{write_month(point.month)} {percent(point.value)}" for point in points)
    asked = "; ".join(f"{target.year} {percent(target.value)}" for target in targets)
    word = gettext("Target")
    description = f"{spoken}. {word}: {asked}." if asked else f"{spoken}."
    content = (points, targets, last, title, size)
    return keep_picture(
        content, lambda: to_svg(_build(points, targets, last, size), title=title, description=description)
    )


def sparkline(points: Sequence[Point]) -> SafeString:
    """A small line for a card, gaps left open; "" when less than half the months have one."""
    known = [point.value for point in points if point.value is not None]
    if len(known) < 2 or 2 * len(known) < len(points):
        return SafeString()
    low, high = min(known), max(known)
    spread = float(high - low) or 1.0
    step = 116 / max(len(points) - 1, 1)
    path, is_open = [], False
    for index, point in enumerate(points):
        if point.value is None:
            is_open = False
            continue
        spot = f"{2 + index * step:.1f} {25 - 20 * float(point.value - low) / spread:.1f}"
        path.append(f"{'L' if is_open else 'M'}{spot}")
        is_open = True
    return format_html(
        '<svg class="sparkline" viewBox="0 0 120 30" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<path d="{}" fill="none" stroke="currentColor" stroke-width="2" vector-effect="non-scaling-stroke"'
        ' stroke-linejoin="round" stroke-linecap="round"/></svg>',
        "".join(path),
    )
