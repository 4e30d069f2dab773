"""The contract with a gateway for text messages, kept by both sides: ours, and the fake that stands for theirs."""

import json
from datetime import timedelta
from urllib.request import Request, urlopen

import pytest
from django.core.checks import run_checks
from django.utils import timezone

from tests.factories.gateway import SECRET, run_gateway
from tumbuh.audit.api import SYSTEM
from tumbuh.notifications.actions import gateway as sender
from tumbuh.notifications.actions.gateway import check_address, find_host
from tumbuh.notifications.api import Channel, notify, send_due, set_preferences
from tumbuh.notifications.errors import GatewayAddressError
from tumbuh.notifications.models import OutgoingMessage
from tumbuh.notifications.rules import sign

PLACES = {"region": "91.01.01.2001", "place": "Desa Anu", "month": "2026-03"}


@pytest.fixture
def gateway(settings):
    with run_gateway() as running:
        settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = running.address, SECRET
        settings.SITE_ADDRESS = "https://tumbuh.contoh.id"
        yield running


@pytest.fixture
def message(gateway, reader):
    set_preferences(by=reader, channels={"package.returned": Channel.WEBHOOK}, language="id")
    notify(by=SYSTEM, kind="package.returned", to=[reader.pk], key="x", places=PLACES)
    return OutgoingMessage.objects.get()


def later(minutes):
    return timezone.now() + timedelta(minutes=minutes)


class TestOurSide:
    def test_a_message_is_handed_over_signed(self, gateway, message):
        assert send_due() == 1
        [(key, got)] = gateway.delivered.items()
        assert key == got["id"] == str(message.public_id)
        assert got["to"] == "siti"
        assert got["text"].startswith("Dikembalikan: pengukuran anak Desa Anu, Maret 2026. ")
        assert "https://tumbuh.contoh.id/verifikasi/paket/91.01.01.2001/2026-03" in got["text"]

    def test_an_answer_that_is_lost_brings_the_same_key_again(self, gateway, message):
        gateway.lost = 1
        assert send_due() == 0
        assert send_due(now=later(2)) == 1
        assert len(gateway.requests) == 2
        assert list(gateway.delivered) == [str(message.public_id)]

    @pytest.mark.parametrize("status", [500, 502, 503, 408, 425, 429, 301, 302, 307])
    def test_later_is_tried_again_and_no_redirect_is_followed(self, gateway, message, status):
        gateway.answers = [status]
        assert send_due() == 0
        message.refresh_from_db()
        assert (message.state, len(gateway.requests)) == ("WAITING", 1)
        assert send_due(now=later(2)) == 1

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 422])
    def test_never_is_not_tried_again(self, gateway, message, status):
        gateway.answers = [status]
        assert send_due() == send_due(now=later(10_000)) == 0
        message.refresh_from_db()
        assert (message.state, len(gateway.requests)) == ("FAILED", 1)
        assert str(status) in message.last_error

    def test_somebody_without_a_number(self, gateway, message):
        gateway.unknown = {"siti"}
        send_due()
        message.refresh_from_db()
        assert message.state == "FAILED"

    def test_another_secret_is_not_believed(self, gateway, message, settings):
        settings.WEBHOOK_SECRET = "rahasia-orang-lain-1"
        send_due()
        assert gateway.delivered == {}

    def test_a_gateway_that_is_slow_or_gone_is_tried_again(self, gateway, message, settings, monkeypatch):
        monkeypatch.setattr(sender, "SECONDS", 0.05)
        settings.WEBHOOK_URL = "http://127.0.0.1:9/pesan"
        assert send_due() == 0
        message.refresh_from_db()
        assert (message.state, message.attempts) == ("WAITING", 1)

    def test_five_failures_give_it_a_rest(self, gateway, message, reader):
        for number in range(8):
            notify(by=SYSTEM, kind="package.returned", to=[reader.pk], key=str(number), places=PLACES)
        gateway.answers = [500] * 5
        assert send_due() == 0
        assert len(gateway.requests) == 5
        assert send_due(now=later(30)) == 9


class TestTheirSide:
    """What docs/how-to asks of a gateway; the fake is held to it, so that our tests mean something."""

    @staticmethod
    def post(gateway, body=b'{"to": "siti", "text": "halo"}', key="k1", old=0, signature=None):
        timestamp = str(int(timezone.now().timestamp()) - old)
        headers = {
            "Idempotency-Key": key,
            "X-Tumbuh-Timestamp": timestamp,
            "X-Tumbuh-Signature": signature or sign(SECRET, timestamp, body),
        }
        request = Request(gateway.address, data=body, headers=headers, method="POST")
        try:
            with urlopen(request, timeout=5) as answer:
                return answer.status
        except OSError as error:
            return error.code

    def test_takes_what_is_signed(self, gateway):
        assert self.post(gateway) == 202

    def test_refuses_what_is_forged_or_old(self, gateway):
        assert self.post(gateway, signature="sha256=00") == 401
        assert self.post(gateway, old=301) == 401
        assert self.post(gateway, old=-400) == 401
        assert gateway.delivered == {}

    def test_sends_once(self, gateway):
        assert self.post(gateway) == self.post(gateway, body=json.dumps({"to": "siti", "text": "lain"}).encode()) == 202
        assert [message["text"] for message in gateway.delivered.values()] == ["halo"]


@pytest.mark.parametrize(
    "url",
    [
        "http://gateway.example/pesan",
        "ftp://gateway.example/pesan",
        "file:///etc/passwd",
        "https://user:sandi@gateway.example/",
        "gateway.example",
        "https://",
    ],
)
def test_addresses_to_which_nothing_is_sent(url, settings):
    with pytest.raises(GatewayAddressError):
        check_address(url)
    settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = url, SECRET
    assert "notifications.E001" in [found.id for found in run_checks()]


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "::1", "fe80::1", "0.0.0.0", "224.0.0.1"]
)
def test_a_name_that_leads_home_is_refused(address, monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_more: [(None, None, None, "", (address, 443))])
    with pytest.raises(GatewayAddressError):
        find_host(check_address("https://gateway.example/pesan"))


def test_a_short_secret_is_refused_at_the_start(settings):
    settings.WEBHOOK_URL, settings.WEBHOOK_SECRET = "https://gateway.example/pesan", "pendek"
    assert "notifications.E002" in [found.id for found in run_checks()]
