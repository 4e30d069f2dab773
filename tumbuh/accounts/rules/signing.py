"""What the trail tells of somebody's own signing in and second factors."""

from enum import StrEnum


class Signing(StrEnum):
    """The names of the events."""

    SIGNED_IN = "accounts.session.signed_in"
    SIGNED_OUT = "accounts.session.signed_out"
    SIGN_IN_FAILED = "accounts.session.failed"
    LOCKED_OUT = "accounts.session.locked_out"
    PASSWORD_CHANGED = "accounts.password.changed"  # noqa: S105  the name of an event
    FACTOR_ADDED = "accounts.factor.added"
    FACTOR_REMOVED = "accounts.factor.removed"
    FACTOR_RENEWED = "accounts.factor.renewed"
    FACTOR_USED = "accounts.factor.used"
    FACTOR_FAILED = "accounts.factor.failed"

    @property
    def ends_sessions(self) -> bool:
        """Whether the user's other sessions end with it."""
        return self in (Signing.PASSWORD_CHANGED, Signing.FACTOR_ADDED, Signing.FACTOR_REMOVED)
