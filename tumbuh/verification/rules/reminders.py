"""Of which deadlines people are reminded on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

BEFORE, TODAY, LATE, ESCALATED = "deadline.before", "deadline.today", "deadline.late", "deadline.escalated"
FORGOTTEN_AFTER = 31  # days: whoever has been told and told their superior is not told for ever


@dataclass(frozen=True)
class ReminderRule:
    """When those who are not done are reminded, in days before the deadline, and when the tier above hears of it."""

    before: tuple[int, ...]
    escalate_after: int
    source: str
    is_certain: bool


def find_reminders(rule: ReminderRule, due: date, today: date) -> list[tuple[str, str]]:
    """(kind, what tells it from others of its kind) of what is to be said on the day; each is said once.

    A day on which nothing ran is made up for: two days before, whoever was not reminded three days before is.
    """
    days = (due - today).days
    if days < -FORGOTTEN_AFTER:
        return []
    if days < 0:
        return [(LATE, "")] + ([(ESCALATED, "")] if -days >= rule.escalate_after else [])
    if days == 0:
        return [(TODAY, "")]
    near = [number for number in rule.before if days <= number]
    return [(BEFORE, str(min(near)))] if near else []


def list_months(today: date, count: int = 4) -> list[date]:
    """The first days of this month and those before it: no deadline near a day is of another month."""
    number = today.year * 12 + today.month - 1
    return [date((number - back) // 12, (number - back) % 12 + 1, 1) for back in range(count)]


def count_within(numbers: Collection[int], low: int, high: int) -> int:
    """How many of the region numbers lie in the range."""
    return sum(low <= number <= high for number in numbers)
