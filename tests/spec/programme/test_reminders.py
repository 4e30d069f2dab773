"""When obligations are called to mind, as a table: due on 31 December 2026."""

from datetime import date

import pytest

from tumbuh.programme.rules.reminders import Call, ReminderRule, find_calls

RULE = ReminderRule((30, 7), 60, 30)
DUE = date(2026, 12, 31)
ROWS = [
    (date(2026, 11, 30), []),
    (date(2026, 12, 1), [(Call.NEAR, "30")]),
    (date(2026, 12, 23), [(Call.NEAR, "30")]),
    (date(2026, 12, 24), [(Call.NEAR, "7")]),
    (date(2026, 12, 31), [(Call.NEAR, "7")]),
    (date(2027, 1, 1), [(Call.LATE, "")]),
    (date(2027, 1, 29), [(Call.LATE, "")]),
    (date(2027, 1, 30), [(Call.LATE, ""), (Call.BELOW, "")]),
    (date(2027, 3, 1), [(Call.LATE, ""), (Call.BELOW, "")]),
    (date(2027, 3, 2), []),
]


@pytest.mark.parametrize(("today", "calls"), ROWS, ids=str)
def test_calls_of_a_day(today, calls):
    assert find_calls(RULE, DUE, today) == calls
