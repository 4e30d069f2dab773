"""Which reminder falls on which day."""

from datetime import date, timedelta

import pytest

from tumbuh.verification.queries.deadlines import read_reminder_rule
from tumbuh.verification.rules.reminders import ReminderRule, find_reminders, list_months

RULE = ReminderRule(before=(3, 1), escalate_after=3, source="", is_certain=False)
DUE = date(2026, 4, 6)
# days until the deadline, what is said
TABLE = [
    (10, []),
    (4, []),
    (3, [("deadline.before", "3")]),
    (2, [("deadline.before", "3")]),
    (1, [("deadline.before", "1")]),
    (0, [("deadline.today", "")]),
    (-1, [("deadline.late", "")]),
    (-2, [("deadline.late", "")]),
    (-3, [("deadline.late", ""), ("deadline.escalated", "")]),
    (-31, [("deadline.late", ""), ("deadline.escalated", "")]),
    (-32, []),
]


@pytest.mark.parametrize("days,said", TABLE)
def test_what_is_said_on_a_day(days, said):
    assert find_reminders(RULE, DUE, DUE - timedelta(days=days)) == said


def test_the_definition_is_the_rule_of_this_table():
    rule = read_reminder_rule()
    assert (rule.before, rule.escalate_after) == (RULE.before, RULE.escalate_after)


def test_months_that_can_be_near():
    assert list_months(date(2026, 2, 10)) == [
        date(2026, 2, 1), date(2026, 1, 1), date(2025, 12, 1), date(2025, 11, 1)
    ]  # fmt: skip
