"""Growth z-scores for many children at once, in chunks that stay in the processor's cache.

The obvious, slow version of the same rules is the oracle in the tests; the rules in words are in the README.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from tumbuh.engines.anthropometry.formulas import compute_for_length, compute_linear, compute_skewed
from tumbuh.engines.anthropometry.reading import (
    UNITS_PER_CM,
    Columns,
    ErrorArray,
    read_children,
    read_columns,
    read_measure,
)
from tumbuh.engines.anthropometry.results import FloatArray, ZScores
from tumbuh.engines.anthropometry.rules import FLAG_LIMITS, INDICATORS, MISSING, AgeRule, RowError
from tumbuh.engines.anthropometry.tables import Tables, load_tables

CHUNK = 1 << 15
LARGEST = float(np.iinfo(np.int16).max)


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
            compute_chunk(chunk, part, result, frozenset(indicators), rule, tables)
    return result


def compute_chunk(
    columns: Columns, part: slice, result: ZScores, asked: frozenset[str], rule: AgeRule, tables: Tables
) -> None:
    """Fill one part of the result."""
    children = read_children(columns, result.errors[part], rule)
    lenhei_cm = result.lenhei_corrected_cm[part]
    np.divide(children.units, UNITS_PER_CM, out=lenhei_cm)
    by_age, row, weight = tables.by_age, children.row, children.weight
    log_weight = np.log(weight)
    if "haz" in asked:
        write(result, "haz", part, compute_linear(lenhei_cm, by_age["haz"], row))
    if "waz" in asked:
        write(result, "waz", part, compute_skewed(weight, log_weight, by_age["waz"], row))
    if "whz" in asked:
        write(result, "whz", part, compute_for_length(children, log_weight, tables.whz))
    if "baz" in asked:
        bmi = weight / (lenhei_cm / 100) ** 2
        write(result, "baz", part, compute_skewed(bmi, np.log(bmi), by_age["baz"], row))
    if "headz" in asked:
        head = read_optional(columns, "head_cm", children.errors, RowError.HEAD)
        write(result, "headz", part, compute_linear(head, by_age["headz"], row))
    if "muacz" in asked:
        muac = read_optional(columns, "muac_cm", children.errors, RowError.MUAC)
        write(result, "muacz", part, compute_skewed(muac, np.log(muac), by_age["muacz"], row))


def read_optional(columns: Columns, name: str, errors: ErrorArray, error: RowError) -> FloatArray:
    """A column that may be absent: then NaN everywhere."""
    if columns[name] is None:
        return np.full(len(errors), np.nan)
    return read_measure(columns[name], errors, error)


def write(result: ZScores, indicator: str, part: slice, z: FloatArray) -> None:
    """Round to hundredths (beyond the int16 range: its end), then flag on the rounded value."""
    z *= 100
    np.rint(z, out=z)
    np.clip(z, -LARGEST, LARGEST, out=z)
    np.copyto(z, MISSING, where=np.isnan(z))
    hundredths, flag = result.get_z(indicator)[part], result.get_flag(indicator)[part]
    hundredths[:] = z
    low, high = FLAG_LIMITS[indicator]
    np.less(hundredths, low, out=flag)
    flag &= hundredths != MISSING
    flag |= hundredths > high
