"""How well children were measured, group by group: rounded figures, spread of z, implausible and missing values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tumbuh.engines.anthropometry.results import BoolArray, FloatArray, HundredthsArray, ZScores
from tumbuh.engines.anthropometry.rules import DAYS_PER_MONTH, MISSING

SPREAD_INDICATORS = ("haz", "waz", "whz")
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class QualityStatistics:
    """One entry a group, in the order of `groups`; NaN where a group has nothing to tell.

    `digit_preference`: of weight_kg and lenhei_cm, 0 when last digits are evenly spread, 100 when all are alike (see
    `compute_preference`); `round_share`: the share of last digits 0 or 5 (evenly spread: 0.2); `age_heaping`: the same
    score over the twelve remainders of age in months; `z_mean`, `z_sd`: of unflagged z; `flagged_share`: of all z;
    `missing_share`: of rows.
    """

    groups: NDArray[Any]
    rows: IntArray
    digit_preference: Mapping[str, FloatArray]
    round_share: Mapping[str, FloatArray]
    age_heaping: FloatArray
    z_mean: Mapping[str, FloatArray]
    z_sd: Mapping[str, FloatArray]
    flagged_share: Mapping[str, FloatArray]
    missing_share: Mapping[str, FloatArray]


def quality_statistics(
    groups: ArrayLike, age_days: ArrayLike, weight_kg: ArrayLike, lenhei_cm: ArrayLike, scores: ZScores
) -> QualityStatistics:
    """Statistics of every group. One entry a row in all inputs; lengths as measured, before any correction."""
    keys, group = np.unique(np.asarray(groups), return_inverse=True)
    size, rows = len(keys), np.bincount(group, minlength=len(keys))
    measures = {"weight_kg": np.asarray(weight_kg, np.float64), "lenhei_cm": np.asarray(lenhei_cm, np.float64)}
    age = np.asarray(age_days, np.float64)
    digits = {name: count_digits(group, values, size) for name, values in measures.items()}
    spread = {i: compute_spread(group, scores.get_z(i), scores.get_flag(i), size) for i in SPREAD_INDICATORS}
    with np.errstate(divide="ignore", invalid="ignore"):
        missing = {name: count(group[~(v > 0)], size) / rows for name, v in (measures | {"age_days": age + 1}).items()}
        return QualityStatistics(
            groups=keys,
            rows=rows,
            digit_preference={name: compute_preference(counts) for name, counts in digits.items()},
            round_share={name: counts[:, [0, 5]].sum(1) / counts.sum(1) for name, counts in digits.items()},
            age_heaping=compute_preference(count_remainders(group, age, size)),
            z_mean={i: s[0] for i, s in spread.items()},
            z_sd={i: s[1] for i, s in spread.items()},
            flagged_share={i: s[2] for i, s in spread.items()},
            missing_share=missing,
        )


def count(group: IntArray, size: int) -> FloatArray:
    return np.bincount(group, minlength=size).astype(np.float64)


def count_digits(group: IntArray, values: FloatArray, size: int) -> FloatArray:
    """How often each digit 0-9 is the first decimal, by group: shape (groups, 10)."""
    is_known = values > 0
    digit = np.floor(values[is_known] * 10 + 1e-4).astype(np.int64) % 10
    return np.bincount(group[is_known] * 10 + digit, minlength=size * 10).reshape(size, 10).astype(np.float64)


def count_remainders(group: IntArray, age_days: FloatArray, size: int) -> FloatArray:
    """How often each remainder of completed months by twelve occurs, by group: shape (groups, 12)."""
    is_known = (age_days >= 0) & (age_days < np.inf)
    month = np.floor(age_days[is_known] / DAYS_PER_MONTH).astype(np.int64) % 12
    return np.bincount(group[is_known] * 12 + month, minlength=size * 12).reshape(size, 12).astype(np.float64)


def compute_preference(counts: FloatArray) -> FloatArray:
    """Preference score 100 * sqrt(chi² / (n * degrees of freedom)) of each row of counts against an even spread."""
    total, kinds = counts.sum(axis=1), counts.shape[1]
    even = total[:, None] / kinds
    with np.errstate(divide="ignore", invalid="ignore"):
        chi_squared = ((counts - even) ** 2 / even).sum(axis=1)
        score: FloatArray = 100 * np.sqrt(chi_squared / (total * (kinds - 1)))
        return score


def compute_spread(
    group: IntArray, hundredths: HundredthsArray, flag: BoolArray, size: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean and standard deviation of unflagged z, and the flagged share of all z, by group."""
    is_known = hundredths != MISSING
    is_kept = is_known & ~flag
    z, kept = hundredths[is_kept] / 100, group[is_kept]
    n = count(kept, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(kept, z, size) / n
        squares = np.bincount(kept, (z - mean[kept]) ** 2, size)
        sd = np.where(n > 1, np.sqrt(squares / (n - 1)), np.nan)
        return mean, sd, count(group[is_known & flag], size) / count(group[is_known], size)
