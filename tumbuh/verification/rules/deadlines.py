"""Until when a tier must have done its part of a month: days of the following month, moved past days off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from tumbuh.verification.rules.states import Tier

SATURDAY = 5


@dataclass(frozen=True)
class DeadlineRule:
    """From `valid_from` on (a month), the tier is due on day `day` of the month after the data's month."""

    tier: Tier
    day: int
    valid_from: date
    source: str
    is_certain: bool


def get_next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def move_past_days_off(day: date, days_off: Collection[date]) -> date:
    """The day itself, or the first working day after it."""
    while day.weekday() >= SATURDAY or day in days_off:
        day += timedelta(days=1)
    return day


def find_rule_on(rules: Collection[DeadlineRule], tier: Tier, month: date) -> DeadlineRule:
    """The newest rule of the tier that holds for the month; LookupError when there is none."""
    held = [rule for rule in rules if rule.tier == tier and rule.valid_from <= month]
    if not held:
        raise LookupError(f"No deadline of {tier.name} holds for {month:%Y-%m}.")
    return max(held, key=lambda rule: rule.valid_from)


def compute_deadline(rule: DeadlineRule, month: date, days_off: Collection[date] = ()) -> date:
    """The last day on which the tier is in time for the month's data."""
    return move_past_days_off(get_next_month(month) + timedelta(days=rule.day - 1), days_off)
