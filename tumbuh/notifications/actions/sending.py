"""Sending what is due: each message at least once, the newest try noted in the transaction that made it."""

import time
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tumbuh.notifications.actions.outbox import defer_sending
from tumbuh.notifications.actions.ways import send
from tumbuh.notifications.errors import DeliveryError, RefusedError
from tumbuh.notifications.models import Circuit, OutgoingMessage
from tumbuh.notifications.rules import Way, find_next_try, find_rest

BUDGET_SECONDS = 20  # then other jobs have their turn
State = OutgoingMessage.State


def send_due(*, now: datetime | None = None) -> int:
    """Send every message that is due, each in a transaction of its own; how many went out.

    Two workers never take the same message at once. One killed between sending and noting it sends it again.
    """
    sent, end = 0, time.monotonic() + BUDGET_SECONDS
    for way in Way:
        while (outcome := send_next(way, now or timezone.now())) is not None:
            sent += outcome
            if time.monotonic() > end:
                defer_sending()
                return sent
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
    message.save(update_fields=["state", "attempts", "next_try_at", "last_error", "sent_at"])


def put_off(message: OutgoingMessage, now: datetime, error: str) -> None:
    """Tried again later; after the last pause it has failed."""
    again = find_next_try(message.attempts, now)
    if again is None:
        finish(message, State.FAILED, error)
        return
    message.next_try_at = again
    finish(message, State.WAITING, error)
    defer_sending(again)


def count_failure(circuit: Circuit, now: datetime) -> None:
    """One more failure in a row; after enough of them the way rests, and one more try follows each rest."""
    held = Circuit.objects.select_for_update().get(way=circuit.way)
    held.failures += 1
    held.rests_until = find_rest(held.failures, now)
    held.save(update_fields=["failures", "rests_until"])
    if held.rests_until is not None:
        defer_sending(held.rests_until)
