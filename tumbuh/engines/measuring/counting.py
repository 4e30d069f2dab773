"""Whole numbers that can be added: of visits to a posyandu's month, of months to a season, of posyandu to a desa.

Everything a grade needs is kept as counts and sums of whole numbers (z-scores in hundredths), so that what is kept
for a month equals what is counted anew, to the last unit, in whatever order it was added up.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tumbuh.engines.anthropometry.api import DAYS_PER_MONTH
from tumbuh.engines.measuring.doubts import NOTHING, Doubt, Visits, has_both, has_weight_pair

IntArray = NDArray[np.int64]
PARTS = {  # name → how many numbers; the order of the kept arrays: append only
    "rows": 1,
    "weight_digits": 10,
    "length_digits": 10,
    "ages": 12,  # remainders of completed months by twelve
    "haz": 3,  # how many unflagged, their sum, the sum of their squares
    "whz": 3,
    "scored": 1,
    "flagged": 1,
    "length_pairs": 1,
    "shrunk": 1,
    "weight_pairs": 1,
    "copied_weight": 1,
    "pairs": 1,
    "repeated_pair": 1,
    "modes": 1,
    "wrong_mode": 1,
}
WIDTH = sum(PARTS.values())
PLACES: Mapping[str, slice] = {
    name: slice(sum(list(PARTS.values())[:at]), sum(list(PARTS.values())[: at + 1])) for at, name in enumerate(PARTS)
}


def count_visits(
    groups: IntArray, size: int, visits: Visits, doubts: NDArray[np.uint8], *, within_days: int
) -> IntArray:
    """Counts of every group (0 to size - 1): shape (size, WIDTH), laid out as PLACES says."""
    counts = np.zeros((size, WIDTH), np.int64)
    for name, where in _list_cases(visits, doubts, within_days).items():
        counts[:, PLACES[name].start] = np.bincount(groups[where], minlength=size)
    for name, digits, kinds in (
        ("weight_digits", find_digits(visits.weight_kg), 10),
        ("length_digits", find_digits(visits.lenhei_cm), 10),
        ("ages", np.floor(visits.age_days / DAYS_PER_MONTH).astype(np.int64) % 12, 12),
    ):
        known = digits >= 0
        flat = np.bincount(groups[known] * kinds + digits[known], minlength=size * kinds)
        counts[:, PLACES[name]] = flat.reshape(size, kinds)
    for name, z in (("haz", visits.haz), ("whz", visits.whz)):
        known = z != NOTHING
        kept, values = groups[known], z[known]
        for place, weights in enumerate((np.ones_like(values), values, values**2)):
            np.add.at(counts[:, PLACES[name].start + place], kept, weights)
    return counts


def _list_cases(visits: Visits, doubts: NDArray[np.uint8], within_days: int) -> dict[str, NDArray[np.bool_]]:
    """Which visits each single number counts."""
    return {
        "rows": np.ones(len(visits.session), np.bool_),
        "scored": visits.is_scored,
        "flagged": (doubts & Doubt.FLAGGED) > 0,
        "length_pairs": (visits.corrected_cm > 0) & (visits.before_corrected_cm > 0),
        "shrunk": (doubts & Doubt.SHRUNK) > 0,
        "weight_pairs": has_weight_pair(visits, within_days),
        "copied_weight": (doubts & Doubt.COPIED_WEIGHT) > 0,
        "pairs": has_both(visits),
        "repeated_pair": (doubts & Doubt.REPEATED_PAIR) > 0,
        "modes": visits.is_lying | visits.is_standing,
        "wrong_mode": (doubts & Doubt.WRONG_MODE) > 0,
    }


def find_digits(values: NDArray[np.float64]) -> IntArray:
    """The first decimal of each value as it was written, -1 where there is none."""
    tenths = np.floor(np.where(values > 0, values, 0) * 10 + 1e-4).astype(np.int64) % 10
    return np.where(values > 0, tenths, -1)
