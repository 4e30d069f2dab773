"""The daily letter: one a day, of what is unread, at its hour."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from tumbuh.audit.api import SYSTEM
from tumbuh.notifications.api import make_digests, mark_read, notify, send_due, set_preferences
from tumbuh.notifications.models import OutgoingMessage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("has_mail")]
JAKARTA = ZoneInfo("Asia/Jakarta")


def at(day, hour):
    return datetime(2026, 4, day, hour, tzinfo=JAKARTA)


def tell(user, month="2026-03"):
    places = {"region": "91.01.01", "place": "Kecamatan Anu", "month": month}
    notify(by=SYSTEM, kind="package.waiting", to=[user.pk], key=month, places=places)


def test_one_letter_a_day_however_often_the_task_runs(reader):
    tell(reader)
    assert [make_digests(now=at(6, hour)) for hour in (6, 7, 7, 8, 23)] == [0, 1, 0, 0, 0]
    tell(reader, "2026-02")
    assert make_digests(now=at(6, 9)) == 0
    assert [make_digests(now=at(7, hour)) for hour in (7, 8)] == [1, 0]
    assert OutgoingMessage.objects.count() == 2


def test_what_was_read_or_told_before_is_left_out(reader):
    tell(reader)
    mark_read(by=reader)
    assert make_digests(now=at(6, 7)) == 0
    tell(reader, "2026-02")
    make_digests(now=at(6, 8))
    assert make_digests(now=at(7, 8)) == 0


def test_nobody_without_address_and_nothing_without_mail_server(reader, other, settings):
    tell(other)
    assert make_digests(now=at(6, 7)) == 0
    tell(reader)
    settings.HAS_NOTICE_MAIL = False
    assert make_digests(now=at(6, 8)) == 0


def test_what_the_letter_says(reader):
    for month in ("2026-02", "2026-03"):
        tell(reader, month)
    make_digests(now=at(6, 7))
    send_due()
    [letter] = mail.outbox
    assert letter.subject == "Tumbuh: 2 pemberitahuan, 6 April 2026"
    assert letter.body.startswith("Yang belum Anda baca di Tumbuh:\n\n- Ada 1 paket pengukuran anak Maret 2026")
    assert "https://tumbuh.contoh.id/verifikasi/91.01.01/2026-02" in letter.body
    assert letter.body.endswith("Atur apa yang dikirim: https://tumbuh.contoh.id/akun/pemberitahuan\n")


def test_a_letter_in_english(reader):
    set_preferences(by=reader, channels={}, language="en")
    tell(reader)
    make_digests(now=at(6, 7))
    assert OutgoingMessage.objects.get().subject == "Notices: 1, 6 April 2026"


def test_a_long_letter_ends_with_how_many_more(reader):
    for number in range(33):
        tell(reader, f"20{30 + number}-01")
    make_digests(now=at(6, 7))
    assert "\n\nDan 3 lagi.\n\n" in OutgoingMessage.objects.get().body
