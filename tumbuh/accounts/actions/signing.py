"""The trail of signing in and of second factors."""

from django.db import transaction

from tumbuh.accounts.actions.sessions import raise_stamp
from tumbuh.accounts.models import User
from tumbuh.accounts.rules import Signing
from tumbuh.audit.api import SYSTEM, record_event


@transaction.atomic
def record_signing(*, by: User, what: Signing, how: str = "") -> None:
    """An event of somebody's own sign-in or second factor; some end their sessions too."""
    if what.ends_sessions:
        raise_stamp(by)
    record_event(by=by, action=what.value, object_kind="user", object_id=by.pk, after={"how": how} if how else None)


@transaction.atomic
def record_failure(*, user: User | None, is_locked: bool) -> None:
    """An event of a failed sign-in, and one of the lock-out when this failure brought it; no account, no name."""
    for what in (Signing.SIGN_IN_FAILED, Signing.LOCKED_OUT)[: 2 if is_locked else 1]:
        record_event(by=SYSTEM, action=what.value, object_kind="user", object_id=user.pk if user else "")
