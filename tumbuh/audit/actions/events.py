"""Adding to the trail."""

from typing import Any, Protocol

from tumbuh.audit.models import Event


class Actor(Protocol):
    """Whoever acts: a user of the accounts room, or SYSTEM. `role_code`, where there is one, is kept with the event."""

    pk: Any
    username: str


class SystemActor:
    """The platform itself, for work that no person started."""

    pk = None
    username = "sistem"
    role_code = "SYSTEM"


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
    region_id: int | None = None,
) -> Event:
    """Add one event in the caller's transaction and return it; the database links it into the chain at commit.

    `before` and `after` never hold names or NIK. Record last in an action: what follows waits with the chain's lock.
    """
    return Event.objects.create(
        actor_id=by.pk,
        actor_name=by.username,
        role=getattr(by, "role_code", ""),
        action=action,
        object_kind=object_kind,
        object_id=str(object_id),
        before=before,
        after=after,
        reason=reason,
        region_id=region_id,
    )
