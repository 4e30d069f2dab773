"""Second factors: set up, asked for, and required by role."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from tests.factories.accounts import PASSWORD, make_user
from tumbuh.accounts.counts import OwnConnection, SharedCounts
from tumbuh.audit.api import Event

pytestmark = pytest.mark.django_db
APP = "/akun/keamanan/aplikasi"


@pytest.fixture(autouse=True)
def by_role(settings):
    settings.MFA_ROLES, settings.DEMO = None, "none"


@pytest.fixture
def analyst(province):
    return make_user("analis", role="KABUPATEN_ANALYST", region=province["91.01"])


def make_code(secret, step=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def set_up(client):
    """Installs an app, after the password once more; its secret."""
    assert client.get(APP).url.startswith("/akun/pastikan?next=")
    assert client.post("/akun/pastikan", {"password": PASSWORD}).status_code == 302
    page = client.get(APP)
    secret = page.context["form"].secret
    assert client.post(APP, {"code": make_code(secret)}).status_code == 302
    return secret


def sign_in(client, name="analis"):
    return client.post("/masuk", {"login": name, "password": PASSWORD})


class TestRequired:
    def test_until_then_a_visitor_everywhere_else(self, client, analyst):
        sign_in(client)
        assert client.get("/kerja").url == "/masuk?next=/kerja"
        assert client.get("/masuk?next=/kerja").url == "/akun/keamanan"
        assert client.get("/data-masuk").status_code == 302
        assert client.get("/wilayah/91.01.01.2001/anak").status_code in (302, 404)
        page = client.get("/regulasi")
        assert page.status_code == 200 and not page.wsgi_request.user.is_authenticated
        assert "wajib memakai langkah kedua" in client.get("/akun/keamanan").content.decode()
        assert client.post("/keluar").url == "/"

    def test_opens_afterwards(self, client, analyst):
        sign_in(client)
        set_up(client)
        assert client.get("/kerja").status_code == 200
        assert "wajib memakai" not in client.get("/akun/keamanan").content.decode()

    def test_closes_again_without_it(self, client, analyst):
        sign_in(client)
        set_up(client)
        client.get("/kerja")
        assert client.post(f"{APP}/lepas").status_code == 302
        assert client.get("/kerja").status_code == 302

    @pytest.mark.parametrize(
        ("asked", "demo", "is_open"),
        [(None, "none", False), (None, "normal", True), ("none", "none", True), ("MIDWIFE", "none", True),
         ("KABUPATEN_ANALYST", "normal", False)],
    )  # fmt: skip
    def test_by_the_wish_of_the_installation(self, client, analyst, settings, asked, demo, is_open):
        settings.MFA_ROLES, settings.DEMO = asked, demo
        sign_in(client)
        assert (client.get("/kerja").status_code == 200) == is_open

    def test_a_role_without_it_works_on(self, client, province):
        make_user("bidan", role="MIDWIFE", region=province["91.01.01.2001"])
        sign_in(client, "bidan")
        assert client.get("/kerja").status_code == 200


class TestApp:
    def test_set_up_shows_a_picture_the_policy_allows(self, client, analyst):
        sign_in(client)
        client.post("/akun/pastikan", {"password": PASSWORD})
        page = client.get(APP).content.decode()
        assert 'src="data:image/svg+xml' in page and "otpauth" not in page and "analis@" not in page

    def test_asked_with_the_next_sign_in(self, client, analyst):
        sign_in(client)
        secret = set_up(client)
        other = Client()
        assert sign_in(other).url == "/masuk/kode"
        assert other.get("/kerja").status_code == 302
        assert "tidak cocok" in other.post("/masuk/kode", {"code": "000000"}).content.decode()
        assert other.post("/masuk/kode", {"code": make_code(secret, 1)}).url == "/kerja"
        assert other.get("/kerja").status_code == 200

    def test_a_code_counts_once(self, client, analyst):
        sign_in(client)
        secret = set_up(client)
        code = make_code(secret, 1)
        for expected in (302, 200):
            other = Client()
            sign_in(other)
            assert other.post("/masuk/kode", {"code": code}).status_code == expected

    def test_guessing_is_stopped(self, client, analyst):
        sign_in(client)
        secret = set_up(client)
        other = Client()
        sign_in(other)
        for _ in range(6):
            other.post("/masuk/kode", {"code": "000000"})
        assert other.post("/masuk/kode", {"code": make_code(secret, 1)}).status_code != 302

    def test_the_secret_is_encrypted_at_rest(self, client, analyst):
        sign_in(client)
        secret = set_up(client)
        assert all(secret not in repr(one.data) for one in Authenticator.objects.all())

    def test_recovery_codes_are_printable_and_count_once(self, client, analyst):
        sign_in(client)
        set_up(client)
        page = client.get("/akun/keamanan/kode")
        codes = page.context["unused_codes"]
        assert len(codes) == 10 and all(code in page.content.decode() for code in codes)
        for expected in (302, 200):
            other = Client()
            sign_in(other)
            assert other.post("/masuk/kode", {"code": codes[0]}).status_code == expected

    @pytest.mark.django_db(transaction=True)  # allauth announces a new factor when it is committed
    def test_ends_other_sessions_and_is_in_the_trail(self, client, analyst):
        other = Client()
        for machine in (client, other):
            sign_in(machine)
        set_up(client)
        assert other.get("/akun/keamanan").status_code == 302
        assert client.get("/akun/keamanan").status_code == 200
        client.post(f"{APP}/lepas")
        told = Event.objects.filter(action__startswith="accounts.factor").values_list("action", "after__how")
        assert ("accounts.factor.added", "totp") in told and ("accounts.factor.removed", "totp") in told


def test_tries_of_the_second_step_are_counted_by_every_process(client, analyst, monkeypatch):
    """Five wrong codes in one process; another process refuses the sixth."""
    sign_in(client)
    secret = set_up(client)
    cache.clear()
    client.post("/keluar")
    sign_in(client)
    for _ in range(5):
        assert "tidak cocok" in client.post("/masuk/kode", {"code": "000000"}).content.decode()
    monkeypatch.setattr("tumbuh.accounts.counts.OWN", OwnConnection())
    other = SharedCounts("", {})
    monkeypatch.setattr("allauth.core.internal.ratelimit.cache", other)
    answer = client.post("/masuk/kode", {"code": make_code(secret)})
    assert answer.status_code == 200 and "Terlalu banyak percobaan" in answer.content.decode()
    other.own.drop()
