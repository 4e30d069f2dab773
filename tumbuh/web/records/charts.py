"""The growth chart: WHO's bands, the child's visits on them. Prints in black and white too."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from tumbuh.engines.anthropometry.api import ZCurves, list_zcurves
from tumbuh.records.api import Measurement, Mode, Person
from tumbuh.web.site.charts import ACCENT, ATTENTION, INK, LINE, MUTED, PRIMARY, SURFACE, keep_picture, to_svg
from tumbuh.web.templatetags.numbers import day, decimal

DAYS_PER_MONTH = 30.4375
LINES = {
    -3: (ACCENT, [1, 0]),
    -2: (ATTENTION, [1, 0]),
    0: (PRIMARY, [1, 0]),
    2: (ATTENTION, [4, 3]),
    3: (ACCENT, [4, 3]),
}
MEASURES = {"haz": "lenhei_corrected_cm", "waz": "weight_kg", "whz": "weight_kg"}
STEP = 15  # every so many days of the curve are drawn
STANDING_FROM_DAY = 731


def draw_growth(indicator: str, person: Person, visits: Sequence[Measurement], title: str) -> SafeString:
    """The chart of one indicator as SVG."""
    points = list_points(indicator, visits)
    is_standing = indicator == "whz" and bool(visits) and visits[-1].age_days >= STANDING_FROM_DAY
    kind = (indicator, 1 if person.sex == "M" else 2, is_standing)
    spoken = "; ".join(point["tip"] for point in points) or gettext("Belum ada pengukuran.")

    def draw() -> str:
        chart = build_curves(*kind, get_language() or "id")
        return to_svg(put_visits(chart, points, *kind) if points else chart, title=title, description=spoken)

    return keep_picture((*kind, points, title, spoken), draw)


@cache
def build_curves(indicator: str, sex: int, is_standing: bool, _language: str) -> dict[str, Any]:
    """The standard's bands as a Vega-Lite chart, the same for every child and slow to build."""
    import altair as alt  # starts pandas: only when a picture is drawn

    curves = list_zcurves(indicator, sex, tuple(LINES), is_standing=is_standing)
    x, y = describe_axes(alt, indicator, is_standing)
    chart = alt.layer(*(draw_curve(alt, curves, z, indicator, x, y) for z in LINES))
    found: dict[str, Any] = chart.properties(width=620, height=380, padding=4).to_dict(validate=False)
    return found


def put_visits(
    chart: dict[str, Any], points: list[dict[str, Any]], indicator: str, _sex: int, is_standing: bool
) -> dict[str, Any]:
    """The chart with a child's visits on top."""
    import altair as alt

    x, y = describe_axes(alt, indicator, is_standing)
    visits = alt.layer(*draw_visits(alt, points, x, y)).to_dict(validate=False)
    return {**chart, "layer": [*chart["layer"], *visits["layer"]]}


def describe_axes(alt: Any, indicator: str, is_standing: bool) -> tuple[Any, Any]:
    """x in months or centimetres, y in centimetres or kilograms."""
    if indicator == "whz":
        label = gettext("Tinggi (cm)") if is_standing else gettext("Panjang (cm)")
    else:
        label = gettext("Umur (bulan)")
    unit = gettext("Panjang/tinggi (cm)") if indicator == "haz" else gettext("Berat (kg)")
    x = alt.X("x:Q", title=label, scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(tickCount=10))
    return x, alt.Y("y:Q", title=unit, scale=alt.Scale(zero=False))


def draw_curve(alt: Any, curves: ZCurves, z: int, indicator: str, x: Any, y: Any) -> Any:
    """One line of the standard, its z written at its end."""
    scale = 1 if indicator == "whz" else DAYS_PER_MONTH
    step = 1 if indicator == "whz" else STEP
    pairs = zip(curves.x[::step], curves.y[z][::step], strict=True)
    rows = [{"x": round(float(px) / scale, 2), "y": round(float(py), 2)} for px, py in pairs]
    colour, dash = LINES[z]
    data = alt.Data(values=rows)
    line = alt.Chart(data).mark_line(color=colour, strokeWidth=1.4, strokeDash=dash).encode(x=x, y=y)
    end = alt.Chart(alt.Data(values=[{**rows[-1], "label": f"{z:+d}" if z else "0"}]))
    return line + end.mark_text(dx=6, align="left", color=MUTED, fontSize=12).encode(x=x, y=y, text="label:N")


def list_points(indicator: str, visits: Sequence[Measurement]) -> list[dict[str, Any]]:
    """The visits that have the value, with what a reader is told of each."""
    points = []
    for visit in visits:
        value = getattr(visit, MEASURES[indicator])
        place = visit.lenhei_corrected_cm if indicator == "whz" else visit.age_days / DAYS_PER_MONTH
        if value is None or place is None:
            continue
        flag = getattr(visit, f"{indicator}_flag")
        unit = "cm" if indicator == "haz" else "kg"
        tip = f"{day(visit.measured_on)}: {decimal(value)} {unit}"
        if indicator != "waz":
            tip += ", " + gettext(Mode(visit.mode).label).lower()
        if flag:
            tip += ", " + gettext("tidak wajar")
        points.append({"x": round(float(place), 2), "y": float(value), "tip": tip, "flag": flag})
    return points


def draw_visits(alt: Any, points: list[dict[str, Any]], x: Any, y: Any) -> list[Any]:
    """The child's line through plausible visits, a dot for each, a cross where the value is implausible."""
    good = alt.Chart(alt.Data(values=[point for point in points if not point["flag"]]))
    bad = alt.Chart(alt.Data(values=[point for point in points if point["flag"]]))
    dot = {"filled": True, "fill": INK, "stroke": SURFACE, "strokeWidth": 1.5, "opacity": 1}
    return [
        good.mark_line(color=INK, strokeWidth=2.2).encode(x=x, y=y, order="x:Q"),
        good.mark_point(size=70, **dot).encode(x=x, y=y, description="tip:N"),
        bad.mark_point(size=130, shape="cross", filled=True, fill=ACCENT, stroke=LINE, opacity=1).encode(
            x=x, y=y, description="tip:N"
        ),
    ]
