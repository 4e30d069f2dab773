"""Who is reminded of which deadline, once."""

from datetime import date, timedelta

import pytest

from tests.factories.accounts import make_user
from tests.factories.packages import MONTH, climb, submit
from tumbuh.audit.api import SYSTEM
from tumbuh.notifications.api import describe, find_notices
from tumbuh.verification.api import GROWTH, SERVICES, Tier, list_deadlines, list_late, list_rows, remind

DESA, KECAMATAN = Tier.DESA, Tier.KECAMATAN


@pytest.fixture
def due(regions):
    return list_deadlines(MONTH)


def list_told(user, data_set=GROWTH):
    """(kind, count) of the notices about a data set's month, oldest first."""
    return [
        (one.kind, int(one.places["number"]))
        for one in reversed(find_notices(user))
        if one.kind.startswith("deadline.") and one.places["month"] == "2026-03" and one.places["data"] == data_set
    ]


def run(day, times=2):
    """The task of a day, run more than once."""
    for _ in range(times):
        remind(by=SYSTEM, today=day)


def test_a_desa_that_has_not_sent_is_told_each_thing_once(holders, due):
    for days in range(-5, 8):
        run(due[DESA] + timedelta(days=days))
    assert list_told(holders[DESA]) == [
        ("deadline.before", 1), ("deadline.before", 1), ("deadline.today", 1), ("deadline.late", 1)
    ]  # fmt: skip


def test_the_tier_above_hears_of_it_three_days_later(holders, regions, due):
    run(due[DESA] + timedelta(days=2))
    assert list_told(holders[KECAMATAN]) == []
    run(due[DESA] + timedelta(days=3))
    [(kind, number)] = list_told(holders[KECAMATAN])
    late = sum(code.startswith("91.01.01.") for code in regions)
    assert (kind, number) == ("deadline.escalated", late)
    lines = [describe(one) for one in find_notices(holders[KECAMATAN]) if one.kind == kind]
    assert {line.link for line in lines} == {"/verifikasi/91.01.01/2026-03", "/verifikasi/layanan/91.01.01/2026-03"}


def test_each_data_set_is_reminded_of_in_words_and_one_that_is_sent_no_more(holders, desa, due):
    submit(holders[DESA], desa, data_set=SERVICES)
    run(due[DESA])
    assert (list_told(holders[DESA], SERVICES), list_told(holders[DESA])) == ([], [("deadline.today", 1)])
    submit(holders[DESA], desa)
    run(due[KECAMATAN])
    texts = [describe(one).text for one in find_notices(holders[KECAMATAN]) if one.kind == "deadline.today"]
    assert sorted(text.split(" dari ")[0] for text in texts) == [
        "Ada 1 paket layanan Maret 2026", "Ada 1 paket pengukuran anak Maret 2026"
    ]  # fmt: skip


def test_nobody_is_late_with_a_data_set_that_is_not_due_yet(holders, regions):
    month = date(2025, 10, 1)
    due = list_deadlines(month)[DESA]
    remind(by=SYSTEM, today=due + timedelta(days=5))
    told = {one.places["data"] for one in find_notices(holders[DESA]) if one.places["month"] == "2025-10"}
    assert told == {GROWTH}
    rows = list_rows(regions["91"], month, SERVICES)
    assert list_late(rows, month, SERVICES) == [] and list_late(rows, month)


def test_who_is_done_is_left_alone(holders, desa, due):
    submit(holders[DESA], desa)
    run(due[DESA])
    run(due[DESA] + timedelta(days=1))
    assert list_told(holders[DESA]) == []


def test_a_verifier_is_reminded_of_what_waits_for_them(holders, desa, due):
    climb(holders, desa, DESA)
    run(due[KECAMATAN])
    assert ("deadline.today", 1) in list_told(holders[KECAMATAN])
    assert list_told(holders[Tier.PROVINSI]) == []


def test_a_day_on_which_nothing_ran_is_made_up_for(holders, due):
    run(due[DESA] - timedelta(days=2))
    assert list_told(holders[DESA]) == [("deadline.before", 1)]
    run(due[DESA] + timedelta(days=4))
    assert [kind for kind, _ in list_told(holders[DESA])] == ["deadline.before", "deadline.late"]


def test_nobody_of_another_place_is_told(regions, holders, due):
    stranger = make_user("lain", role="KECAMATAN_VERIFIER", region=regions["91.02.01"])
    for desa in regions:
        if desa.startswith("91.02.01."):
            submit(make_user(f"op{desa}", role="DESA_OPERATOR", region=regions[desa]), regions[desa])
    run(due[DESA] + timedelta(days=5))
    assert list_told(stranger, SERVICES) == [("deadline.escalated", 1)]  # whose services nobody has sent
    assert list_told(stranger) == [("deadline.late", 1)]  # what waits for them, and nothing of another kecamatan


def test_a_long_past_month_is_let_be(holders, due):
    run(due[DESA] + timedelta(days=32))
    assert list_told(holders[DESA]) == []


def test_few_queries_whatever_the_number_of_desa(holders, due, django_assert_max_num_queries):
    with django_assert_max_num_queries(45):
        remind(by=SYSTEM, today=date(2026, 4, 6))
