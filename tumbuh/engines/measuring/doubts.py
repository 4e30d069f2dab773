"""What asks for a second look at each single visit: the rows behind a grade."""

from dataclasses import dataclass
from enum import IntFlag
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tumbuh.engines.anthropometry.api import HEIGHT_FROM_DAY, LYING_MINUS_STANDING_CM

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
NOTHING = -32768  # a z-score that is not there


class Doubt(IntFlag):
    """Of one visit, as bits."""

    FLAGGED = 1  # a z-score that WHO calls implausible
    SHRUNK = 2
    COPIED_WEIGHT = 4  # the same weight as at the visit before
    REPEATED_PAIR = 8  # weight and length both equal to another child's of the same session
    WRONG_MODE = 16  # lying from 24 months on, or standing below


@dataclass(frozen=True)
class Visits:
    """Visits as columns of one length. NaN stands for a missing number, `NOTHING` for a missing or implausible z-score.

    `session` is the same for visits of one posyandu and day. The columns that begin with `before` are the child's last
    earlier weight, and its last earlier length with the age then; lengths as corrected for how they were taken.
    """

    session: IntArray
    age_days: IntArray
    weight_kg: FloatArray
    lenhei_cm: FloatArray
    corrected_cm: FloatArray
    is_lying: BoolArray
    is_standing: BoolArray
    haz: IntArray
    whz: IntArray
    is_scored: BoolArray
    is_flagged: BoolArray
    before_weight_kg: FloatArray
    before_weight_days: FloatArray  # how long ago
    before_corrected_cm: FloatArray
    before_corrected_age: FloatArray


def find_doubts(visits: Visits, *, tolerance_cm: float, copied_within_days: int) -> NDArray[np.uint8]:
    """`Doubt` bits of every visit."""
    found = np.zeros(len(visits.session), np.uint8)
    for doubt, where in {
        Doubt.FLAGGED: visits.is_flagged,
        Doubt.SHRUNK: _has_length_pair(visits) & (_grow(visits) < -tolerance_cm - 1e-6),
        Doubt.COPIED_WEIGHT: has_weight_pair(visits, copied_within_days)
        & (np.abs(visits.weight_kg - visits.before_weight_kg) < 1e-6),
        Doubt.REPEATED_PAIR: find_repeated(visits),
        Doubt.WRONG_MODE: (visits.is_lying & (visits.age_days >= HEIGHT_FROM_DAY))
        | (visits.is_standing & (visits.age_days < HEIGHT_FROM_DAY)),
    }.items():
        found[where] |= np.uint8(doubt)
    return found


def _has_length_pair(visits: Visits) -> BoolArray:
    return (visits.corrected_cm > 0) & (visits.before_corrected_cm > 0)


def _grow(visits: Visits) -> FloatArray:
    """Growth since the last length, both as if taken lying."""
    now = visits.corrected_cm + (visits.age_days >= HEIGHT_FROM_DAY) * LYING_MINUS_STANDING_CM
    before = visits.before_corrected_cm + (visits.before_corrected_age >= HEIGHT_FROM_DAY) * LYING_MINUS_STANDING_CM
    return now - before


def has_weight_pair(visits: Visits, within_days: int) -> BoolArray:
    """Where a weight has another one before it that is recent enough to compare."""
    return (visits.weight_kg > 0) & (visits.before_weight_kg > 0) & (visits.before_weight_days <= within_days)


def has_both(visits: Visits) -> BoolArray:
    return (visits.weight_kg > 0) & (visits.lenhei_cm > 0)


def find_repeated(visits: Visits) -> BoolArray:
    """Where weight and length together occur more than once in the session."""
    found = np.zeros(len(visits.session), np.bool_)
    rows = np.flatnonzero(has_both(visits))
    keys: NDArray[Any] = np.stack(
        [visits.session[rows], np.rint(visits.weight_kg[rows] * 1000), np.rint(visits.lenhei_cm[rows] * 100)], axis=1
    ).astype(np.int64)
    if not len(rows):
        return found
    _, place, times = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    found[rows] = times[place.ravel()] > 1
    return found
