"""Held activities of a made-up province, many at once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from tumbuh.accounts.api import User
from tumbuh.activities.models import Activity
from tumbuh.activities.rules import State
from tumbuh.audit.api import Actor, record_event

CHUNK = 2000
LASTS = timedelta(hours=3)


class Invented(NamedTuple):
    """A made-up activity: of which kind and region, when it began, its title, how many came."""

    kind: str
    region_id: int
    starts_at: datetime
    title: str
    attended: int


@transaction.atomic
def backfill_held(*, by: Actor, user: User, rows: Iterable[Invented], place: str) -> list[Activity]:
    """The activities as held, planned by `user`, in the order given; no names of people. Only for synthetic data."""
    held = [
        Activity(
            kind=row.kind,
            region_id=row.region_id,
            starts_at=row.starts_at,
            ends_at=row.starts_at + LASTS,
            title=row.title,
            place=place,
            state=State.HELD,
            attended=row.attended,
            attended_women=row.attended * 3 // 5,
            planned_by=user,
        )
        for row in rows
    ]
    Activity.objects.bulk_create(held, batch_size=CHUNK)
    record_event(
        by=by, action="activities.backfilled", object_kind="activity", object_id="synthetic",
        after={"activities": len(held)},
    )  # fmt: skip
    return held
