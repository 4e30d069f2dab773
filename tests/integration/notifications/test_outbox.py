"""Messages: written with their cause, sent at least once, tried again, given up, never lost."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tumbuh.accounts.api import User
from tumbuh.audit.api import SYSTEM
from tumbuh.notifications.actions.outbox import clear_old
from tumbuh.notifications.api import Channel, mark_read, notify, send_due, set_preferences
from tumbuh.notifications.models import Circuit, Notice, OutgoingMessage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("has_mail")]
PLACES = {"region": "91.01.01.2001", "place": "Desa Anu", "month": "2026-03"}


def tell(user, key="2026-03"):
    return notify(by=SYSTEM, kind="package.returned", to=[user.pk], key=key, places=PLACES)


def fail_with(monkeypatch, error):
    def send_messages(*_):
        raise error

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", send_messages)


def test_a_letter_is_written_with_the_notice_and_sent_once(reader):
    tell(reader)
    assert mail.outbox == []
    assert ProcrastinateJob.objects.filter(task_name="notifications.send", status="todo").count() == 1
    assert send_due() == 1
    assert send_due() == 0
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (
        ["siti@contoh.id"],
        "Tumbuh: Dikembalikan: pengukuran anak Desa Anu, Maret 2026",
    )
    assert "\n\nhttps://tumbuh.contoh.id/verifikasi/paket/91.01.01.2001/2026-03\n" in letter.body
    assert letter.body.endswith("\nAtur apa yang dikirim: https://tumbuh.contoh.id/akun/pemberitahuan\n")
    assert letter.extra_headers["Message-ID"] == f"<{OutgoingMessage.objects.get().public_id}@tumbuh.contoh.id>"
    assert letter.content_subtype == "plain"


def test_a_letter_is_in_the_language_of_its_reader(reader):
    set_preferences(by=reader, channels={}, language="en")
    tell(reader)
    send_due()
    assert mail.outbox[0].subject == "Tumbuh: Sent back: measurements of children, Desa Anu, March 2026"


def test_no_letter_outlives_a_transaction_that_failed(reader):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        tell(reader)
        raise ZeroDivisionError
    assert not OutgoingMessage.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="notifications.send").exists()


def test_no_second_letter_while_the_notice_is_unread(reader):
    tell(reader)
    tell(reader)
    assert OutgoingMessage.objects.count() == 1
    mark_read(by=reader)
    tell(reader)
    assert OutgoingMessage.objects.count() == 2


def test_no_letter_to_somebody_without_address(other):
    tell(other)
    assert Notice.objects.count() == 1
    assert not OutgoingMessage.objects.exists()


def test_a_closed_account_gets_nothing_more(reader):
    tell(reader)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert send_due() == 0
    assert (OutgoingMessage.objects.get().state, mail.outbox) == ("FAILED", [])


def test_what_fails_is_tried_again_after_a_pause(reader, monkeypatch):
    tell(reader)
    with monkeypatch.context() as broken:
        fail_with(broken, smtplib.SMTPServerDisconnected("siti@contoh.id"))
        assert send_due() == 0
    held = OutgoingMessage.objects.get()
    assert (held.state, held.attempts) == ("WAITING", 1)
    assert ProcrastinateJob.objects.filter(scheduled_at=held.next_try_at).count() == 1
    assert "siti" not in held.last_error
    assert send_due() == 0
    assert send_due(now=timezone.now() + timedelta(minutes=2)) == 1
    assert len(mail.outbox) == 1


def test_a_message_is_given_up_after_the_last_pause(reader, monkeypatch):
    tell(reader)
    fail_with(monkeypatch, ConnectionRefusedError())
    now = timezone.now()
    for day in range(1, 12):
        send_due(now=now + timedelta(days=2 * day))
    held = OutgoingMessage.objects.get()
    assert (held.state, held.attempts) == ("FAILED", 9)


def test_an_address_that_the_server_refuses_is_not_tried_again(reader, monkeypatch):
    tell(reader)
    fail_with(monkeypatch, smtplib.SMTPRecipientsRefused({"siti@contoh.id": (550, b"no such user")}))
    assert send_due() == 0
    held = OutgoingMessage.objects.get()
    assert (held.state, held.last_error) == ("FAILED", "The mail server knows no such address.")


def test_one_that_nobody_foresaw_does_not_stop_the_others(reader, monkeypatch):
    tell(reader, "a")
    fail_with(monkeypatch, UnicodeError("rusak"))
    send_due()
    monkeypatch.undo()
    tell(reader, "b")
    assert send_due() == 1


def test_a_way_out_rests_after_failures_in_a_row_and_then_tries_one(reader, monkeypatch):
    for number in range(7):
        tell(reader, str(number))
    now = timezone.now()
    with monkeypatch.context() as broken:
        fail_with(broken, TimeoutError())
        send_due(now=now)
        assert OutgoingMessage.objects.filter(attempts=1).count() == 5
        assert send_due(now=now + timedelta(minutes=2)) == 0
        assert OutgoingMessage.objects.filter(attempts=2).count() == 0
        send_due(now=now + timedelta(minutes=6))  # one try, and it rests again
        assert sorted(OutgoingMessage.objects.values_list("attempts", flat=True)).count(0) == 1
    assert send_due(now=now + timedelta(minutes=30)) == 7
    circuit = Circuit.objects.get(way="EMAIL")
    assert (circuit.failures, circuit.rests_until) == (0, None)


def test_killed_between_sending_and_noting_it_is_sent_again_with_the_same_key(reader, monkeypatch):
    tell(reader)
    with monkeypatch.context() as killed:
        killed.setattr("tumbuh.notifications.actions.sending.finish", lambda *_: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            send_due()
    assert len(mail.outbox) == 1
    assert OutgoingMessage.objects.get().state == "WAITING"
    assert send_due() == 1
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 1


def test_what_is_old_goes(reader):
    tell(reader)
    send_due()
    mark_read(by=reader)
    clear_old(now=timezone.now() + timedelta(days=29))
    assert OutgoingMessage.objects.count() == Notice.objects.count() == 1
    clear_old(now=timezone.now() + timedelta(days=181))
    assert OutgoingMessage.objects.count() == Notice.objects.count() == 0
    tell(reader)
    clear_old(now=timezone.now() + timedelta(days=366))
    assert Notice.objects.count() == 0


def test_many_letters_leave_other_jobs_their_turn(reader, monkeypatch):
    for number in range(3):
        tell(reader, str(number))
    ProcrastinateJob.objects.all().delete()
    monkeypatch.setattr("tumbuh.notifications.actions.sending.BUDGET_SECONDS", -1)
    assert [send_due() for _ in range(4)] == [1, 1, 1, 0]
    assert ProcrastinateJob.objects.filter(task_name="notifications.send", status="todo").count() == 3


def test_a_text_message_goes_only_where_a_gateway_is_configured(reader, settings):
    settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = "http://localhost:1/pesan", "rahasia-gerbang-pesan"
    set_preferences(by=reader, channels={"package.returned": Channel.WEBHOOK}, language="id")
    tell(reader)
    settings.WEBHOOK_URL = ""
    send_due()
    assert OutgoingMessage.objects.get().last_error == "This way out is no longer configured."
