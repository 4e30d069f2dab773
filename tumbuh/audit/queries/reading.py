"""Pages of the trail, the newest first."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from tumbuh.audit.models import Event

PER_PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """Which events: of a day, somebody's account name, an action, an object's id. What is empty does not matter."""

    day: date | None = None
    actor: str = ""
    action: str = ""
    object_id: str = ""


def list_events(
    where: Q, wanted: Wanted, *, before: int | None = None, limit: int = PER_PAGE
) -> tuple[list[Event], bool]:
    """The latest events (older than `before`, an event's id) that the reader may see, and whether there are more."""
    found = Event.objects.filter(where).order_by("-id")
    if before is not None:
        found = found.filter(id__lt=before)
    if wanted.day:
        start = timezone.make_aware(datetime.combine(wanted.day, time()))
        found = found.filter(recorded_at__gte=start, recorded_at__lt=start + timedelta(days=1))
    for field, value in (("actor_name", wanted.actor), ("action", wanted.action), ("object_id", wanted.object_id)):
        if value:
            found = found.filter(**{field: value})
    events = list(found[: limit + 1])
    return events[:limit], len(events) > limit
