"""From raw columns to what the formulas need: table rows, corrected lengths, and the errors of bad rows.

Lengths are kept in tenths of a millimetre: values within a rounding error of that grid (float32 input) are put on it,
so that picking a table row and adding or taking 7 mm are exact; values off the grid are used as they are.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tumbuh.engines.anthropometry.results import BoolArray, FloatArray
from tumbuh.engines.anthropometry.rules import (
    DAYS_PER_MONTH,
    HEIGHT_FROM_DAY,
    LYING_MINUS_STANDING_CM,
    STANDING_FROM_MONTH,
    AgeRule,
    ModeCode,
    RowError,
)
from tumbuh.engines.anthropometry.tables import AGE_ROWS

UNITS_PER_CM = 100.0  # tenths of a millimetre
GRID_TOLERANCE = 0.005  # of a tenth of a millimetre: more than float32 loses, far less than any board shows
CORRECTION = LYING_MINUS_STANDING_CM * UNITS_PER_CM

IntArray = NDArray[np.int64]
ErrorArray = NDArray[np.uint8]
Columns = dict[str, Any]


@dataclass(slots=True)
class Children:
    """One chunk of children, ready for the formulas. NaN stands for every value that is missing or unusable."""

    errors: ErrorArray
    is_sound: BoolArray  # sex and age can be believed
    is_female: BoolArray
    age: FloatArray
    day: IntArray  # of the tables; 0 where is_in_age is false
    is_in_age: BoolArray
    row: IntArray  # of the tables by age
    mode: Any
    units: FloatArray  # corrected length or height
    weight: FloatArray  # NaN under oedema


def read_columns(*values: ArrayLike | None) -> Columns:
    """The inputs as arrays by name, None where absent. Raises ValueError when lengths differ."""
    names = ("sex", "age_days", "weight_kg", "lenhei_cm", "mode", "oedema", "head_cm", "muac_cm")
    columns = {n: None if v is None else np.asarray(v) for n, v in zip(names, values, strict=True)}
    shapes = {name: column.shape for name, column in columns.items() if column is not None}
    if len(set(shapes.values())) > 1 or any(len(shape) != 1 for shape in shapes.values()):
        raise ValueError(f"The columns must be one-dimensional and equally long, but are {shapes}.")
    return columns


def read_children(columns: Columns, errors: ErrorArray, rule: AgeRule) -> Children:
    """Check and prepare one chunk; the errors found are set in `errors`."""
    sex, age = columns["sex"], np.asarray(columns["age_days"], np.float64)
    is_female = sex == 2
    is_sound = is_female | (sex == 1)
    mark(errors, RowError.SEX, ~is_sound)
    is_bad_age = (age < 0) | np.isinf(age)
    if mark(errors, RowError.AGE, is_bad_age):
        is_sound &= ~is_bad_age
    day, is_in_age = find_day(age, is_sound, rule)
    row = is_female * np.int64(AGE_ROWS)
    row += day
    np.copyto(row, 2 * AGE_ROWS, where=~is_in_age)
    mode, units = columns["mode"], read_lenhei(columns["lenhei_cm"], errors)
    weight = read_measure(columns["weight_kg"], errors, RowError.WEIGHT)
    if columns["oedema"] is not None:
        weight[np.asarray(columns["oedema"], np.bool_)] = np.nan
    children = Children(errors, is_sound, is_female, age, day, is_in_age, row, mode, units, weight)
    if mode is not None:
        correct_lenhei(children)
    return children


def mark(errors: ErrorArray, error: RowError, where: BoolArray) -> bool:
    """Set the error's bit on the bad rows; whether there are any."""
    is_any = bool(where.any())
    if is_any:
        errors[where] |= np.uint8(error)
    return is_any


def find_day(age: FloatArray, is_sound: BoolArray, rule: AgeRule) -> tuple[IntArray, BoolArray]:
    """The table day of each age (0 where none), and whether there is one: sound, known and below 60 months."""
    is_in_age = (age < 60 * DAYS_PER_MONTH) & is_sound
    exact = np.floor(age / DAYS_PER_MONTH) * DAYS_PER_MONTH if rule is AgeRule.COMPLETED_MONTHS else age
    day = exact + 0.5
    np.copyto(day, 0.0, where=~is_in_age)
    return day.astype(np.int64), is_in_age


def read_measure(column: Any, errors: ErrorArray, error: RowError) -> FloatArray:
    """The measure as float64 in a new array, NaN where it is not a positive number."""
    measure = np.array(column, np.float64)
    is_bad = (measure <= 0) | (measure == np.inf)
    if mark(errors, error, is_bad):
        measure[is_bad] = np.nan
    return measure


def read_lenhei(column: Any, errors: ErrorArray) -> FloatArray:
    """Length in tenths of a millimetre, on the grid where it belongs there."""
    units = read_measure(column, errors, RowError.LENHEI)
    units *= UNITS_PER_CM
    on_grid = np.rint(units)
    np.copyto(units, on_grid, where=np.abs(units - on_grid) < GRID_TOLERANCE)
    return units


def correct_lenhei(children: Children) -> None:
    """Add 0.7 cm to a standing measure below 731 days (from 9 months on), take it from a lying one at 731 and more.

    Unknown age: no correction. Where age has no table day, the age itself decides. A bad mode voids the length.
    """
    mode, age, units = children.mode, children.age, children.units
    is_lying, is_standing = mode == ModeCode.LYING, mode == ModeCode.STANDING
    is_bad = ~(is_lying | is_standing | (mode == ModeCode.UNKNOWN))
    if mark(children.errors, RowError.MODE, is_bad):
        units[is_bad] = np.nan
    is_tall = (children.day >= HEIGHT_FROM_DAY) | (~children.is_in_age & (age >= HEIGHT_FROM_DAY - 0.5))
    add = is_standing & ~is_tall & (age >= STANDING_FROM_MONTH * DAYS_PER_MONTH)
    take = is_lying & is_tall
    units += (add.view(np.int8) - take.view(np.int8)) * CORRECTION
