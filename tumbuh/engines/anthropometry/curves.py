"""The lines of a growth chart: the measure at a given z, by day or by centimetre."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tumbuh.engines.anthropometry.results import FloatArray
from tumbuh.engines.anthropometry.rules import INDICATORS, SexCode
from tumbuh.engines.anthropometry.tables import AGE_ROWS, HEIGHT_TABLE, LENGTH_TABLE, Lms, Tables, load_tables


@dataclass(frozen=True, slots=True)
class ZCurves:
    """`x` in days (in centimetres for whz); `y[z]` in cm, kg or kg/m², one value for each x."""

    indicator: str
    sex: int
    x: FloatArray
    y: dict[float, FloatArray]


def list_zcurves(
    indicator: str,
    sex: int,
    zs: Sequence[float] = (-3, -2, 0, 2, 3),
    *,
    is_standing: bool = False,
    tables: Tables | None = None,
) -> ZCurves:
    """The curves of one indicator and sex (1 male, 2 female); whz by length, or by height when standing.

    Beyond ±3 the curves are WHO's restricted tails, so that a child's z read off the chart is the computed one.
    Raises ValueError for an unknown indicator or sex.
    """
    if indicator not in INDICATORS:
        raise ValueError(f"Unknown indicator: {indicator}. Known: {', '.join(INDICATORS)}.")
    tables, is_female = tables or load_tables(), SexCode(sex) is SexCode.FEMALE
    if indicator == "whz":
        _, first, count = HEIGHT_TABLE if is_standing else LENGTH_TABLE
        start, lms = tables.get_whz_start(is_female, is_standing) + first, tables.whz
        x = (first + np.arange(count)) / 10
    else:
        start, lms, count = AGE_ROWS * is_female, tables.by_age[indicator], AGE_ROWS
        x = np.arange(count, dtype=np.float64)
    rows = slice(start, start + count)
    known = ~np.isnan(lms.m[rows])
    return ZCurves(indicator, sex, x[known], {z: compute_measure(z, lms, rows)[known] for z in zs})


def compute_measure(z: float, lms: Lms, rows: slice) -> FloatArray:
    """The measure that has this z in each row."""
    l, m, s = lms.l[rows], lms.m[rows], lms.s[rows]  # noqa: E741
    inside = max(-3.0, min(3.0, z))
    y: FloatArray = m * (1 + l * s * inside) ** (1 / l)
    if z != inside:
        sign = np.sign(z)
        step = np.abs(y - m * (1 + l * s * 2 * sign) ** (1 / l))
        y = y + (z - inside) * step
    return y
