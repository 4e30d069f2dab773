"""Who is told of a step: the tier that must act next, or those below whose work it settles."""

from tumbuh.verification.rules.checks import Wish
from tumbuh.verification.rules.states import OWNER, Move, State, Tier

WAITING, RETURNED = "package.waiting", "package.returned"
ACCEPTED, CONDITIONAL, UNAPPROVED = "package.accepted", "package.conditional", "package.unapproved"
GATHERED = frozenset({WAITING, ACCEPTED})  # one notice for all packages of somebody's region and month


def find_told(wish: Wish, target: State, *, is_conditional: bool = False) -> tuple[str, list[Tier]] | None:
    """The kind of notice and the tiers that get it; None where nobody needs to know."""
    owner, below = OWNER[target], [tier for tier in Tier if tier < wish.tier]
    if wish.move == Move.WITHDRAW:
        return None
    if wish.move == Move.RETURN:
        return RETURNED, [tier for tier in [owner] if tier]
    if wish.move == Move.LAPSE:
        return UNAPPROVED, [*below, wish.tier]
    if wish.move == Move.UNAPPROVE:
        return UNAPPROVED, below
    if is_conditional:
        return CONDITIONAL, below
    return (WAITING, [owner]) if owner else (ACCEPTED, below)
