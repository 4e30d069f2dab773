"""Until when each tier is due, and who is late."""

from collections.abc import Collection
from datetime import date
from functools import cache
from typing import Any

import yaml
from django.conf import settings
from django.utils import timezone

from tumbuh.verification.models import DeadlineChange
from tumbuh.verification.queries.packages import Row
from tumbuh.verification.rules import GROWTH, DataSet, DeadlineRule, Tier, compute_deadline, find_rule_on
from tumbuh.verification.rules.reminders import ReminderRule


@cache
def read_definitions() -> dict[str, Any]:
    """definitions/verification/deadlines.yaml."""
    return yaml.safe_load((settings.DEFINITIONS / "verification/deadlines.yaml").read_text())


def list_deadline_rules() -> list[DeadlineRule]:
    """The rules of the definitions and those that officials set; of the same month, the officials' go first."""
    rules = [DeadlineRule(**{**row, "tier": Tier[row["tier"]]}) for row in read_definitions()["rules"]]
    for change in DeadlineChange.objects.all():
        rules.insert(0, DeadlineRule(Tier(change.tier), change.day, change.valid_from, change.reason, True))
    return rules


def read_reminder_rule() -> ReminderRule:
    """When people are reminded of deadlines."""
    found = read_definitions()["reminders"]
    return ReminderRule(**{**found, "before": tuple(found["before"])})


def list_due_from() -> list[tuple[DataSet, date, bool]]:
    """Each data set with the first month in which it is due, and whether that is certain."""
    found = read_definitions()["due_from"]
    return [(data_set, found[data_set]["month"], found[data_set]["is_certain"]) for data_set in DataSet]


def is_due(data_set: str, month: date) -> bool:
    """Whether packages of the data set are expected of every desa in the month; before that nobody is late."""
    return month >= read_definitions()["due_from"][data_set]["month"]


def list_days_off(years: Collection[int]) -> set[date]:
    """Days on which offices are closed besides Saturdays and Sundays."""
    found = read_definitions()
    each = {date.fromisoformat(f"{year}-{day}") for year in years for day in found["days_off_each_year"]}
    return each | set(found["days_off"])


def list_rules_on(month: date) -> dict[Tier, DeadlineRule]:
    """The rule that holds for each tier in the month; one query."""
    rules = list_deadline_rules()
    return {tier: find_rule_on(rules, tier, month) for tier in Tier}


def list_deadlines(month: date) -> dict[Tier, date]:
    """Until when each tier must have done its part of the month's data; one query."""
    days_off = list_days_off({month.year, month.year + 1})
    return {tier: compute_deadline(rule, month, days_off) for tier, rule in list_rules_on(month).items()}


def list_late(rows: Collection[Row], month: date, data_set: str = GROWTH, *, today: date | None = None) -> list[Row]:
    """Those whose owner's day is over; none of a month in which the data set is not due yet."""
    if not is_due(data_set, month):
        return []
    deadlines = list_deadlines(month)
    day = today or timezone.localdate()
    return [row for row in rows if row.owner is not None and deadlines[row.owner] < day]
