"""The days whose receipts count, and from when until when a condition meets a person."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tumbuh.engines.convergence.columns import DAY_CLOCKS, MONTH_CLOCKS, SEASONS, Row, find_day
from tumbuh.engines.convergence.days import add_days, add_months, end_period
from tumbuh.engines.convergence.types import Window
from tumbuh.engines.definitions.api import Condition, read_test

CALENDAR: Mapping[Window, int] = {Window.MONTH: 1, Window.QUARTER: 3, Window.HALF_YEAR: 6, Window.YEAR: 12}
EVENTS: Mapping[Window, str] = {
    Window.PREGNANCY: "pregnancy_on",
    Window.BIRTH: "birth_on",
    Window.COUPLE: "couple_on",
}

Span = tuple[date | None, date | None]  # first and last day, each None where open


def find_window(window: Window, row: Row) -> Span:
    """First and last day of the window that the person's month is in. An event's window has no last day of its own."""
    month: date = row["month"]
    if window in CALENDAR:
        length = CALENDAR[window]
        start = add_months(month, -((month.month - 1) % length))
        return start, end_period(start, length)
    return (row[EVENTS[window]] if window in EVENTS else None), None


def is_inside(day: date, window: Window, row: Row) -> bool:
    """Does a receipt of this day count? Never without the event that opens the window, never after the month."""
    start, _ = find_window(window, row)
    if start is None and window != Window.LIFE:
        return False
    return (start is None or start <= day) and day <= row["month_end"]


def find_span(condition: Condition, row: Row) -> Span:
    """From when until when time alone keeps the person (whom it meets now) in the condition."""
    spans = [find_test_span(*test, row) for test in list_required(condition)]
    starts = [start for start, _ in spans if start is not None]
    ends = [end for _, end in spans if end is not None]
    return max(starts, default=None), min(ends, default=None)


def list_required(condition: Condition) -> list[tuple[str, str, Any]]:
    """The tests that must all hold: the condition itself, or the parts of an `all`."""
    if "all" in condition:
        return [test for part in condition["all"] for test in list_required(part)]
    return [] if "any" in condition or "not" in condition else [read_test(condition)]


def find_test_span(column: str, test: str, value: Any, row: Row) -> Span:
    """The days on which a test of a clock holds."""
    if column not in {*DAY_CLOCKS, *MONTH_CLOCKS, *SEASONS}:
        return None, None
    low, high = find_ends(test, value)
    start = None if low is None else find_day(column, low, row)
    after = None if high is None else find_day(column, high + 1, row)
    return start, None if after is None else add_days(after, -1)


def find_ends(test: str, value: Any) -> tuple[int | None, int | None]:
    """Lowest and highest number that a test lets through, None where open."""
    if test == "below":
        return None, value - 1
    if test == "above":
        return value + 1, None
    if test == "between":
        return value[0], value[1]
    return (value, value) if test == "is" else (None, None)
