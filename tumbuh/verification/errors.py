"""What can go wrong with packages, each with a stable code."""


class VerificationError(Exception):
    """Base of the room's errors; the message says what happened, why, and what to do."""

    code = "verification"


class MoveError(VerificationError):
    """The package's state does not allow this step."""

    code = "verification.move"


class NotYoursError(VerificationError):
    """The user's roles do not give this step in this region."""

    code = "verification.not_yours"


class OwnWorkError(VerificationError):
    """Nobody verifies what they entered or sent."""

    code = "verification.own_work"


class BelowOpenError(VerificationError):
    """Packages below are not done yet, and no exception was recorded."""

    code = "verification.below_open"


class ReasonError(VerificationError):
    """The step asks for a reason, a statement or cells, and got none."""

    code = "verification.reason"


class CellsOpenError(VerificationError):
    """Returned cells are not answered yet."""

    code = "verification.cells_open"


class StaleError(VerificationError):
    """Somebody else moved the package since the page was opened."""

    code = "verification.stale"
