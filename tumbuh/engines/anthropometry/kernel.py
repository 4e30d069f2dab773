"""Growth z-scores for many children at once, in chunks that stay in the processor's cache.

The obvious, slow version of the same rules is the oracle in the tests; the rules in words are in the README.
Lengths are kept in tenths of a millimetre: values within a rounding error of that grid (float32 input) are put on it,
so that picking a table row and adding or taking 7 mm are exact; values off the grid are used as they are.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tumbuh.engines.anthropometry.results import BoolArray, FloatArray, HundredthsArray, ZScores
from tumbuh.engines.anthropometry.rules import (
    DAYS_PER_MONTH,
    FLAG_LIMITS,
    HEIGHT_FROM_DAY,
    HEIGHT_RANGE_CM,
    INDICATORS,
    LENGTH_RANGE_CM,
    LENGTH_TABLE_BELOW_CM,
    LYING_MINUS_STANDING_CM,
    MISSING,
    STANDING_FROM_MONTH,
    AgeRule,
    ModeCode,
    RowError,
)
from tumbuh.engines.anthropometry.tables import AGE_ROWS, Lms, Tables, load_tables

CHUNK = 1 << 15
UNITS_PER_CM = 100.0  # tenths of a millimetre
GRID_TOLERANCE = 0.005  # of a tenth of a millimetre: more than float32 loses, far less than any board shows
LARGEST = float(np.iinfo(np.int16).max)
CORRECTION = LYING_MINUS_STANDING_CM * UNITS_PER_CM

IntArray = NDArray[np.int64]


def compute_zscores(
    sex: ArrayLike,
    age_days: ArrayLike,
    weight_kg: ArrayLike,
    lenhei_cm: ArrayLike,
    mode: ArrayLike | None = None,
    oedema: ArrayLike | None = None,
    head_cm: ArrayLike | None = None,
    muac_cm: ArrayLike | None = None,
    *,
    indicators: Sequence[str] = INDICATORS,
    age_rule: str = AgeRule.DAYS,
    tables: Tables | None = None,
) -> ZScores:
    """WHO z-scores of every row; never raises for what a row holds.

    One-dimensional inputs of equal length: sex 1 or 2; age in days (fractions allowed, NaN unknown); kilograms and
    centimetres (NaN missing); mode 0 unknown, 1 lying, 2 standing; oedema true or false. Raises ValueError for columns
    of unequal length, an unknown indicator or age rule.
    """
    columns = read_columns(sex, age_days, weight_kg, lenhei_cm, mode, oedema, head_cm, muac_cm)
    rows = len(columns["sex"])
    result = ZScores.make_empty(rows, indicators)
    rule, tables = AgeRule(age_rule), tables or load_tables()
    with np.errstate(all="ignore"):
        for start in range(0, rows, CHUNK):
            part = slice(start, min(start + CHUNK, rows))
            chunk = {name: None if column is None else column[part] for name, column in columns.items()}
            compute_chunk(chunk, part, result, tuple(indicators), rule, tables)
    return result


def read_columns(*values: ArrayLike | None) -> dict[str, Any]:
    """The inputs as arrays by name, None where absent. Raises ValueError when lengths differ."""
    names = ("sex", "age_days", "weight_kg", "lenhei_cm", "mode", "oedema", "head_cm", "muac_cm")
    columns = {n: None if v is None else np.asarray(v) for n, v in zip(names, values, strict=True)}
    shapes = {name: column.shape for name, column in columns.items() if column is not None}
    if len(set(shapes.values())) > 1 or any(len(shape) != 1 for shape in shapes.values()):
        raise ValueError(f"The columns must be one-dimensional and equally long, but are {shapes}.")
    return columns


def compute_chunk(
    chunk: dict[str, Any], part: slice, result: ZScores, indicators: tuple[str, ...], rule: AgeRule, tables: Tables
) -> None:
    """Fill one part of the result."""
    errors = result.errors[part]
    sex, is_sound = chunk["sex"], np.ones(len(errors), np.bool_)
    is_female = sex == 2
    mark_errors(errors, RowError.SEX, ~(is_female | (sex == 1)), is_sound)
    age = np.asarray(chunk["age_days"], np.float64)
    mark_errors(errors, RowError.AGE, (age < 0) | np.isinf(age), is_sound)
    day, is_in_age = find_day(age, is_sound, rule)
    row = np.where(is_in_age, day + is_female * AGE_ROWS, 2 * AGE_ROWS)
    units, mode = read_lenhei(chunk, errors)
    correct_lenhei(units, mode, age, day, is_in_age)
    np.divide(units, UNITS_PER_CM, out=result.lenhei_corrected_cm[part])
    if "haz" in indicators:
        write(result, "haz", part, compute_linear(units / UNITS_PER_CM, tables.by_age["haz"], row))
    compute_weights(
        chunk, part, result, indicators, (units, mode, age, day, is_in_age, is_sound, is_female, row), tables
    )
    for indicator, column, error in (("headz", "head_cm", RowError.HEAD), ("muacz", "muac_cm", RowError.MUAC)):
        if chunk[column] is None:
            fill_missing(result, indicator, part, indicators)
            continue
        measure = read_measure(chunk[column], errors, error)
        if indicator in indicators:
            lms = tables.by_age[indicator]
            z = compute_linear(measure, lms, row) if indicator == "headz" else compute_skewed(measure, None, lms, row)
            write(result, indicator, part, z)


def mark_errors(
    errors: NDArray[np.uint8], error: RowError, where: BoolArray, is_sound: BoolArray | None = None
) -> None:
    """Set the error's bit on the bad rows, and take them out of the sound ones."""
    if where.any():
        errors[where] |= error
        if is_sound is not None:
            is_sound &= ~where


def find_day(age: FloatArray, is_sound: BoolArray, rule: AgeRule) -> tuple[IntArray, BoolArray]:
    """The table day of each age (0 where none), and whether there is one: sound, known and below 60 months."""
    months = age / DAYS_PER_MONTH
    is_in_age = (months < 60) & (age >= 0) & is_sound
    exact = np.floor(months) * DAYS_PER_MONTH if rule is AgeRule.COMPLETED_MONTHS else age
    return np.where(is_in_age, np.floor(exact + 0.5), 0).astype(np.int64), is_in_age


def read_measure(column: Any, errors: NDArray[np.uint8], error: RowError) -> FloatArray:
    """The measure as float64 in a new array, NaN where it is not a positive number."""
    measure = np.array(column, np.float64)
    is_bad = (measure <= 0) | np.isinf(measure)
    if is_bad.any():
        errors[is_bad] |= error
        measure[is_bad] = np.nan
    return measure


def read_lenhei(chunk: dict[str, Any], errors: NDArray[np.uint8]) -> tuple[FloatArray, Any]:
    """Length in tenths of a millimetre, on the grid where it belongs there; and the mode column or None."""
    units = read_measure(chunk["lenhei_cm"], errors, RowError.LENHEI)
    units *= UNITS_PER_CM
    on_grid = np.rint(units)
    np.copyto(units, on_grid, where=np.abs(units - on_grid) < GRID_TOLERANCE)
    mode = chunk["mode"]
    if mode is not None:
        is_bad = (mode != ModeCode.UNKNOWN) & (mode != ModeCode.LYING) & (mode != ModeCode.STANDING)
        if is_bad.any():
            errors[is_bad] |= RowError.MODE
            units[is_bad] = np.nan
    return units, mode


def correct_lenhei(units: FloatArray, mode: Any, age: FloatArray, day: IntArray, is_in_age: BoolArray) -> None:
    """Add 0.7 cm to a standing measure below 731 days (from 9 months on), take it from a lying one at 731 and more.

    Beyond 60 months the day is not needed for a table, so the age itself decides there.
    """
    if mode is None:
        return
    is_tall = (day >= HEIGHT_FROM_DAY) | (~is_in_age & (age >= HEIGHT_FROM_DAY - 0.5))
    add = (mode == ModeCode.STANDING) & ~is_tall & (age / DAYS_PER_MONTH >= STANDING_FROM_MONTH)
    take = (mode == ModeCode.LYING) & is_tall
    units += (add.view(np.int8) - take.view(np.int8)) * CORRECTION


def compute_weights(
    chunk: dict[str, Any],
    part: slice,
    result: ZScores,
    indicators: tuple[str, ...],
    known: tuple[FloatArray, Any, FloatArray, IntArray, BoolArray, BoolArray, BoolArray, IntArray],
    tables: Tables,
) -> None:
    """Weight-for-age, weight-for-length and BMI-for-age: all void under oedema."""
    units, mode, age, day, is_in_age, is_sound, is_female, row = known
    weight = read_measure(chunk["weight_kg"], result.errors[part], RowError.WEIGHT)
    if chunk["oedema"] is not None:
        weight[np.asarray(chunk["oedema"], np.bool_)] = np.nan
    log_weight = np.log(weight)
    if "waz" in indicators:
        write(result, "waz", part, compute_skewed(weight, log_weight, tables.by_age["waz"], row))
    if "whz" in indicators:
        uses_height = day >= HEIGHT_FROM_DAY
        is_unknown = np.isnan(age) & is_sound
        if is_unknown.any():
            uses_height[is_unknown] = choose_table_without_age(units[is_unknown], mode, is_unknown)
        start = units / 10, uses_height, is_female, is_in_age | is_unknown
        write(result, "whz", part, compute_for_length(weight, log_weight, tables.whz, *start))
    if "baz" in indicators:
        metres = units / (UNITS_PER_CM * 100)
        write(result, "baz", part, compute_skewed(weight / (metres * metres), None, tables.by_age["baz"], row))


def choose_table_without_age(units: FloatArray, mode: Any, where: BoolArray) -> BoolArray:
    """Whether the height table is used when age is unknown: by mode, else from 87 cm on."""
    by_length: BoolArray = units >= LENGTH_TABLE_BELOW_CM * UNITS_PER_CM
    if mode is None:
        return by_length
    known = mode[where]
    return np.where(known == ModeCode.UNKNOWN, by_length, known == ModeCode.STANDING)


def compute_linear(measure: FloatArray, lms: Lms, row: IntArray) -> FloatArray:
    """z where L is 1: a plain number of standard deviations from the median."""
    return (measure - lms.m.take(row, mode="clip")) * lms.inv_sm.take(row, mode="clip")


def compute_skewed(measure: FloatArray, log_measure: FloatArray | None, lms: Lms, row: IntArray) -> FloatArray:
    """z by WHO's LMS formula, with the restricted tails beyond 3."""
    power = np.log(measure) if log_measure is None else log_measure - lms.ln_m.take(row, mode="clip")
    if log_measure is None:
        power -= lms.ln_m.take(row, mode="clip")
    power *= lms.l.take(row, mode="clip")
    z: FloatArray = np.exp(power, out=power)
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


def compute_for_length(
    weight: FloatArray,
    log_weight: FloatArray,
    lms: Lms,
    millimetres: FloatArray,
    uses_height: BoolArray,
    is_female: BoolArray,
    is_usable: BoolArray,
) -> FloatArray:
    """Weight-for-length or -height: rows by whole millimetre, with L, M and S interpolated between two rows."""
    low = np.where(uses_height, HEIGHT_RANGE_CM[0] * 10, LENGTH_RANGE_CM[0] * 10)
    high = np.where(uses_height, HEIGHT_RANGE_CM[1] * 10, LENGTH_RANGE_CM[1] * 10)
    is_usable = is_usable & (millimetres >= low) & (millimetres <= high)
    below = np.floor(millimetres)
    starts = np.array([[Tables.get_whz_start(f, h) for h in (False, True)] for f in (False, True)]).ravel()
    start = starts.take(2 * is_female + uses_height, mode="clip")
    row = np.where(is_usable, below, 0).astype(np.int64) + start
    row[~is_usable] = lms.end
    z = compute_skewed(weight, log_weight, lms, row)
    share = millimetres - below
    between = np.flatnonzero((share > 0) & is_usable)
    if between.size:
        z[between] = interpolate(weight[between], lms, row[between], share[between])
    return z


def interpolate(weight: FloatArray, lms: Lms, row: IntArray, share: FloatArray) -> FloatArray:
    """z from L, M and S taken `share` of the way from a row to the next."""
    l, m, s = (column[row] + share * (column[row + 1] - column[row]) for column in (lms.l, lms.m, lms.s))  # noqa: E741
    z: FloatArray = ((weight / m) ** l - 1) / (s * l)
    return np.where(np.abs(z) > 3, compute_tail(z, weight, l, m, s), z)


def write(result: ZScores, indicator: str, part: slice, z: FloatArray) -> None:
    """Round to hundredths (beyond the int16 range: its end), then flag on the rounded value."""
    z *= 100
    np.rint(z, out=z)
    np.clip(z, -LARGEST, LARGEST, out=z)
    np.copyto(z, MISSING, where=np.isnan(z))
    hundredths: HundredthsArray = result.get_z(indicator)[part]
    hundredths[:] = z
    low, high = FLAG_LIMITS[indicator]
    flag = result.get_flag(indicator)[part]
    np.less(hundredths, low, out=flag)
    flag &= hundredths != MISSING
    flag |= hundredths > high


def fill_missing(result: ZScores, indicator: str, part: slice, indicators: tuple[str, ...]) -> None:
    """No column, no z."""
    if indicator in indicators:
        result.get_z(indicator)[part] = MISSING
        result.get_flag(indicator)[part] = False
