"""Messages on their way out: written with what caused them, sent afterwards, at least once."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from tumbuh.accounts.api import User
from tumbuh.notifications.actions.ways import send
from tumbuh.notifications.errors import DeliveryError, RefusedError
from tumbuh.notifications.models import Circuit, Notice, OutgoingMessage
from tumbuh.notifications.queries.notices import Line, describe, find_languages
from tumbuh.notifications.rules import Channel, Way, find_next_try, find_rest

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
    app.configure_task(SEND_TASK).defer()


def send_due(*, now: datetime | None = None) -> int:
    """Send every message that is due, each in a transaction of its own; how many went out.

    Two workers never take the same message at once. One killed between sending and noting it sends it again.
    """
    sent = 0
    for way in Way:
        while (outcome := send_next(way, now or timezone.now())) is not None:
            sent += outcome
    return sent


@transaction.atomic
def send_next(way: Way, now: datetime) -> bool | None:
    """Whether the next due message of this way went out; None when none is due or the way rests."""
    circuit, _is_new = Circuit.objects.get_or_create(way=way)
    if circuit.rests_until is not None and circuit.rests_until > now:
        return None
    due = OutgoingMessage.objects.filter(way=way, state=State.WAITING, next_try_at__lte=now).order_by("next_try_at")
    message = due.select_for_update(skip_locked=True, of=("self",)).select_related("user").first()
    if message is None:
        return None
    message.attempts += 1
    try:
        send(message)
    except RefusedError as error:
        finish(message, State.FAILED, str(error))
    except DeliveryError as error:
        put_off(message, now, str(error))
        count_failure(circuit, now)
    else:
        message.sent_at = now
        finish(message, State.SENT, "")
        Circuit.objects.filter(way=way, failures__gt=0).update(failures=0, rests_until=None)
    return message.state == State.SENT


def finish(message: OutgoingMessage, state: OutgoingMessage.State, error: str) -> None:
    message.state, message.last_error = state, error[:200]
    message.save(update_fields=["state", "attempts", "last_error", "sent_at"])


def put_off(message: OutgoingMessage, now: datetime, error: str) -> None:
    """Tried again later; after the last pause it has failed."""
    again = find_next_try(message.attempts, now)
    message.next_try_at = again or message.next_try_at
    message.save(update_fields=["next_try_at"])
    finish(message, State.WAITING if again else State.FAILED, error)


def count_failure(circuit: Circuit, now: datetime) -> None:
    """One more failure in a row; after enough of them the way rests, and one more try follows each rest."""
    held = Circuit.objects.select_for_update().get(way=circuit.way)
    held.failures += 1
    held.rests_until = find_rest(held.failures, now)
    held.save(update_fields=["failures", "rests_until"])


def clear_old(*, now: datetime | None = None) -> None:
    """Messages that left or failed go after a month, notices half a year after they were read."""
    moment = now or timezone.now()
    OutgoingMessage.objects.exclude(state=State.WAITING).filter(written_at__lt=moment - timedelta(days=30)).delete()
    Notice.objects.filter(read_at__lt=moment - timedelta(days=180)).delete()
