"""The picture of the pace: the months so far, the fan of what may come, the targets as steps."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tumbuh.indicators.api import Pace
from tumbuh.web.site.charts import ACCENT, BLUE, INK, PRIMARY, keep_picture, to_svg
from tumbuh.web.site.trend import Size
from tumbuh.web.templatetags.numbers import month as write_month
from tumbuh.web.templatetags.numbers import percent, share


def draw_pace(pace: Pace, size: Size, title: str) -> SafeString:
    """The picture; "" while there are too few months or no target ahead."""
    if not pace.years:
        return SafeString()
    last, stunted, measured = pace.months[-1]
    road = "; ".join(
        _("{year}: {middle} ({low} sampai {high}), target {target}").format(
            year=year.year, middle=share(year.pace.middle), low=share(year.pace.low), high=share(year.pace.high),
            target=percent(year.target),
        )
        for year in pace.years
    )  # fmt: skip
    description = f"{write_month(last)}: {share(stunted / measured)}. {road}."
    content = ("pace", pace.months, [vars(year) for year in pace.years], size, title)
    return keep_picture(content, lambda: to_svg(_build(pace, size), title=title, description=description))


def _build(pace: Pace, size: Size) -> Any:
    import altair as alt  # starts pandas: only when a picture is drawn

    seen = [{"at": f"{month}", "value": 100 * part / whole, "tip": f"{write_month(month)}: {share(part / whole)}"}
            for month, part, whole in pace.months if whole]  # fmt: skip
    start = {"at": seen[-1]["at"], "low": seen[-1]["value"], "high": seen[-1]["value"], "value": seen[-1]["value"]}
    fan = [start] + [
        {"at": f"{year.year}-12-01", "low": 100 * year.pace.low, "high": 100 * year.pace.high,
         "value": 100 * year.pace.middle}
        for year in pace.years
    ]  # fmt: skip
    steps = [{"from": f"{year.year}-01-01", "to": f"{year.year}-12-31", "middle": f"{year.year}-07-01",
              "value": float(year.target), "label": percent(year.target)} for year in pace.years]  # fmt: skip
    values = [row["value"] for row in seen + steps] + [row[end] for row in fan for end in ("low", "high")]
    scale = alt.Scale(domain=[max(0.0, min(values) - 2), max(values) + 2], nice=False, zero=False)
    y = alt.Y(
        "value:Q", title=None, scale=scale, axis=alt.Axis(format=".0f", tickCount=5, labelExpr="datum.label + ' %'")
    )
    axis = alt.Axis(tickCount="year", format="%Y", labelAlign="left")
    x = alt.X("at:T", title=None, axis=axis, scale=alt.Scale(domain=[seen[0]["at"], steps[-1]["to"]]))
    band = alt.Chart(alt.Data(values=fan))
    road = alt.Chart(alt.Data(values=seen)).encode(x=x, y=y)
    aims = alt.Chart(alt.Data(values=steps))
    layers = [
        band.mark_area(opacity=0.25, color=BLUE, aria=False).encode(x=x, y=alt.Y("low:Q", scale=scale), y2="high:Q"),
        band.mark_line(strokeDash=[2, 4], color=BLUE, aria=False).encode(x=x, y=y),
        aims.mark_rule(strokeWidth=2, strokeDash=[6, 4], color=ACCENT, aria=False)
        .encode(x=alt.X("from:T"), x2="to:T", y=y),
        aims.mark_text(dy=12, fontWeight=600, color=INK, aria=False).encode(x=alt.X("middle:T"), y=y, text="label:N"),
        road.mark_line(strokeWidth=3.5, color=PRIMARY, aria=False),
        road.mark_point(size=34, filled=True, color=PRIMARY, opacity=1).encode(description="tip:N"),
    ]  # fmt: skip
    return alt.layer(*layers).properties(width=size.width, height=size.height, padding=4)
