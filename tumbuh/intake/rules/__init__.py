"""Pure decisions about imports and their rows."""

from tumbuh.intake.rules.states import MOVES, WORKING, Decision, Outcome, State, can_move

__all__ = ["MOVES", "WORKING", "Decision", "Outcome", "State", "can_move"]
