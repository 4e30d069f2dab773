"""Numbers as they are written: comma or point, with units, as text or number."""

import math
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from tumbuh.intake.eppgbm.texts import clean_text, is_nothing
from tumbuh.lib.spreadsheets.api import Cell

NUMBER = re.compile(
    r"(?P<sign>[+\-−–]?)\s*(?P<number>\d[\d., ]*|[.,]\d+)\s*"
    r"(?P<unit>kgs?|kilogram|kilo|grams?|gram|gr|g|cm|centimeter|sentimeter|mm|meter|mtr|m|kali|kapsul|x)?\.?",
    re.I,
)
THOUSANDS = re.compile(r"\d{1,3}([.,]\d{3})+")
PLACES = Decimal("0.001")


class ReadNumber(NamedTuple):
    """A number rounded to three places or None; `is_missing` when the cell says nothing; the unit as written."""

    value: Decimal | None
    is_missing: bool = False
    unit: str = ""


MISSING = ReadNumber(None, is_missing=True)
UNREADABLE = ReadNumber(None)
ZERO = Decimal(0)


def read_number(value: Cell, *, zero_is_missing: bool = True) -> ReadNumber:
    """The number of a cell; zero is no measurement unless said otherwise."""
    if value is None:
        return MISSING
    found = read_text(value) if isinstance(value, str) else read_float(value)
    return MISSING if zero_is_missing and found.value == ZERO else found


@lru_cache(maxsize=20_000, typed=True)
def read_float(value: Cell) -> ReadNumber:
    """A number cell. 8.4000000000000004 is 8.4; dates and truth values are no numbers."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return UNREADABLE
    return ReadNumber(round_number(Decimal(repr(value))))


@lru_cache(maxsize=20_000)
def read_text(value: str) -> ReadNumber:
    """A number written as text: "8,5", "8.5 kg", "1.234,5"; the last separator is the decimal sign."""
    text = clean_text(value)
    if is_nothing(text):
        return MISSING
    match = NUMBER.fullmatch(text)
    if match is None:
        return UNREADABLE
    digits = match["number"].replace(" ,", ",").replace(", ", ",").replace(" .", ".").replace(". ", ".").strip()
    number = normalise(digits)
    if number is None:
        return UNREADABLE
    sign = "-" if match["sign"] in ("-", "−", "–") else ""
    return ReadNumber(round_number(Decimal(sign + number)), unit=(match["unit"] or "").lower())


def normalise(digits: str) -> str | None:
    """Digits with a point as decimal sign; None when the signs contradict each other."""
    if " " in digits or len(digits) > 20:
        return None
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0:
        return digits
    whole, part, sign = digits[:last], digits[last + 1 :], digits[last]
    if "," not in whole and "." not in whole:
        return f"{whole or '0'}.{part or '0'}"
    if sign in whole or not THOUSANDS.fullmatch(whole):
        return None
    return f"{whole.replace(',', '').replace('.', '')}.{part or '0'}"


def round_number(number: Decimal) -> Decimal:
    """To three places, without zeros at the end."""
    if abs(number) >= 10**12:
        return number
    rounded = number.quantize(PLACES).normalize()
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded


@lru_cache(maxsize=20_000, typed=True)
def read_hundredths(value: Cell) -> int | None:
    """A z-score of the file in hundredths; None when it is empty, unreadable or beyond ±99."""
    number = read_number(value, zero_is_missing=False).value
    if number is None or abs(number) > 99:
        return None
    return int((number * 100).to_integral_value())
