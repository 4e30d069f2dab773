"""Messages that are to go out: written in the transaction of what caused them."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from tumbuh.accounts.api import User
from tumbuh.notifications.models import Notice, OutgoingMessage
from tumbuh.notifications.queries.notices import Line, describe, find_languages
from tumbuh.notifications.rules import Channel, Way

SEND_TASK = "notifications.send"
State = OutgoingMessage.State


def write_messages(*, notices: Collection[Notice], ways: Mapping[Channel, Way]) -> None:
    """A message for each notice, in the caller's transaction, and one job that sends what is due."""
    users = {notice.user_id for notice in notices}
    reached = set(User.objects.filter(pk__in=users).exclude(email="").values_list("pk", flat=True)) if users else set()
    languages = find_languages(users) if users else {}
    lines = [
        describe(notice, languages[notice.user_id])
        for notice in notices
        if notice.channel != Channel.EMAIL or notice.user_id in reached
    ]
    if not lines:
        return
    put(
        [
            OutgoingMessage(
                user_id=line.notice.user_id, way=ways[Channel(line.notice.channel)], subject=line.subject[:200],
                key=f"notice:{line.notice.pk}:{line.notice.told_at:%Y%m%d%H%M%S%f}",
                body=write_body(line, ways[Channel(line.notice.channel)], languages[line.notice.user_id]),
            )
            for line in lines
        ]
    )  # fmt: skip


def write_body(line: Line, way: Way, language: str) -> str:
    """The text and where to go; a letter says too where to choose what is sent."""
    body = f"{line.text}\n\n{settings.SITE_ADDRESS}{line.link}\n"
    if way != Way.EMAIL:
        return body
    with translation.override(language):
        address = f"{settings.SITE_ADDRESS}/akun/pemberitahuan"
        return f"{body}\n{_('Atur apa yang dikirim: %(settings)s') % {'settings': address}}\n"


def put(messages: Collection[OutgoingMessage]) -> None:
    """The messages wait to be sent; one whose key is there already is left out."""
    OutgoingMessage.objects.bulk_create(messages, ignore_conflicts=True)
    defer_sending()


def defer_sending(at: datetime | None = None) -> None:
    """A job that sends what is due, now or then; it appears with the caller's transaction."""
    app.configure_task(SEND_TASK, schedule_at=at).defer()


def clear_old(*, now: datetime | None = None) -> None:
    """Messages that left or failed go after a month, notices half a year after they were read, a year unread."""
    moment = now or timezone.now()
    OutgoingMessage.objects.exclude(state=State.WAITING).filter(written_at__lt=moment - timedelta(days=30)).delete()
    Notice.objects.filter(read_at__lt=moment - timedelta(days=180)).delete()
    Notice.objects.filter(told_at__lt=moment - timedelta(days=365)).delete()
