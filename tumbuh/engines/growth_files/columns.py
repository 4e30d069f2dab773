"""One batch of a file → the kernel's columns, and the cells that could not be read."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tumbuh.engines.anthropometry.api import ModeCode, RowError, SexCode

MEASURES = ("weight_kg", "lenhei_cm", "head_cm", "muac_cm")
DATES = ("birth_date", "measured_on")
KNOWN = ("sex", "age_days", *DATES, "measure", *MEASURES, "oedema")
NUMBER = r"^\s*[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?\s*$"
DATES_AS_WRITTEN = (
    re.compile(r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?:[ t][\d:.]+)?$"),
    re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})(?: [\d:.]+)?$"),
)
EPOCH = date(1970, 1, 1).toordinal()
NO_VALUE = frozenset({"", "na", "n/a", "nan", "null", "none", "-"})

SEX_WORDS = {word: int(SexCode.MALE) for word in ("1", "1.0", "l", "m", "male", "laki-laki")} | {
    word: int(SexCode.FEMALE) for word in ("2", "2.0", "p", "f", "female", "perempuan")
}
MODE_WORDS = {word: int(ModeCode.LYING) for word in ("l", "lying", "terlentang")} | {
    word: int(ModeCode.STANDING) for word in ("h", "standing", "berdiri")
}
OEDEMA_WORDS = dict.fromkeys(("y", "yes", "ya", "1", "1.0", "true"), 1) | dict.fromkeys(
    ("n", "no", "tidak", "0", "0.0", "false"), 0
)
UNREADABLE = -1  # of a word

TEXTS = {
    "sex": "the sex is missing or not 1, 2, L, P, M or F",
    "age_days": "the age is negative or not a number of days",
    "birth_date": "the birth date is not a date such as 2026-01-31",
    "measured_on": "the day of measuring is not a date such as 2026-01-31, or lies before birth",
    "measure": "the way of measuring is not l (lying), h (standing) or empty",
    "weight_kg": "the weight is zero, negative or not a number",
    "lenhei_cm": "the length or height is zero, negative or not a number",
    "head_cm": "the head circumference is zero, negative or not a number",
    "muac_cm": "the arm circumference is zero, negative or not a number",
    "oedema": "the oedema is not y, n or empty",
}
KERNEL_COLUMNS = {
    RowError.SEX: "sex",
    RowError.WEIGHT: "weight_kg",
    RowError.LENHEI: "lenhei_cm",
    RowError.HEAD: "head_cm",
    RowError.MUAC: "muac_cm",
    RowError.MODE: "measure",
}

BoolArray = NDArray[np.bool_]
FloatArray = NDArray[np.float64]


@dataclass
class Batch:
    """The kernel's arguments, and for each file column which rows hold something that cannot be read."""

    arguments: dict[str, Any]
    unreadable: dict[str, BoolArray] = field(default_factory=dict)


def read_batch(batch: Any, names: Mapping[str, str]) -> Batch:
    """`names` maps our column names to those of the file."""
    result = Batch({})

    def read(name: str, reader: Callable[[Any], tuple[NDArray[Any], BoolArray]]) -> Any:
        if name not in names:
            return None
        values, result.unreadable[name] = reader(to_plain(batch.column(names[name])))
        return values

    rows = batch.num_rows
    sex = read("sex", lambda column: read_words(column, SEX_WORDS))
    mode = read("measure", lambda column: read_words(column, MODE_WORDS))
    oedema = read("oedema", lambda column: read_words(column, OEDEMA_WORDS))
    numbers = {name: read(name, read_numbers) for name in (*MEASURES, "age_days")}
    days = {name: read(name, read_dates) for name in DATES}
    age = numbers.pop("age_days")
    if all(day is not None for day in days.values()):
        by_dates = days["measured_on"] - days["birth_date"]
        age = by_dates if age is None else np.where(np.isnan(age), by_dates, age)
    result.unreadable = {name: where for name, where in result.unreadable.items() if where.any()}
    result.arguments = {
        "sex": sex,
        "age_days": np.full(rows, np.nan) if age is None else age,
        "mode": mode,
        "oedema": None if oedema is None else oedema != 0,  # unreadable counts as yes: no weight-based z is given
        **{name: np.full(rows, np.nan) if v is None else v for name, v in numbers.items()},
    }
    blank_unreadable_ages(result)
    return result


def blank_unreadable_ages(batch: Batch) -> None:
    """A row whose age cannot be read gets an impossible age, so that no z rests on a guess."""
    for name in ("age_days", *DATES):
        if name in batch.unreadable:
            age = batch.arguments["age_days"] = np.array(batch.arguments["age_days"], np.float64)
            age[batch.unreadable[name]] = -1


def to_plain(column: Any) -> Any:
    """The column without dictionary encoding and in one piece."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return column


def is_text(column: Any) -> bool:
    kind = column.type
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def read_words(column: Any, words: Mapping[str, int]) -> tuple[NDArray[np.int8], BoolArray]:
    """Each cell's code: 0 where empty, UNREADABLE where the word is not known."""
    if not is_text(column):
        return read_codes(column, words)
    encoded = column.cast(pa.string()).dictionary_encode()
    texts = [text.strip().lower() for text in encoded.dictionary.to_pylist()]
    codes = np.array([words.get(t, 0 if t in NO_VALUE else UNREADABLE) for t in texts] + [0], np.int8)
    place = encoded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    values = codes[place]
    return values, values == UNREADABLE


def read_codes(column: Any, words: Mapping[str, int]) -> tuple[NDArray[np.int8], BoolArray]:
    """As read_words, for a column of numbers or of true and false."""
    numbers, is_bad = read_numbers(column)
    values = np.full(len(numbers), UNREADABLE, np.int8)
    for number in (0, 1, 2):
        values[numbers == number] = words.get(str(number), UNREADABLE)
    values[np.isnan(numbers) & ~is_bad] = 0
    return values, values == UNREADABLE


def read_numbers(column: Any) -> tuple[FloatArray, BoolArray]:
    """float64 with NaN where empty or unreadable, and which cells are unreadable."""
    no_bad = np.zeros(len(column), np.bool_)
    if not is_text(column):
        if pa.types.is_null(column.type):
            return np.full(len(column), np.nan), no_bad
        try:
            return to_floats(column.cast(pa.float64())), no_bad
        except pa.ArrowException:
            return np.full(len(column), np.nan), ~no_bad
    try:
        return to_floats(column.cast(pa.float64())), no_bad
    except pa.ArrowException:
        pass
    is_number = pc.match_substring_regex(column, NUMBER)
    trimmed = pc.utf8_lower(pc.utf8_trim_whitespace(column))
    is_empty = pc.is_in(trimmed, value_set=pa.array(sorted(NO_VALUE), trimmed.type))
    point = pc.replace_substring(trimmed, ",", ".")
    values = pc.if_else(is_number, point, pa.scalar(None, trimmed.type)).cast(pa.float64())
    bad = pc.fill_null(pc.invert(pc.or_(is_number, is_empty)), False)
    return to_floats(values), np.array(bad.to_numpy(zero_copy_only=False), np.bool_)


def to_floats(column: Any) -> FloatArray:
    values: FloatArray = (column.fill_null(np.nan) if column.null_count else column).to_numpy(zero_copy_only=False)
    return values


def read_dates(column: Any) -> tuple[FloatArray, BoolArray]:
    """Days since 1970 with NaN where empty or unreadable, and which cells are unreadable."""
    if is_text(column):
        return read_date_texts(column)
    is_filled = np.array(pc.is_valid(column).to_numpy(zero_copy_only=False), np.bool_)
    if not (pa.types.is_date(column.type) or pa.types.is_timestamp(column.type)):
        return np.full(len(column), np.nan), is_filled
    return to_floats(column.cast(pa.date32(), safe=False).cast(pa.int32()).cast(pa.float64())), np.zeros(
        len(column), np.bool_
    )


def read_date_texts(column: Any) -> tuple[FloatArray, BoolArray]:
    """As read_dates, each different text read once."""
    encoded = column.cast(pa.string()).dictionary_encode()
    texts = [text.strip().lower() for text in encoded.dictionary.to_pylist()]
    days = np.array([*(parse_day(text) for text in texts), np.nan])
    is_bad = np.array([*(text not in NO_VALUE for text in texts), False]) & np.isnan(days)
    place = encoded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    return days[place], is_bad[place]


def parse_day(text: str) -> float:
    """Days since 1970 of a date such as 2026-01-31, 31/01/2026 or 31-01-2026, a time of day aside; NaN if none."""
    for pattern in DATES_AS_WRITTEN:
        if found := pattern.match(text):
            parts = {name: int(value) for name, value in found.groupdict().items()}
            try:
                return float(date(**parts).toordinal() - EPOCH)
            except ValueError:
                return math.nan
    return math.nan
