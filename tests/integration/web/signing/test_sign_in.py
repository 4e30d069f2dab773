"""Signing in by name or e-mail address, the lock-out, what the trail says, how passwords are hashed."""

import logging

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client
from django.utils import timezone

from tests.factories.accounts import PASSWORD, make_user
from tumbuh.accounts.api import User
from tumbuh.audit.api import Event

pytestmark = pytest.mark.django_db
MINUTES_15 = 15 * 60


@pytest.fixture
def midwife():
    user = make_user("bidan")
    user.email = "bidan@example.id"
    user.save()
    return user


def list_actions():
    return list(Event.objects.filter(action__startswith="accounts.session").values_list("action", flat=True))


@pytest.mark.parametrize("login", ["bidan", "BIDAN", " bidan ", "bidan@example.id", "Bidan@Example.id"])
def test_by_name_or_address(client, midwife, sign_in, login):
    assert sign_in(client, login).url == "/kerja"
    assert client.get("/akun/keamanan").status_code == 200


def test_nobody_signs_up(client, db):
    for path in ("/daftar", "/signup", "/accounts/signup/", "/masuk/oidc/sso/daftar"):
        assert client.get(path).status_code == 404


def test_no_password_by_mail_without_a_mail_server(client, midwife):
    assert client.get("/lupa").status_code == 404
    assert "/lupa" not in client.get("/masuk").content.decode()


def test_an_ended_account_does_not_sign_in(client, midwife, sign_in):
    User.objects.filter(pk=midwife.pk).update(is_active=False)
    sign_in(client)
    assert client.get("/akun/keamanan").status_code == 302


def test_the_hash_is_argon2id_as_owasp_has_it(midwife):
    assert midwife.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_flood_from_one_address_is_answered_plainly(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    wanted = {"login": "", "password": ""}
    pages = [client.post("/masuk", wanted) for _ in range(3)]
    assert [page.status_code for page in pages] == [200, 200, 429]
    assert "Tunggu satu menit" in pages[-1].content.decode()


class TestLockout:
    def test_five_failures_lock_the_account_everywhere(self, client, midwife, sign_in):
        answers = [sign_in(client, password="salah").status_code for _ in range(5)]
        assert answers == [200, 200, 200, 200, 429]
        elsewhere = sign_in(Client(REMOTE_ADDR="10.0.0.9"))
        assert elsewhere.status_code == 429 and 0 < int(elsewhere.headers["Retry-After"]) <= MINUTES_15

    def test_name_and_address_are_one_account(self, client, midwife, sign_in):
        for login in ("bidan", "bidan@example.id", "BIDAN", "bidan"):
            assert sign_in(client, login, "salah").status_code == 200
        assert sign_in(client, "bidan@example.id", "salah").status_code == 429

    def test_says_when_and_ends_then(self, client, midwife, sign_in):
        for _ in range(5):
            page = sign_in(client, password="salah")
        end = AccessAttempt.objects.get().attempt_time + timezone.timedelta(minutes=15)
        assert f"sesudah pukul {timezone.localtime(end):%H.%M} WIB" in page.content.decode()
        AccessAttempt.objects.update(attempt_time=timezone.now() - timezone.timedelta(minutes=15, seconds=1))
        assert sign_in(client).status_code == 302

    def test_trying_on_does_not_prolong(self, client, midwife, sign_in):
        for _ in range(5):
            sign_in(client, password="salah")
        before = AccessAttempt.objects.get().attempt_time
        sign_in(client, password="salah")
        assert AccessAttempt.objects.get().attempt_time == before

    def test_an_unknown_account_is_answered_alike(self, client, midwife, sign_in):
        known = [sign_in(client, "bidan", "salah") for _ in range(6)]
        unknown = [sign_in(Client(REMOTE_ADDR="10.0.0.7"), "siapa", "salah") for _ in range(6)]
        assert [page.status_code for page in known] == [page.status_code for page in unknown]
        sentences = [page.content.decode().count("tidak cocok") for page in known]
        assert sentences == [page.content.decode().count("tidak cocok") for page in unknown]

    def test_one_address_goes_on_for_the_others(self, client, midwife, sign_in):
        make_user("kader")
        for _ in range(6):
            sign_in(client, password="salah")
        assert sign_in(Client(), "kader").status_code == 302

    def test_an_address_that_tries_many_accounts_is_locked(self, client, midwife, sign_in, settings):
        settings.LOCKOUT_ADDRESS_LIMIT = 10
        answers = [sign_in(client, f"orang{number}", "salah").status_code for number in range(10)]
        assert answers == [200] * 9 + [429]
        assert sign_in(client).status_code == 429
        assert sign_in(Client(REMOTE_ADDR="10.0.0.9")).status_code == 302

    def test_success_forgives_only_oneself(self, client, midwife, sign_in):
        make_user("kader")
        for login in ("bidan", "kader"):
            for _ in range(4):
                sign_in(client, login, "salah")
        assert sign_in(Client(), "bidan").status_code == 302
        assert sum(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == 4

    def test_keeps_no_password_and_no_name(self, client, midwife, sign_in, caplog):
        caplog.set_level(logging.DEBUG)
        sign_in(client, "rahasia-saya", "kata-sandi-saya")
        sign_in(client, "bidan@example.id", "kata-sandi-saya")
        kept = repr(list(AccessAttempt.objects.values())) + repr(list(AccessLog.objects.values()))
        for words in ("rahasia-saya", "kata-sandi-saya", "bidan@example.id", "'bidan'"):
            assert words not in kept and words not in caplog.text
        assert "127.0.0.1" not in caplog.text

    def test_headers_are_believed_behind_a_proxy_only(self, client, midwife, sign_in, settings):
        sign_in(client, password="salah", headers={"X-Forwarded-For": "1.1.1.1, 2.2.2.2"})
        settings.IS_HTTPS = True
        sign_in(client, password="salah", headers={"X-Forwarded-For": "1.1.1.1, 2.2.2.2"})
        assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"127.0.0.1", "2.2.2.2"}


class TestTrail:
    def test_in_out_failed_and_locked(self, client, midwife, sign_in):
        sign_in(client)
        client.post("/keluar")
        for _ in range(7):
            sign_in(client, password="salah")
        begun, failed = ["accounts.session.signed_in", "accounts.session.signed_out"], "accounts.session.failed"
        assert list_actions() == [*begun, *[failed] * 5, "accounts.session.locked_out"]
        about = Event.objects.filter(action=failed).values_list("object_id", "actor_id").first()
        assert about == (str(midwife.pk), None)

    def test_an_unknown_name_leaves_none(self, client, db, sign_in):
        sign_in(client, "rahasia-saya", "salah")
        event = Event.objects.get()
        assert (event.object_id, event.actor_name, event.before, event.after) == ("", "sistem", None, None)
        assert PASSWORD not in repr(event.__dict__)
