"""The address by which a calendar program follows a user's activities: signed, made anew, or closed."""

from django.db import transaction

from tumbuh.accounts.api import User
from tumbuh.activities.models import CalendarFeed
from tumbuh.activities.queries.feeds import write_token
from tumbuh.audit.api import record_event


@transaction.atomic
def open_feed(*, by: User) -> str:
    """A new token; the former one, if there was any, opens nothing from now on."""
    feed, is_new = CalendarFeed.objects.select_for_update().get_or_create(user=by)
    if not is_new:
        feed.stamp, feed.is_open = feed.stamp + 1, True
        feed.save()
    record_event(by=by, action="activities.feed_opened", object_kind="user", object_id=by.pk)
    return write_token(feed)


@transaction.atomic
def close_feed(*, by: User) -> None:
    """The user's token opens nothing any more; without one, nothing happens."""
    if CalendarFeed.objects.filter(user=by, is_open=True).update(is_open=False):
        record_event(by=by, action="activities.feed_closed", object_kind="user", object_id=by.pk)
