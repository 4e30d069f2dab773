"""Growth between two visits of a child: what cannot be, or hardly so, and asks for a second look."""

from datetime import date
from enum import IntFlag
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tumbuh.engines.anthropometry.parameters import Parameters, get_parameters, read_steps
from tumbuh.engines.anthropometry.rules import DAYS_PER_MONTH, HEIGHT_FROM_DAY, LYING_MINUS_STANDING_CM
from tumbuh.engines.anthropometry.weight_gain import check_sorted

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


class GrowthFinding(IntFlag):
    """What is odd about a visit compared with the child's visit before, as bits."""

    SHRUNK = 1
    LENGTH_JUMP = 2
    WEIGHT_JUMP = 4
    WEIGHT_LOSS = 8


def growth_findings(
    child_ids: ArrayLike,
    measured_on: ArrayLike,
    age_days: ArrayLike,
    weight_kg: ArrayLike,
    lenhei_corrected_cm: ArrayLike,
    *,
    on: date | None = None,
    parameters: Parameters | None = None,
) -> NDArray[np.uint8]:
    """`GrowthFinding` bits of every row; 0 where nothing is odd or there is nothing to compare with.

    Rows sorted by child and date (raises UnsortedError). Each value is compared with the child's last earlier one that
    is not missing. Lengths are compared as if always taken lying, so that turning two does not look like shrinking.
    """
    rules = parameters or get_parameters("growth-findings", on)
    ids, dates = np.asarray(child_ids), np.asarray(measured_on, "datetime64[D]")
    check_sorted(ids, dates)
    age = np.asarray(age_days, np.float64)
    lying = np.asarray(lenhei_corrected_cm, np.float64) + (age >= HEIGHT_FROM_DAY - 0.5) * LYING_MINUS_STANDING_CM
    weight = np.asarray(weight_kg, np.float64)
    found = np.zeros(len(ids), np.uint8)

    now, before = find_pairs(ids, lying)
    change, months = lying[now] - lying[before], count_months(dates, now, before)
    tolerance = rules["length_tolerance_cm"]
    limit = get_limits(age[before], rules["max_length_gain_cm_per_month"], "cm") * months + tolerance
    mark(found, now, change < -tolerance - 1e-6, GrowthFinding.SHRUNK)
    mark(found, now, change > limit + 1e-6, GrowthFinding.LENGTH_JUMP)

    now, before = find_pairs(ids, weight)
    change, months = weight[now] - weight[before], count_months(dates, now, before)
    limit = get_limits(age[before], rules["max_weight_gain_kg_per_month"], "kg") * months + rules["weight_tolerance_kg"]
    lost = -change / weight[before] * 100
    mark(found, now, change > limit + 1e-6, GrowthFinding.WEIGHT_JUMP)
    mark(found, now, lost > rules["max_weight_loss_percent"] + 1e-6, GrowthFinding.WEIGHT_LOSS)
    return found


def find_pairs(ids: NDArray[Any], values: FloatArray) -> tuple[IntArray, IntArray]:
    """Rows with a value, and for each the same child's row before it that has one."""
    known = np.flatnonzero(values > 0)
    is_same = ids[known[1:]] == ids[known[:-1]]
    return known[1:][is_same], known[:-1][is_same]


def count_months(dates: NDArray[np.datetime64], now: IntArray, before: IntArray) -> FloatArray:
    """Months between two visits; at least a quarter, so that visits of one week are not judged by the day."""
    days = (dates[now] - dates[before]).astype(np.float64)
    return np.maximum(days / DAYS_PER_MONTH, 0.25)


def get_limits(age_days: FloatArray, steps: list[dict[str, Any]], unit: str) -> FloatArray:
    """The limit a month for each age, by completed months."""
    months, limits = read_steps(steps, unit)
    place = np.searchsorted(months, np.floor(np.nan_to_num(age_days) / DAYS_PER_MONTH), side="right") - 1
    return np.asarray(limits)[np.clip(place, 0, None)]


def mark(found: NDArray[np.uint8], rows: IntArray, where: NDArray[np.bool_], finding: GrowthFinding) -> None:
    found[rows[where]] |= np.uint8(finding)
