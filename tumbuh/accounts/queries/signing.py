"""What is known of somebody's signing in."""

from tumbuh.accounts.models import User
from tumbuh.accounts.rules import Signing
from tumbuh.audit.api import Event


def has_signed_in(user: User) -> bool:
    """Whether the trail tells of a sign-in of the account; one query on an index."""
    told = Event.objects.filter(object_kind="user", object_id=str(user.pk), action=Signing.SIGNED_IN.value)
    return told.exists()
