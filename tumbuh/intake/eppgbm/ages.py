"""Ages as the file writes them: "2 Tahun - 3 Bulan - 12 Hari"."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

PARTS = re.compile(r"(\d{1,4})\s*(tahun|thn|th|bulan|bln|bl|minggu|mg|hari|hr|y|m|d)[a-z]*\.?", re.I)
DAYS = {"t": 365.25, "y": 365.25, "b": 30.4375, "mi": 7.0, "mg": 7.0, "m": 30.4375, "h": 1.0, "d": 1.0}
MONTHS_ONLY = re.compile(r"\d{1,2}(?:[.,]\d+)?")


class ReadAge(NamedTuple):
    """About how many days, and how far the statement can be off."""

    days: float
    slack_days: int


@lru_cache(maxsize=20_000)
def read_age(text: str) -> ReadAge | None:
    """The age of a text; a bare number means months; None when there is no age in it."""
    parts = PARTS.findall(text)
    if parts:
        days = sum(int(number) * get_days(unit.lower()) for number, unit in parts)
        is_exact = any(unit[0].lower() in "hd" for _, unit in parts)
        return ReadAge(days, 31 if is_exact else 46)
    if MONTHS_ONLY.fullmatch(text):
        return ReadAge(float(text.replace(",", ".")) * 30.4375, 46)
    return None


def get_days(unit: str) -> float:
    """Days of one year, month, week or day."""
    return DAYS.get(unit[:2], DAYS[unit[0]])


def format_age(birth: date, day: date) -> str:
    """The age as the real export writes it, in completed years, months and days."""
    months = (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)
    year, month = divmod(birth.year * 12 + birth.month - 1 + months, 12)
    last = min(birth.day, get_last_day(year, month + 1))
    days = (day - date(year, month + 1, last)).days
    return f"{months // 12} Tahun - {months % 12} Bulan - {days} Hari"


def get_last_day(year: int, month: int) -> int:
    """Last day of the month."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days
