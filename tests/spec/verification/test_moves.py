"""The state table against the specification: every state × tier × move × target, and the other conditions of a step."""

from datetime import date
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from tumbuh.verification.errors import BelowOpenError, CellsOpenError, MoveError, OwnWorkError, ReasonError
from tumbuh.verification.rules import (
    OWNER,
    PASSED,
    RECALLED,
    DeadlineRule,
    Move,
    Standing,
    State,
    Tier,
    Wish,
    can_step,
    check_step,
    compute_deadline,
    find_baseline,
    find_holder,
    find_rule_on,
    list_undone,
)

TABLE = yaml.safe_load((Path(__file__).parent / "moves.yaml").read_text())
LAPSES = yaml.safe_load((Path(__file__).parent / "lapses.yaml").read_text())
RECALLS = yaml.safe_load((Path(__file__).parent / "recalls.yaml").read_text())
ALL = list(product(State, Tier, Move, State))


def is_written(state: State, tier: Tier, move: Move, target: State) -> bool:
    return target in TABLE.get(state, {}).get(tier.name, {}).get(move, ())


@pytest.mark.parametrize("state", State)
def test_every_step_is_allowed_exactly_where_the_table_says(state):
    wrong = [
        (tier.name, move, target)
        for of_state, tier, move, target in ALL
        if of_state == state
        and can_step(Standing(state), Wish(move, tier, target, reason="sebab")) != is_written(state, tier, move, target)
    ]
    assert wrong == []


def test_the_table_is_not_empty_and_names_only_states_tiers_and_moves():
    steps = [
        (s, t, m, x) for s, tiers in TABLE.items() for t, moves in tiers.items() for m, to in moves.items() for x in to
    ]
    assert len(steps) == 23
    for state, tier, move, target in steps:
        assert is_written(State(state), Tier[tier], Move(move), State(target))


@pytest.mark.parametrize(("state", "tier", "target"), list(product(State, Tier, State)))
def test_a_package_goes_back_by_itself_only_for_a_condition_that_was_not_met(state, tier, target):
    wish = Wish(Move.LAPSE, tier, target, reason="timbang ulang")
    assert can_step(Standing(state, overdue=tier), wish) == (LAPSES.get(state, {}).get(tier.name) == target)
    assert not any(can_step(Standing(state, overdue=other), wish) for other in [*Tier, None] if other != tier)


def test_an_approval_on_a_condition_lapses_to_where_its_tier_decides_again():
    for state, tiers in LAPSES.items():
        for name, target in tiers.items():
            assert OWNER[State(target)] == Tier[name] and Tier[name] in list_undone(State(state), State(target))


@pytest.mark.parametrize(("state", "tier"), list(product(State, Tier)))
def test_whom_a_tier_asks_for_a_package(state, tier):
    holder = find_holder(state, tier)
    assert (holder.name if holder else None) == RECALLS.get(state, {}).get(tier.name)
    if holder:
        assert can_step(Standing(state), Wish(Move.UNAPPROVE, holder, RECALLED[tier], reason="diminta"))


@pytest.mark.parametrize(
    ("steps", "tier", "since"),
    [
        ("", "DESA", None),
        ("DESA:SUBMIT", "KECAMATAN", None),  # the first review
        ("DESA:SUBMIT KECAMATAN:RETURN", "DESA", 0),  # the desa at work
        ("DESA:SUBMIT KECAMATAN:RETURN DESA:SUBMIT", "KECAMATAN", 1),
        ("DESA:SUBMIT DESA:WITHDRAW DESA:SUBMIT", "KECAMATAN", 0),
        ("DESA:SUBMIT KECAMATAN:VERIFY KABUPATEN:RETURN DESA:SUBMIT", "KECAMATAN", 1),
        ("DESA:SUBMIT KECAMATAN:VERIFY KABUPATEN:RETURN DESA:SUBMIT KECAMATAN:VERIFY", "KABUPATEN", 2),
        (
            "DESA:SUBMIT KECAMATAN:VERIFY KABUPATEN:RETURN DESA:SUBMIT KECAMATAN:RETURN DESA:SUBMIT KECAMATAN:VERIFY",
            "KABUPATEN",
            2,  # not what the kecamatan sent back in between
        ),
        ("DESA:SUBMIT KECAMATAN:VERIFY KECAMATAN:UNAPPROVE", "KECAMATAN", None),  # nothing could change meanwhile
    ],
)
def test_since_when_a_review_looks_for_changes(steps, tier, since):
    targets = {"RETURN": State.RETURNED_DESA, "WITHDRAW": State.DRAFT}
    way = [
        SimpleNamespace(tier=Tier[name], move=Move(move), target=targets.get(move, State.SUBMITTED))
        for name, move in (step.split(":") for step in steps.split())
    ]
    found = find_baseline(way, Tier[tier])
    assert (way.index(found) if found else None) == since


def test_whose_turn_it_is_can_do_something_and_only_accepted_has_nobody():
    for state, owner in OWNER.items():
        assert (owner is None) == (state == State.ACCEPTED)
        assert owner is None or owner.name in TABLE[state]


@pytest.mark.parametrize(
    ("standing", "wish", "error"),
    [
        (Standing(State.SUBMITTED), Wish(Move.RETURN, Tier.KECAMATAN), ReasonError),
        (Standing(State.SUBMITTED), Wish(Move.RETURN, Tier.KECAMATAN, reason="  "), ReasonError),
        (Standing(State.ACCEPTED), Wish(Move.UNAPPROVE, Tier.PROVINSI), ReasonError),
        (Standing(State.ACCEPTED), Wish(Move.RETURN, Tier.PROVINSI, reason="x"), MoveError),
        (Standing(State.SUBMITTED, is_own_work=True), Wish(Move.VERIFY, Tier.KECAMATAN), OwnWorkError),
        (Standing(State.SUBMITTED, is_own_work=True), Wish(Move.VERIFY, Tier.KECAMATAN, exception="x"), OwnWorkError),
        (Standing(State.VERIFIED_KECAMATAN, open_below=2), Wish(Move.VERIFY, Tier.KABUPATEN), BelowOpenError),
        (Standing(State.VERIFIED_KECAMATAN, open_below=2), Wish(Move.VERIFY, Tier.KABUPATEN, exception="banjir"), None),
        (Standing(State.RETURNED_DESA, open_cells=1), Wish(Move.SUBMIT, Tier.DESA), CellsOpenError),
        (Standing(State.RETURNED_DESA, open_cells=0), Wish(Move.SUBMIT, Tier.DESA), None),
        (Standing(State.SUBMITTED, is_own_work=True), Wish(Move.RETURN, Tier.KECAMATAN, reason="x"), None),
    ],
)
def test_other_conditions(standing, wish, error):
    if error is None:
        assert can_step(standing, wish)
    else:
        with pytest.raises(error):
            check_step(standing, wish)


@pytest.mark.parametrize(
    ("source", "target", "tiers"),
    [
        ("ACCEPTED", "VERIFIED_KABUPATEN", ["PROVINSI"]),
        ("ACCEPTED", "VERIFIED_KECAMATAN", ["PROVINSI", "KABUPATEN"]),
        ("ACCEPTED", "SUBMITTED", ["PROVINSI", "KABUPATEN", "KECAMATAN"]),
        ("VERIFIED_KABUPATEN", "SUBMITTED", ["KABUPATEN", "KECAMATAN"]),
        ("VERIFIED_KECAMATAN", "SUBMITTED", ["KECAMATAN"]),
    ],
)
def test_taking_an_approval_back_takes_those_above_with_it(source, target, tiers):
    assert [tier.name for tier in list_undone(State(source), State(target))] == tiers


def test_more_tiers_have_passed_the_further_up_it_is():
    climb = [State.DRAFT, State.SUBMITTED, State.VERIFIED_KECAMATAN, State.VERIFIED_KABUPATEN, State.ACCEPTED]
    assert [PASSED[state] for state in climb] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("month", "day", "days_off", "due"),
    [
        ((2026, 9), 5, (), (2026, 10, 5)),  # a Monday
        ((2026, 8), 5, (), (2026, 9, 7)),  # Saturday 5, so Monday 7
        ((2026, 12), 1, ((2027, 1, 1),), (2027, 1, 4)),  # New Year's Friday, then the weekend
        ((2026, 1), 31, (), (2026, 3, 3)),  # counted from 1 February on
        ((2026, 9), 5, ((2026, 10, 5), (2026, 10, 6)), (2026, 10, 7)),
    ],
)
def test_deadlines(month, day, days_off, due):
    rule = DeadlineRule(Tier.DESA, day, date(2025, 1, 1), "", True)
    assert compute_deadline(rule, date(*month, 1), {date(*off) for off in days_off}) == date(*due)


def test_the_newest_deadline_that_holds_counts_and_older_months_keep_theirs():
    old = DeadlineRule(Tier.DESA, 5, date(2025, 1, 1), "old", True)
    new = DeadlineRule(Tier.DESA, 8, date(2026, 7, 1), "new", True)
    assert [find_rule_on([old, new], Tier.DESA, date(2026, month, 1)).day for month in (6, 7)] == [5, 8]
    with pytest.raises(LookupError):
        find_rule_on([new], Tier.DESA, date(2026, 6, 1))
