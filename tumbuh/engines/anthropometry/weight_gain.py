"""Weight-gain status of the growth card: N gained, T not gained, O not weighed the month before, B first weighing.

A weighing is compared with the child's last weighing of the calendar month before. B comes before O: a child without
any weighing in an earlier month is B. N: the gain reaches the minimal gain for the child's age (KBM), or, where
weight-for-age is given, the weight rose along the growth line. Source and values: the parameters `weight-gain`.
"""

from datetime import date
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tumbuh.engines.anthropometry.parameters import Parameters, get_parameters, read_steps
from tumbuh.engines.anthropometry.rules import DAYS_PER_MONTH, MISSING

BoolArray = NDArray[np.bool_]


class UnsortedError(ValueError):
    """Rows of a child are not together, or not in the order of their dates."""

    code = "GROWTH_ROWS_UNSORTED"


def weight_gain_statuses(
    child_ids: ArrayLike,
    measured_on: ArrayLike,
    age_days: ArrayLike,
    weight_kg: ArrayLike,
    waz: ArrayLike | None = None,
    *,
    on: date | None = None,
    parameters: Parameters | None = None,
) -> NDArray[np.str_]:
    """The status of every row: "N", "T", "O", "B", or "" without a weight.

    Rows sorted by child and date: ids of any comparable kind, dates as datetime64 (or what numpy reads as such), age in
    days, kilograms (NaN missing), optionally weight-for-age in hundredths (MISSING allowed). Parameters as given, else
    those in force `on` a day, else the newest. Raises UnsortedError.
    """
    rules = parameters or get_parameters("weight-gain", on)
    ids, weights = np.asarray(child_ids), np.asarray(weight_kg, np.float64)
    dates = np.asarray(measured_on, "datetime64[D]")
    check_sorted(ids, dates)
    statuses = np.full(len(ids), "", "<U1")
    weighed = np.flatnonzero(weights > 0)
    if not weighed.size:
        return statuses
    ids, months, grams = ids[weighed], dates[weighed].astype("datetime64[M]").astype(np.int64), weights[weighed] * 1000
    before = find_before(ids, months)
    has_before = before >= 0
    gap = np.where(has_before, months - months[before], 0)
    gain = np.rint(grams - grams[before])
    is_gain = gain >= get_minimal_gains(np.asarray(age_days, np.float64)[weighed], rules)
    if waz is not None:
        z = np.asarray(waz, np.int64)[weighed]
        is_gain |= follows_line(z, z[before], gain, round(rules["line_tolerance_z"] * 100))
    statuses[weighed] = np.select([~has_before, gap > 1, is_gain], ["B", "O", "N"], "T")
    return statuses


def check_sorted(ids: NDArray[Any], dates: NDArray[np.datetime64]) -> None:
    """Raises UnsortedError unless children stand together with their dates ascending."""
    is_same = ids[1:] == ids[:-1]
    first_rows = np.r_[ids[:1], ids[1:][~is_same]]
    if (dates[1:][is_same] < dates[:-1][is_same]).any() or len(np.unique(first_rows)) != len(first_rows):
        raise UnsortedError("The rows must be sorted by child and date.")


def find_before(ids: NDArray[Any], months: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each row the last row of the same child in an earlier month; -1 where there is none."""
    rows = np.arange(len(ids))
    is_new_month = np.r_[True, (ids[1:] != ids[:-1]) | (months[1:] != months[:-1])]
    before = np.maximum.accumulate(np.where(is_new_month, rows, 0)) - 1
    return np.where((before >= 0) & (ids[before] == ids), before, -1)


def get_minimal_gains(age_days: NDArray[np.float64], rules: Parameters) -> NDArray[np.float64]:
    """Gram to be gained since the month before, by completed months of age; the youngest step where age is unknown."""
    months, grams = read_steps(rules["minimal_gain_g"], "gram")
    completed = np.nan_to_num(np.floor(age_days / DAYS_PER_MONTH), nan=0.0)
    place = np.clip(np.searchsorted(months, completed, side="right") - 1, 0, None)
    return np.asarray(grams)[place]


def follows_line(
    z: NDArray[np.int64], z_before: NDArray[np.int64], gain: NDArray[np.float64], tolerance: int
) -> BoolArray:
    """Whether the weight rose and weight-for-age did not fall by more than the tolerance (hundredths)."""
    is_known = (z != MISSING) & (z_before != MISSING)
    is_on_line: BoolArray = is_known & (gain > 0) & (z >= z_before - tolerance)
    return is_on_line


def weight_gain_status(
    measured_on: date,
    age_days: float,
    weight_kg: float | None,
    before: tuple[date, float] | None,
    waz: tuple[int | None, int | None] = (None, None),
    *,
    parameters: Parameters | None = None,
) -> str:
    """The status of one weighing. `before` is the child's last weighing of an earlier month as (date, kg), or None.

    `waz` are weight-for-age now and then, in hundredths. Returns "" without a weight.
    """
    if weight_kg is None:
        return ""
    if before is None:
        return "B"
    z_now, z_before = (MISSING if value is None else value for value in waz)
    dates = np.array([before[0], measured_on], "datetime64[D]")
    weights = [before[1], weight_kg]
    statuses = weight_gain_statuses([0, 0], dates, [0.0, age_days], weights, [z_before, z_now], parameters=parameters)
    return str(statuses[1])
