"""Days, months and the words for them."""

from datetime import date, timedelta

MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
          "Desember")  # fmt: skip
ENGLISH = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


def add_days(day: date, days: int) -> date:
    return day + timedelta(days=days)


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """The same day so many months on; the first of the next month where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return add_months(date(year, month + 1, 1), 1)


def end_period(start: date, months: int) -> date:
    """Last day of a period of whole months."""
    return add_days(add_months(start, months), -1)


def write_day(day: date, language: str) -> str:
    """`3 Mei 2026`, `3 May 2026`."""
    return f"{day.day} {write_month(day, language)}"


def write_month(day: date, language: str) -> str:
    return f"{(MONTHS if language == 'id' else ENGLISH)[day.month - 1]} {day.year}"
