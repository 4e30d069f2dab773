"""The picture of the two numbers: each figure with how far it may be off, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tumbuh.indicators.api import TwoNumbers
from tumbuh.web.site.charts import ACCENT, ATTENTION, BLUE, INK, PRIMARY, keep_picture, to_svg
from tumbuh.web.site.trend import Size
from tumbuh.web.templatetags.numbers import share


@dataclass(frozen=True)
class Bar:
    """A figure: its name, value and bounds as shares (None: not known), and its colour."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    colour: str

    @property
    def words(self) -> str:
        """“17,2 %”, “16,1 % sampai 18,3 %” or both."""
        between = ""
        if self.low is not None and self.high is not None:
            between = _("{low} sampai {high}").format(low=share(self.low), high=share(self.high))
        if self.value is None:
            return between
        return f"{share(self.value)} ({between})" if between else share(self.value)


def list_bars(told: TwoNumbers) -> list[Bar]:
    """The figures that there are, from what was seen to what is assumed."""
    main, bars = told.main, []
    if main.routine.prevalence is not None:
        bars.append(Bar(_("Rutin: dari yang diukur"), main.routine.prevalence, None, None, PRIMARY))
    if main.bounds is not None:
        bars.append(Bar(_("Semua balita: terendah sampai tertinggi"), None, main.bounds.low, main.bounds.high, BLUE))
    if main.adjusted is not None:
        held = main.adjusted
        bars.append(Bar(_("Semua balita: perkiraan dengan anggapan"), held.value, held.low, held.high, ATTENTION))
    if main.survey is not None and told.survey is not None:
        held = main.survey
        bars.append(Bar(told.survey.details.source, held.value, held.low, held.high, ACCENT))
    return bars


def draw_intervals(bars: Sequence[Bar], size: Size, title: str) -> SafeString:
    """Each figure on a line of its own; "" without any."""
    if not bars:
        return SafeString()
    description = "; ".join(f"{bar.label}: {bar.words}" for bar in bars) + "."
    content = ("intervals", [vars(bar) for bar in bars], size, title)
    return keep_picture(content, lambda: to_svg(_build(bars, size), title=title, description=description))


def _build(bars: Sequence[Bar], size: Size) -> Any:
    import altair as alt  # starts pandas: only when a picture is drawn

    gap = "\n" if size.is_compact else " "  # a narrow picture has two lines for its words
    rows = [
        {"row": at, "label": f"{bar.label}:{gap}{bar.words}", "tip": f"{bar.label}: {bar.words}", "colour": bar.colour,
         "value": _percent(bar.value), "low": _percent(bar.low), "high": _percent(bar.high)}
        for at, bar in enumerate(bars)
    ]  # fmt: skip
    top = max(max(row["high"] or 0, row["value"] or 0) for row in rows)
    scale = alt.Scale(domain=[0, min(100, max(10, top * 1.08))], nice=False)
    x = alt.X("x:Q", title=None, scale=scale, axis=alt.Axis(format=".0f", tickCount=5, labelExpr="datum.label + ' %'"))
    y = alt.Y("row:Q", axis=None, scale=alt.Scale(domain=[len(rows) - 0.5, -0.8], nice=False))
    colour = alt.Color("colour:N", scale=None)
    ranges = [{**row, "x": row["low"]} for row in rows if row["low"] is not None]
    points = [{**row, "x": row["value"]} for row in rows if row["value"] is not None]
    words = [{**row, "x": 0} for row in rows]
    base = {"y": y, "x": x}
    style = {"baseline": "bottom", "dy": -11, "fontSize": 14, "limit": size.width}
    if size.is_compact:  # the first of two lines is what `dy` places
        style |= {"dy": -28, "fontSize": 13}
    layers = [
        alt.Chart(alt.Data(values=ranges)).mark_rule(strokeWidth=9, opacity=0.45, aria=False)
        .encode(**base, x2="high:Q", color=colour),
        alt.Chart(alt.Data(values=points)).mark_point(filled=True, size=130, opacity=1)
        .encode(**base, color=colour, description="tip:N"),
        alt.Chart(alt.Data(values=words)).mark_text(align="left", lineBreak="\n", aria=False, color=INK, **style)
        .encode(**base, text="label:N"),
    ]  # fmt: skip
    return alt.layer(*layers).properties(
        width=size.width, height=(76 if size.is_compact else 60) * len(rows), padding=4
    )


def _percent(value: float | None) -> float | None:
    return None if value is None else round(100 * value, 3)
