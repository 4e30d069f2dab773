"""The imports that wait for somebody."""

from tumbuh.accounts.api import User
from tumbuh.intake.api import Import, State

WAITING = (State.CONFIRM, State.PREVIEW)
MOST = 5


def list_waiting(user: User) -> list[Import]:
    """The user's newest imports that need a decision."""
    return list(Import.objects.filter(by=user, state__in=WAITING).order_by("-uploaded_at")[:MOST])
