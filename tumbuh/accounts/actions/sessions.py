"""Ending the sessions of a user."""

from django.db import transaction
from django.db.models import F

from tumbuh.accounts.models import User
from tumbuh.audit.api import Actor, record_event


def raise_stamp(user: User) -> None:
    """Whoever is signed in as this user is out with their next request. Part of an action, no event of its own."""
    User.objects.filter(pk=user.pk).update(session_stamp=F("session_stamp") + 1)
    user.refresh_from_db(fields=["session_stamp"])


@transaction.atomic
def end_sessions(*, by: Actor, user: User, reason: str = "") -> None:
    """End all sessions of a user, with an event."""
    raise_stamp(user)
    record_event(by=by, action="accounts.sessions.ended", object_kind="user", object_id=user.pk, reason=reason)
