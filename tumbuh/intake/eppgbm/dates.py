"""Dates as people and programs write them. Day comes before month, as in Indonesia, unless that is impossible."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from tumbuh.intake.eppgbm.texts import clean_text, is_nothing
from tumbuh.lib.spreadsheets.api import Cell

MONTHS = {
    "jan": 1, "feb": 2, "peb": 2, "mar": 3, "mrt": 3, "apr": 4, "mei": 5, "may": 5, "jun": 6, "jul": 7, "agu": 8,
    "ags": 8, "agt": 8, "aug": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "nop": 11, "des": 12, "dec": 12,
}  # fmt: skip
# Excel's day 1 is 1 January 1900 and it believes that 1900 was a leap year: right from 1 March 1900 on.
EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(30_000, 80_000)
TIME = r"(?:[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
YEAR_FIRST = re.compile(rf"(\d{{4}})\s*[-/. ]\s*(\d{{1,2}})\s*[-/. ]\s*(\d{{1,2}}){TIME}")
DAY_FIRST = re.compile(rf"(\d{{1,2}})\s*[-/. ]\s*(\d{{1,2}})\s*[-/. ]\s*(\d{{4}}|\d{{2}}){TIME}")
NAMED = re.compile(
    rf"(?:[a-z']+,?\s+)?(\d{{1,2}})\s*[-/. ]?\s*([a-z]{{3,}})\.?\s*[-/. ,]?\s*(\d{{4}}|\d{{2}}){TIME}", re.I
)
NAMED_FIRST = re.compile(r"([a-z]{3,})\.?\s+(\d{1,2}),?\s+(\d{4})", re.I)
DIGITS = re.compile(r"\d{8}")
ZEROS = re.compile(r"[0\-/. :]+")


class ReadDate(NamedTuple):
    """A date or None; `is_missing` when the cell says nothing; `is_swapped` when it was month/day/year."""

    date: date | None
    is_missing: bool = False
    is_swapped: bool = False


MISSING = ReadDate(None, is_missing=True)
UNREADABLE = ReadDate(None)


def read_date(value: Cell) -> ReadDate:
    """The date of a cell: a real date, an Excel day number, or a text in one of the usual forms."""
    if type(value) is str:
        return read_text(value)
    if isinstance(value, datetime):
        return ReadDate(value.date())
    if isinstance(value, date):
        return ReadDate(value)
    if value is None:
        return MISSING
    if isinstance(value, (int, float)):
        return read_serial(value)
    return read_text(value)


def read_serial(value: float) -> ReadDate:
    """An Excel day number; 0 is nothing; eight digits may be a date without signs."""
    if isinstance(value, bool):
        return UNREADABLE
    if value == 0:
        return MISSING
    if 30_000 <= value < 80_000:
        return ReadDate(EXCEL_EPOCH + timedelta(days=int(value)))
    return read_text(clean_text(value))


@lru_cache(maxsize=20_000)
def read_text(value: str) -> ReadDate:
    """The date of a text."""
    text = clean_text(value)
    if is_nothing(text) or ZEROS.fullmatch(text):
        return MISSING
    if match := YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
        return make_date(year, month, day)
    if match := DAY_FIRST.fullmatch(text):
        day, month = int(match[1]), int(match[2])
        return make_date(get_year(match[3]), month, day)
    if match := NAMED.fullmatch(text):
        return make_date(get_year(match[3]), MONTHS.get(match[2][:3].lower(), 0), int(match[1]))
    if match := NAMED_FIRST.fullmatch(text):
        return make_date(int(match[3]), MONTHS.get(match[1][:3].lower(), 0), int(match[2]))
    return read_digits(text)


def read_digits(text: str) -> ReadDate:
    """20261005, 05102026, or a day number written as text."""
    if DIGITS.fullmatch(text):
        if text[:2] in ("19", "20") and text[4:6] <= "12":
            return make_date(int(text[:4]), int(text[4:6]), int(text[6:]))
        return make_date(int(text[4:]), int(text[2:4]), int(text[:2]))
    whole = text.split(".")[0].split(",")[0]
    if whole.isascii() and whole.isdigit() and len(whole) == 5 and int(whole) in SERIALS:
        return ReadDate(EXCEL_EPOCH + timedelta(days=int(whole)))
    return UNREADABLE


def get_year(text: str) -> int:
    """Four digits as they are, two digits in this century: only children under five are meant."""
    return int(text) if len(text) == 4 else 2000 + int(text)


def make_date(year: int, month: int, day: int) -> ReadDate:
    """The date; day and month exchanged when only that is possible; UNREADABLE when nothing is."""
    if not 1900 <= year <= 2199:
        return UNREADABLE
    try:
        if month > 12 >= day:
            return ReadDate(date(year, day, month), is_swapped=True)
        return ReadDate(date(year, month, day))
    except ValueError:
        return UNREADABLE


def swap_day_and_month(day: date) -> date | None:
    """The date with day and month exchanged, None where there is none or it is the same."""
    if day.day > 12 or day.day == day.month:
        return None
    return day.replace(day=day.month, month=day.day)
