"""A user's own notices."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from tumbuh.accounts.api import User
from tumbuh.notifications.models import Notice, Preference, Reader
from tumbuh.notifications.queries.kinds import list_ways, read_kinds
from tumbuh.notifications.rules import Channel, Kind, choose_channel, list_channels, write_link, write_notice


@dataclass(frozen=True)
class Line:
    """A notice in words, and the page where something can be done about it."""

    notice: Notice
    subject: str
    text: str
    link: str


@dataclass(frozen=True)
class Choice:
    """What a user hears of a kind, and what they could choose."""

    kind: Kind
    label: str
    channel: Channel
    channels: list[Channel]


def find_notices(user: User) -> QuerySet[Notice]:
    """The user's own notices, the newest first."""
    return Notice.objects.filter(user=user, kind__in=read_kinds()).order_by("-told_at", "-pk")


def find_notice(user: User, public_id: Any) -> Notice:
    """The user's own notice; Notice.DoesNotExist when they have none of this number."""
    return find_notices(user).get(public_id=public_id)


def count_unread(user: User) -> int:
    """How many notices the user has not read; one query on an index."""
    return Notice.objects.filter(user=user, read_at__isnull=True).count()


def write_unread(user: User) -> Coalesce:
    """The same number as an expression, for a query that is asked anyway."""
    own = Notice.objects.filter(user=user, read_at__isnull=True).order_by().values("user")
    return Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)


def describe(notice: Notice, language: str | None = None) -> Line:
    """The notice in the given language, else in that of the page."""
    kind = read_kinds()[notice.kind]
    words = write_notice(kind, notice.places, notice.count, (language or get_language() or "id")[:2])
    return Line(notice, *words, write_link(kind, notice.places))


def list_choices(user: User) -> list[Choice]:
    """Every kind with what the user hears of it; one query."""
    wanted = {row.kind: Channel(row.channel) for row in Preference.objects.filter(user=user)}
    ways, language = list_ways(), (get_language() or "id")[:2]
    return [
        Choice(kind, kind.label[language], choose_channel(kind, wanted.get(code), ways), list_channels(kind, ways))
        for code, kind in read_kinds().items()
    ]


def find_wanted(kind: Kind, user_ids: Collection[int]) -> dict[int, Channel]:
    """How each of the users hears of the kind; one query."""
    chosen = Preference.objects.filter(kind=kind.code, user_id__in=user_ids).values_list("user_id", "channel")
    wanted, ways = dict(chosen), list_ways()
    return {
        user: choose_channel(kind, Channel(wanted[user]) if user in wanted else None, ways) for user in set(user_ids)
    }


def find_languages(user_ids: Collection[int]) -> dict[int, str]:
    """The language in which each of the users wants messages that leave the platform; one query."""
    chosen = dict(Reader.objects.filter(user_id__in=user_ids).values_list("user_id", "language"))
    return {user: chosen.get(user, "id") for user in user_ids}
