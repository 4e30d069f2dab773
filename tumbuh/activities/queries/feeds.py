"""Whose calendar a token opens, and what stands in it."""

from datetime import timedelta

from django.core import signing
from django.db.models import Q
from django.utils import timezone

from tumbuh.accounts.api import READ_ACTIVITIES, User, get_scope, list_assignments
from tumbuh.activities.models import Activity, CalendarFeed

SALT = "tumbuh.activities.calendar"
MOST = 500
BACK, AHEAD = timedelta(days=92), timedelta(days=366)


def write_token(feed: CalendarFeed) -> str:
    """The signed token of a feed; nothing of it is stored."""
    return signing.dumps([feed.user_id, feed.stamp], salt=SALT)


def find_feed_user(token: str) -> User | None:
    """The active user whose open feed the token is for, or None."""
    try:
        user_id, stamp = signing.loads(token, salt=SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    held = CalendarFeed.objects.select_related("user").filter(user_id=user_id, stamp=stamp, is_open=True).first()
    return held.user if held and held.user.is_active else None


def find_feed(user: User) -> CalendarFeed | None:
    """The user's open feed, or None."""
    return CalendarFeed.objects.filter(user=user, is_open=True).first()


def list_feed(user: User) -> list[Activity]:
    """Activities of the very regions in which the user works, and those that the user planned.

    A quarter back, a year ahead, at most 500.
    """
    scope = get_scope(user, READ_ACTIVITIES)
    mine = [held.region_id for held in list_assignments(user)]
    now = timezone.now()
    found = Activity.objects.filter(
        scope.q("region_id"), Q(region_id__in=mine) | Q(planned_by=user), starts_at__range=(now - BACK, now + AHEAD)
    )
    return list(found.select_related("region").order_by("starts_at")[:MOST])
