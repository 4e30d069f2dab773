"""With what a review compares: the last step at which its tier knew the data."""

from collections.abc import Sequence
from typing import Any

from tumbuh.verification.rules.states import OPEN, Move, Tier

DECISIONS = frozenset({Move.VERIFY, Move.RETURN})


def find_baseline(steps: Sequence[Any], tier: Tier) -> Any:
    """Of a package's steps in order, the one since which the tier wants to know what changed; None the first time.

    While the desa works on it: when it was sent last. Sent again: when the tier decided last before that, else when the
    package was sent the time before.
    """
    sent = [number for number, step in enumerate(steps) if step.move == Move.SUBMIT]
    if not sent:
        return None
    if steps[-1].target in OPEN:
        return steps[sent[-1]]
    own = [step for step in steps[: sent[-1]] if step.tier == tier and step.move in DECISIONS]
    if own:
        return own[-1]
    return steps[sent[-2]] if len(sent) > 1 else None
