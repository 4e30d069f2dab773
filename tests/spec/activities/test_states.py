"""The state tables as tables: which move is possible from where."""

from datetime import date

import pytest

from tumbuh.activities.api import FollowUpError, FollowUpState, Move, State, can_move, is_overdue
from tumbuh.activities.rules import FOLLOW_UP_MOVES, RULES, check_outcome, find_rule

MOVES = {
    #         CHANGE HOLD  CANCEL REOPEN
    State.PLANNED: (True, True, True, False),
    State.HELD: (False, True, False, True),
    State.CANCELLED: (False, False, False, True),
}
FOLLOW_UPS = {
    ("OPEN", "DONE"): True, ("OPEN", "DROPPED"): True, ("OPEN", "OPEN"): False, ("DONE", "OPEN"): True,
    ("DONE", "DROPPED"): False, ("DONE", "DONE"): False, ("DROPPED", "OPEN"): True, ("DROPPED", "DONE"): False,
    ("DROPPED", "DROPPED"): False,
}  # fmt: skip


@pytest.mark.parametrize("state", State)
def test_moves(state):
    assert tuple(can_move(state, move) for move in Move) == MOVES[state]


def test_what_goes_back_says_why():
    assert {rule.move for rule in RULES if rule.needs_reason} == {Move.CANCEL, Move.REOPEN}
    assert all(find_rule(move).move == move for move in Move)


@pytest.mark.parametrize(("pair", "is_allowed"), FOLLOW_UPS.items())
def test_follow_ups(pair, is_allowed):
    source, target = pair
    assert (FollowUpState(target) in FOLLOW_UP_MOVES[FollowUpState(source)]) is is_allowed
    if is_allowed:
        check_outcome(source, target, "selesai")
        with pytest.raises(FollowUpError):
            check_outcome(source, target, "  ")
    else:
        with pytest.raises(FollowUpError):
            check_outcome(source, target, "selesai")


@pytest.mark.parametrize("target", ["", "LATE", "done"])
def test_no_other_state(target):
    with pytest.raises(FollowUpError):
        check_outcome("OPEN", target, "selesai")


@pytest.mark.parametrize(
    ("state", "due", "late"),
    [("OPEN", 23, True), ("OPEN", 24, False), ("OPEN", 25, False), ("DONE", 1, False), ("DROPPED", 1, False)],
)
def test_overdue_is_open_after_its_day(state, due, late):
    assert is_overdue(state, date(2026, 11, due), date(2026, 11, 24)) is late
