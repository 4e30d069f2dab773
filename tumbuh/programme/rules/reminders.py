"""When obligations that fall due on a day are called to mind, and to whom."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple


class Call(StrEnum):
    """What is told: they fall due soon, they are late, or (to the level above) they are late below."""

    NEAR = "obligation.near"
    LATE = "obligation.late"
    BELOW = "obligation.late_below"


class ReminderRule(NamedTuple):
    """How many days before, for how many days after, and after how many the level above hears."""

    near_days: Sequence[int]
    late_days: int
    escalate_after_days: int


def find_calls(rule: ReminderRule, due: date, today: date) -> list[tuple[Call, str]]:
    """The calls of a day: (what is told, what tells it apart). Each keeps its key while it lasts: told once."""
    if today <= due:
        near = [days for days in rule.near_days if due - timedelta(days=days) <= today]
        return [(Call.NEAR, str(min(near)))] if near else []
    late = (today - due).days
    if late > rule.late_days:
        return []
    calls = [(Call.LATE, "")]
    return [*calls, (Call.BELOW, "")] if late >= rule.escalate_after_days else calls
