"""Which activities were held: for the room above, which counts them as evidence."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from tumbuh.activities.models import Activity
from tumbuh.activities.queries.activities import Wish, find_condition, mark_verified
from tumbuh.activities.rules import State
from tumbuh.regions.api import Span


class Held(NamedTuple):
    """A held activity in short; `held_on` is the day on which it began."""

    public_id: UUID
    kind: str
    region_id: int
    held_on: date
    title: str
    attended: int
    is_verified: bool


def list_held(
    kinds: Collection[str] = (),
    *,
    since: date | None = None,
    until: date | None = None,
    within: Span | None = None,
    or_ids: Collection[UUID] = (),
) -> list[Held]:
    """Held activities of these kinds (none named: of all) or with these public numbers, that began from `since` to
    `until`, in the region numbers of `within`; by day. One query. No viewer's scope: nothing of it names a person.
    """
    found = Activity.objects.filter(find_condition(Wish(state=State.HELD, since=since, until=until)))
    if kinds or or_ids:
        found = found.filter(Q(kind__in=list(kinds)) | Q(public_id__in=list(or_ids)))
    if within:
        found = found.filter(region_id__gte=within.low, region_id__lte=within.high)
    names = ("public_id", "kind", "region_id", "starts_at", "title", "attended", "is_verified")
    rows = mark_verified(found).order_by("starts_at", "id").values_list(*names)
    return [
        Held(key, kind, region, timezone.localtime(at).date(), *rest)
        for key, kind, region, at, *rest in rows.iterator()
    ]
