"""Adding to the trail."""

from typing import Any, Protocol

from tumbuh.audit.models import Event


class Actor(Protocol):
    """Whoever acts: a user of the accounts room, or SYSTEM."""

    pk: Any
    username: str


class SystemActor:
    """The platform itself, for work that no person started."""

    pk = None
    username = "sistem"


SYSTEM = SystemActor()


def record_event(
    *,
    by: Actor,
    action: str,
    object_kind: str,
    object_id: object,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """Add one event in the caller's transaction and return it. `before` and `after` never hold names or NIK."""
    return Event.objects.create(
        actor_id=by.pk,
        actor_name=by.username,
        action=action,
        object_kind=object_kind,
        object_id=str(object_id),
        before=before,
        after=after,
        reason=reason,
    )
