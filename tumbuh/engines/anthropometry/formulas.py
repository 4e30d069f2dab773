"""WHO's formulas from a measure and a table row to z, on whole arrays."""

import numpy as np
from numpy.typing import NDArray

from tumbuh.engines.anthropometry.reading import UNITS_PER_CM, Children, IntArray
from tumbuh.engines.anthropometry.results import BoolArray, FloatArray
from tumbuh.engines.anthropometry.rules import (
    HEIGHT_FROM_DAY,
    HEIGHT_RANGE_CM,
    LENGTH_RANGE_CM,
    LENGTH_TABLE_BELOW_CM,
    ModeCode,
)
from tumbuh.engines.anthropometry.tables import Lms, Tables

WHZ_STARTS: NDArray[np.int64] = np.array(
    [Tables.get_whz_start(is_female, is_height) for is_female in (False, True) for is_height in (False, True)]
)
RANGES_MM = np.array([LENGTH_RANGE_CM, HEIGHT_RANGE_CM]).T * 10


def compute_linear(measure: FloatArray, lms: Lms, row: IntArray) -> FloatArray:
    """z where L is 1: a plain number of standard deviations from the median."""
    z: FloatArray = measure - lms.m.take(row, mode="clip")
    z *= lms.inv_sm.take(row, mode="clip")
    return z


def compute_skewed(measure: FloatArray, log_measure: FloatArray, lms: Lms, row: IntArray) -> FloatArray:
    """z by WHO's LMS formula, with the restricted tails beyond 3."""
    z: FloatArray = log_measure - lms.ln_m.take(row, mode="clip")
    z *= lms.l.take(row, mode="clip")
    np.exp(z, out=z)
    z -= 1
    z *= lms.inv_sl.take(row, mode="clip")
    far = np.flatnonzero(np.abs(z) > 3)
    if far.size:
        at = row[far]
        z[far] = compute_tail(z[far], measure[far], lms.l[at], lms.m[at], lms.s[at])
    return z


def compute_tail(z: FloatArray, measure: FloatArray, l: FloatArray, m: FloatArray, s: FloatArray) -> FloatArray:  # noqa: E741
    """z beyond 3 in either direction: counted in steps of the distance between 2 and 3 standard deviations."""
    sign = np.sign(z)
    at_3 = m * (1 + l * s * 3 * sign) ** (1 / l)
    at_2 = m * (1 + l * s * 2 * sign) ** (1 / l)
    return sign * 3 + (measure - at_3) / np.abs(at_3 - at_2)


def compute_for_length(children: Children, log_weight: FloatArray, lms: Lms) -> FloatArray:
    """Weight-for-length or -height: rows by whole millimetre, with L, M and S interpolated between two rows."""
    uses_height = children.day >= HEIGHT_FROM_DAY
    is_ageless = np.isnan(children.age) & children.is_sound
    if is_ageless.any():
        uses_height[is_ageless] = choose_table_without_age(children, is_ageless)
    millimetres = children.units / (UNITS_PER_CM / 10)
    side = uses_height.view(np.int8)
    is_usable = (millimetres >= RANGES_MM[0].take(side, mode="clip")) & (
        millimetres <= RANGES_MM[1].take(side, mode="clip")
    )
    is_usable &= children.is_in_age | is_ageless
    np.copyto(millimetres, 0.0, where=~is_usable)
    row = millimetres.astype(np.int64)
    share = millimetres - row
    row += WHZ_STARTS.take(2 * children.is_female.view(np.int8) + side, mode="clip")
    np.copyto(row, lms.end, where=~is_usable)
    z = compute_skewed(children.weight, log_weight, lms, row)
    between = np.flatnonzero(share)
    if between.size:
        z[between] = interpolate(children.weight[between], lms, row[between], share[between])
    return z


def choose_table_without_age(children: Children, where: BoolArray) -> BoolArray:
    """Whether the height table is used when age is unknown: by mode, else from 87 cm on."""
    by_length: BoolArray = children.units[where] >= LENGTH_TABLE_BELOW_CM * UNITS_PER_CM
    if children.mode is None:
        return by_length
    mode = children.mode[where]
    return np.where(mode == ModeCode.UNKNOWN, by_length, mode == ModeCode.STANDING)


def interpolate(weight: FloatArray, lms: Lms, row: IntArray, share: FloatArray) -> FloatArray:
    """z from L, M and S taken `share` of the way from a row to the next."""
    l, m, s = (column[row] + share * (column[row + 1] - column[row]) for column in (lms.l, lms.m, lms.s))  # noqa: E741
    z: FloatArray = ((weight / m) ** l - 1) / (s * l)
    far = np.abs(z) > 3
    z[far] = compute_tail(z[far], weight[far], l[far], m[far], s[far])
    return z
