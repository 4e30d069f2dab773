"""Two at once: one notice, one letter, and nothing lost when the sender dies."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection

from tests.architecture.house import ROOT
from tests.factories.gateway import SECRET, run_gateway
from tumbuh.audit.api import SYSTEM
from tumbuh.notifications.api import Channel, find_notices, make_digests, notify, send_due, set_preferences
from tumbuh.notifications.models import OutgoingMessage

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = {"region": "91.01.01.2001", "place": "Desa Anu", "month": "2026-03"}
TIMES = 8
SENDER = """
import django
django.setup()
from tumbuh.notifications.api import send_due
send_due()
"""


def run_together(work):
    """The results of the same work done by several connections at once."""

    def do(_):
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        return list(pool.map(do, range(TIMES)))


def tell(user, key="x", kind="package.returned"):
    return notify(by=SYSTEM, kind=kind, to=[user.pk], key=key, places=PLACES)


def test_the_same_news_from_several_sides_is_one_notice_with_all_counted(reader, other):
    run_together(lambda: tell(reader))
    assert [notice.count for notice in find_notices(reader)] == [TIMES]


def test_several_senders_send_each_letter_once(reader, has_mail):
    for number in range(20):
        tell(reader, str(number))
    assert sum(run_together(send_due)) == 20
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == len(mail.outbox) == 20


def test_several_digests_at_once_are_one_letter(reader, has_mail):
    tell(reader, kind="package.waiting")
    now = datetime(2026, 4, 6, 8, tzinfo=ZoneInfo("Asia/Jakarta"))
    assert sum(run_together(lambda: make_digests(now=now))) == 1
    assert OutgoingMessage.objects.count() == 1


@pytest.mark.slow
def test_a_sender_killed_again_and_again_loses_nothing(reader, settings):
    """kill -9 in the midst of sending; what the gateway gets twice carries the same key."""
    with run_gateway() as gateway:
        settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = gateway.address, SECRET
        set_preferences(by=reader, channels={"package.returned": Channel.WEBHOOK}, language="id")
        for number in range(60):
            tell(reader, str(number))
        environment = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "tumbuh.config.settings", "PYTHONPATH": str(ROOT),
            "DATABASE_URL": write_address(), "TUMBUH_WEBHOOK_URL": gateway.address, "TUMBUH_WEBHOOK_SECRET": SECRET,
        }  # fmt: skip
        deaths = 0
        while OutgoingMessage.objects.filter(state="WAITING").exists() and deaths < 40:
            seen = len(gateway.requests)
            with subprocess.Popen([sys.executable, "-c", SENDER], env=environment, cwd=ROOT) as sender:
                while sender.poll() is None and len(gateway.requests) < seen + 9:
                    time.sleep(0.002)
                sender.send_signal(signal.SIGKILL)
            deaths += 1
        keys = {str(key) for key in OutgoingMessage.objects.values_list("public_id", flat=True)}
        assert deaths > 3
        assert set(gateway.delivered) == keys
        assert OutgoingMessage.objects.filter(state="SENT").count() == 60


def write_address() -> str:
    """Of the test database, for a process of its own."""
    held = connection.settings_dict
    if held["HOST"].startswith("/"):
        return "postgresql://{USER}:{PASSWORD}@/{NAME}?host={HOST}".format(**held)
    return "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**held)
