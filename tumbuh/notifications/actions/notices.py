"""Telling people something, in the caller's transaction; and their having read it.

What is told follows from an action that records its own event, so that nothing here records another.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from json import dumps
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from tumbuh.accounts.api import User
from tumbuh.audit.api import Actor
from tumbuh.notifications.actions.outbox import write_messages
from tumbuh.notifications.models import Notice
from tumbuh.notifications.queries.kinds import read_kinds
from tumbuh.notifications.queries.notices import find_wanted
from tumbuh.notifications.rules import Channel, Way, check_places

WAYS = {Channel.EMAIL: Way.EMAIL, Channel.WEBHOOK: Way.WEBHOOK}
# In the order of the users, so that two that tell the same people wait for each other and never for good.
TELL = """
INSERT INTO notifications_notice AS n
    (public_id, user_id, kind, key, places, count, channel, told_at, is_digested)
SELECT t.public_id, t.user_id, %(kind)s, t.key, t.places, t.count, t.channel, %(now)s, false
FROM unnest(%(public_ids)s::uuid[], %(users)s::bigint[], %(keys)s::text[], %(places)s::jsonb[], %(counts)s::int[],
    %(channels)s::text[]) AS t(public_id, user_id, key, places, count, channel)
    JOIN accounts_user u ON u.id = t.user_id AND u.is_active
ORDER BY user_id, key
ON CONFLICT (user_id, key) DO UPDATE SET
    count = CASE WHEN n.read_at IS NULL THEN n.count + excluded.count ELSE excluded.count END,
    places = excluded.places, channel = excluded.channel, told_at = excluded.told_at, read_at = NULL,
    is_digested = false
    WHERE %(gathers)s
RETURNING id, count
"""


@dataclass(frozen=True)
class News:
    """What one user is told: `key` is what it is about, `places` what stands in the kind's texts."""

    user_id: int
    key: str
    places: Mapping[str, str] = field(default_factory=dict)
    count: int = 1


def notify(
    *, by: Actor, kind: str, to: Iterable[int], key: str, places: Mapping[str, str] | None = None, count: int = 1
) -> list[Notice]:
    """As `notify_each`, everybody the same."""
    return notify_each(by=by, kind=kind, news=[News(user, key, places or {}, count) for user in set(to)])


@transaction.atomic
def notify_each(*, by: Actor, kind: str, news: Collection[News]) -> list[Notice]:
    """The notices that are new or new again. Who did it (`by`) is not told, nor whose account is closed; saying the
    same again tells nobody twice.

    Messages that leave the platform are written in the same transaction and sent after it.
    """
    held = read_kinds()[kind]
    rows = {(one.user_id, one.key): one for one in news if one.user_id != by.pk}
    if not rows:
        return []
    for one in rows.values():
        check_places(held, one.places)
    channels = find_wanted(held, [user for user, _key in rows])
    wanted = [one for one in rows.values() if channels[one.user_id] != Channel.OFF]
    values = {
        "kind": kind, "now": timezone.now(), "gathers": held.gathers,
        "public_ids": [uuid4() for _ in wanted],
        "users": [one.user_id for one in wanted],
        "keys": [f"{kind}:{one.key}" for one in wanted],
        "places": [dumps(dict(one.places)) for one in wanted],
        "counts": [one.count for one in wanted],
        "channels": [str(channels[one.user_id]) for one in wanted],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(TELL, values)
        found = dict(cursor.fetchall())
    told = list(Notice.objects.filter(pk__in=found)) if found else []
    first = {(one.user_id, f"{kind}:{one.key}"): one.count for one in wanted}
    # One that had not been read yet has had its message.
    send = [row for row in told if row.channel in WAYS and row.count == first[row.user_id, row.key]]
    write_messages(notices=send, ways=WAYS)
    return told


@transaction.atomic
def mark_read(*, by: User, notices: Iterable[Notice] | None = None) -> int:
    """The user's own notices (without `notices`: all of them) are read; how many were new until now."""
    own = Notice.objects.filter(user=by, read_at__isnull=True)
    if notices is not None:
        own = own.filter(pk__in=[notice.pk for notice in notices])
    return own.update(read_at=timezone.now())
