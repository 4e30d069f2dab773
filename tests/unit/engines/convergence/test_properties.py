"""What holds of every rule, whoever the person is."""

import random
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.person_months import draw_person, draw_receipts, draw_village
from tumbuh.engines.convergence.api import (
    CALENDAR,
    EVENTS,
    EVERYBODY,
    Kind,
    Receipt,
    Result,
    Window,
    answer,
    count_people,
    explain,
    list_answers,
    list_groups,
    list_packages,
    list_work,
    rank_missing,
    read_content,
)

CONTENT = read_content()
SEEDS = st.integers(0, 10**9)
QUIET = settings(max_examples=60, deadline=None)


def draw(seed):
    chance = random.Random(seed)
    row = draw_person(chance, 1)
    return chance, row, draw_receipts(chance, row)


@QUIET
@given(SEEDS)
def test_one_more_receipt_never_makes_it_worse(seed):
    """Y stays Y, TS stays TS, and what was found never becomes less."""
    chance, row, receipts = draw(seed)
    more = [*receipts, *draw_receipts(chance, row)]
    for rule in CONTENT.rules:
        before, after = answer(rule, row, receipts), answer(rule, row, more)
        assert after.found >= before.found
        assert after.result == before.result or (before.result, after.result) == (Result.NO, Result.YES)


@QUIET
@given(SEEDS)
def test_the_order_of_receipts_does_not_matter(seed):
    chance, row, receipts = draw(seed)
    mixed = chance.sample(receipts, len(receipts))
    for rule in CONTENT.rules:
        assert answer(rule, row, receipts) == answer(rule, row, mixed)


@QUIET
@given(SEEDS)
def test_what_counts_lies_within_the_window(seed):
    """Nothing before the window, nothing after the month; receipts outside change nothing."""
    _, row, receipts = draw(seed)
    for rule in CONTENT.rules:
        found = answer(rule, row, receipts)
        for receipt in found.counted:
            assert receipt.received_on <= row["month_end"]
            assert found.window_start is None or receipt.received_on >= found.window_start
            assert receipt.code in found.version.measure.parts
        if found.window_start:
            early = Receipt(found.window_start - timedelta(days=1), next(iter(found.version.measure.parts)), 500)
            assert answer(rule, row, [*receipts, early]) == found
        late = Receipt(row["month_end"] + timedelta(days=1), next(iter(rule.versions[-1].measure.parts)), 500)
        assert answer(rule, row, [*receipts, late]) == found


@QUIET
@given(SEEDS)
def test_an_answer_is_whole(seed):
    _, row, receipts = draw(seed)
    groups = {group.code for group in list_groups(row, CONTENT.groups)}
    for rule in CONTENT.rules:
        found = answer(rule, row, receipts)
        text = explain(found)
        assert text.id.startswith(rule.service.title.id) and text.en.startswith(rule.service.title.en)
        assert "{" not in text.id + text.en and "None" not in text.id + text.en
        if found.is_due:
            assert rule.group.code in groups
            assert (found.found >= found.needed) == (found.result == Result.YES)
            assert found.due_on is None or found.due_on >= row["month_end"]
            assert found.since is None or found.since <= row["month_end"]
            if found.version.window in EVENTS:
                assert found.window_start == row[EVENTS[found.version.window]]
            elif found.version.window in CALENDAR:
                assert found.window_start <= row["month"] <= row["month_end"] <= found.window_end
            else:
                assert found.version.window == Window.LIFE and found.window_start is None
        else:
            assert not found.counted and found.found == 0


@QUIET
@given(SEEDS)
def test_people_to_whom_it_is_not_due_are_in_no_count(seed):
    village = draw_village(seed)
    counts = count_people(CONTENT, village)
    for count in counts.values():
        assert 0 <= count.received <= count.due and count.due >= 1
        assert 0 <= count.only_missing <= count.due - count.received
    totals = {}
    for (_, group, service), count in counts.items():
        totals[group, service] = totals.get((group, service), 0) + count.due
    for rule in CONTENT.rules:
        due = sum(answer(rule, row, receipts).is_due for row, receipts in village)
        assert totals.get(rule.key, 0) == due


@QUIET
@given(SEEDS)
def test_packages_lists_and_counts_tell_the_same(seed):
    """Who is complete, who misses one thing, what completes most people: by three ways the same."""
    village = draw_village(seed)
    counts = count_people(CONTENT, village)
    packages = [package for row, receipts in village for package in list_packages(CONTENT.rules, row, receipts)]
    by_service = {}
    complete = {}
    for (_, group, service), count in counts.items():
        if service == EVERYBODY and group != EVERYBODY:
            due, received = complete.get(group, (0, 0))
            complete[group] = (due + count.due, received + count.received)
        by_service[service] = by_service.get(service, 0) + count.only_missing
    for group, (due, received) in complete.items():
        mine = [package for package in packages if package.group.code == group]
        assert (len(mine), sum(package.is_complete for package in mine)) == (due, received)
    ranked = rank_missing(packages)
    assert dict(ranked) == {service: people for service, people in by_service.items() if people}
    assert [people for _, people in ranked] == sorted((people for _, people in ranked), reverse=True)
    work = list_work(CONTENT.rules, village)
    assert len(work) == sum(not package.is_complete for package in packages)
    assert [len(package.missing) for package in work] == sorted(len(package.missing) for package in work)


@QUIET
@given(SEEDS)
def test_the_one_missing_service_completes_the_package(seed):
    """Give the person what `only_missing` names, and the package is complete."""
    _, row, receipts = draw(seed)
    for package in list_packages(CONTENT.rules, row, receipts):
        missing = package.only_missing
        if missing is None:
            continue
        parts, kind = missing.version.measure.parts, missing.version.measure.kind
        day = max(missing.window_start or row["month"], row["month"])
        gifts = [Receipt(day + timedelta(days=n), part, 500) for part in parts for n in range(4)]
        changes = {part: True for part in parts if kind == Kind.STATEMENT or (kind == Kind.KNOWN and row[part] is None)}
        again = list_packages(CONTENT.rules, {**row, **changes}, [*receipts, *gifts])
        # a family whose only risk was its latrine is no longer at risk once it has one
        assert all(found.is_complete for found in again if found.group == package.group)


@given(SEEDS)
@settings(max_examples=20, deadline=None)
def test_a_rule_of_another_day_can_be_asked_for(seed):
    """History can be read again by the rule of today, and today by the rule of then."""
    _, row, receipts = draw(seed)
    for rule in CONTENT.rules:
        if rule.key == ("PREGNANT", "pregnancy_check_six"):
            before = rule.versions[0].valid_from - timedelta(days=1)
            assert answer(rule, row, receipts, before).version is None
            assert answer(rule, row, receipts, rule.versions[0].valid_from).version == rule.versions[0]
    assert list_answers(CONTENT.rules, row, receipts) == list_answers(CONTENT.rules, row, receipts, row["month_end"])
