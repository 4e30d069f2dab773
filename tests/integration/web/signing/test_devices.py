"""A sign-in from a browser in which the account was never used is told to its owner."""

import pytest
from django.conf import settings
from django.core import mail, signing
from django.test import Client

from tests.factories.accounts import PASSWORD, make_user
from tests.integration.web.signing.test_factors import make_code, set_up
from tumbuh.accounts.api import User
from tumbuh.notifications.api import find_notices, send_due
from tumbuh.web.accounts.security.devices import DAYS, SALT

pytestmark = pytest.mark.django_db
KIND = "security.new_device"


@pytest.fixture
def midwife():
    return make_user("bidan")


def list_told(user):
    return [notice for notice in find_notices(user) if notice.kind == KIND]


def test_the_first_sign_in_is_no_news_and_a_second_in_the_same_browser_neither(client, midwife, sign_in):
    for _ in range(3):
        assert sign_in(client).status_code == 302
        client.post("/keluar")
    assert list_told(midwife) == []


def test_another_browser_is(client, midwife, sign_in, settings):
    User.objects.update(email="bidan@contoh.id")
    settings.HAS_NOTICE_MAIL = True
    sign_in(client)
    other = Client(REMOTE_ADDR="192.0.2.7", HTTP_USER_AGENT="Peramban/9")
    sign_in(other)
    [notice] = list_told(midwife)
    send_due()
    [letter] = mail.outbox
    page = other.get("/pemberitahuan").content.decode()
    for text in (letter.body, page):
        assert "ganti kata sandi" in text and "WIB" in text
        assert "192.0.2.7" not in text and "Peramban/9" not in text
    assert set(notice.places) == {"moment"}
    sign_in(other)  # known by now
    assert len(list_told(midwife)) == 1


def test_each_new_browser_is_told_for_itself(client, midwife, sign_in):
    sign_in(client)
    for _ in range(2):
        sign_in(Client())
    assert len(list_told(midwife)) == 2


def test_a_shared_computer_knows_several_accounts(client, midwife, sign_in):
    other = make_user("kader")
    for name in ("bidan", "kader"):
        sign_in(Client(), name)
    for name in ("bidan", "kader", "bidan", "kader"):
        sign_in(client, name)
        client.post("/keluar")
    assert (len(list_told(midwife)), len(list_told(other))) == (1, 1)


def test_a_wrong_password_is_no_sign_in(client, midwife, sign_in):
    sign_in(client)
    other = Client()
    sign_in(other, password="salah-sekali-2026")
    assert list_told(midwife) == [] and settings.DEVICE_COOKIE_NAME not in other.cookies


@pytest.mark.parametrize(
    "forged",
    ["", "x", signing.dumps(["a"], salt="other"), signing.dumps({"a": 1}, salt=SALT)],
    ids=["empty", "nonsense", "another purpose", "no list"],
)
def test_a_forged_cookie_makes_nobody_known(client, midwife, sign_in, forged):
    sign_in(client)
    other = Client()
    other.cookies[settings.DEVICE_COOKIE_NAME] = forged
    assert sign_in(other).status_code == 302
    assert len(list_told(midwife)) == 1


def test_the_cookie_says_nothing_and_lasts(client, midwife, sign_in):
    sign_in(client)
    cookie = client.cookies[settings.DEVICE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", DAYS * 24 * 60 * 60)
    [mark] = signing.loads(cookie.value, salt=SALT)
    assert "bidan" not in mark and str(midwife.pk) != mark and len(mark) == 16


@pytest.mark.django_db(transaction=True)
def test_with_a_second_step_it_is_told_once_it_is_passed(client, midwife, sign_in):
    sign_in(client)
    secret = set_up(client)
    other = Client()
    other.post("/masuk", {"login": "bidan", "password": PASSWORD})
    assert list_told(midwife) == [] and settings.DEVICE_COOKIE_NAME not in other.cookies
    assert other.post("/masuk/kode", {"code": make_code(secret, 1)}).url == "/kerja"
    assert len(list_told(midwife)) == 1
