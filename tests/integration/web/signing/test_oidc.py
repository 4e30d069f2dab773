"""Signing in with the account of another house, against a small provider on this machine."""

from urllib.parse import urlsplit

import pytest
import requests

from tests.factories.accounts import make_user
from tests.factories.oidc import CLIENT, SECRET, OpenIdProvider
from tumbuh.accounts.api import User
from tumbuh.config.sign_in import make_oidc_apps

pytestmark = pytest.mark.django_db
START = "/masuk/oidc/sso"
REFUSED, UNKNOWN = "tidak dapat dipercaya", "tidak ada akun aktif"


@pytest.fixture(scope="module")
def provider_server():
    provider = OpenIdProvider()
    yield provider
    provider.close()


@pytest.fixture
def provider(provider_server, settings):
    provider_server.spoil, provider_server.forge, provider_server.named_issuer = {}, False, None
    settings.OIDC_ISSUER, settings.OIDC_LABEL = provider_server.issuer, "Satu Akun"
    apps = make_oidc_apps(provider_server.issuer, CLIENT, SECRET, "Satu Akun")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}
    return provider_server


@pytest.fixture
def midwife(db):
    user = make_user("bidan")
    user.email = "Bidan@example.id"
    user.save()
    return user


def walk(client, change=lambda address: address):
    """From the sign-in page to the provider and back; the last answer of the site."""
    there = client.post(START)
    assert there.status_code == 302, there.content.decode()
    back = requests.get(there.url, allow_redirects=False, timeout=5).headers["Location"]
    at = urlsplit(back)
    return client.get(change(f"{at.path}?{at.query}"))


def is_in(client):
    return "_auth_user_id" in client.session


def test_the_button_is_there_only_when_set_up(client, db, settings, provider):
    assert "Masuk dengan Satu Akun" in client.get("/masuk").content.decode()
    settings.OIDC_ISSUER = ""
    assert "Satu Akun" not in client.get("/masuk").content.decode()


def test_off_without_an_issuer(client, db):
    assert client.post(START).status_code == 404


def test_ties_the_account_with_the_same_verified_address(client, midwife, provider):
    assert walk(client).url == "/kerja"
    assert is_in(client) and client.session["_auth_user_id"] == str(midwife.pk)


def test_then_the_subject_decides_and_not_the_address(client, midwife, provider):
    walk(client)
    client.post("/keluar")
    provider.spoil = {"email": "lain@example.id"}
    assert walk(client).url == "/kerja"


def test_nobody_is_made(client, db, provider):
    page = walk(client)
    assert page.status_code == 403 and UNKNOWN in page.content.decode()
    assert not User.objects.exists() and not is_in(client)


@pytest.mark.parametrize("spoil", [{"email_verified": False}, {"email_verified": None}, {"email": None}])
def test_an_unverified_address_finds_nobody(client, midwife, provider, spoil):
    provider.spoil = spoil
    page = walk(client)
    assert page.status_code == 403 and UNKNOWN in page.content.decode() and not is_in(client)


def test_two_accounts_with_one_address_are_nobody(client, midwife, provider):
    other = make_user("bidan2")
    other.email = "bidan@example.id"
    other.save()
    assert walk(client).status_code == 403 and not is_in(client)


def test_an_ended_account_stays_out(client, midwife, provider):
    User.objects.update(is_active=False)
    walk(client)
    assert not is_in(client)


@pytest.mark.parametrize(
    "spoil",
    [
        {"iss": "https://lain.example"}, {"aud": "lain"}, {"exp": 1}, {"nonce": "lain"}, {"nonce": None},
        {"iat": None}, {"sub": None},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_token_is_refused(client, midwife, provider, spoil):
    provider.spoil = spoil
    page = walk(client)
    assert page.status_code == 403 and REFUSED in page.content.decode() and not is_in(client)


def test_a_wrong_signature_is_refused(client, midwife, provider):
    provider.forge = True
    page = walk(client)
    assert page.status_code == 403 and REFUSED in page.content.decode() and not is_in(client)


def test_a_provider_that_names_another_issuer_is_refused(client, midwife, provider):
    provider.named_issuer = "https://lain.example"
    assert client.post(START).status_code == 403


def test_a_wrong_state_is_refused(client, midwife, provider):
    page = walk(client, lambda address: address.replace("state=", "state=x"))
    assert page.status_code == 403 and REFUSED in page.content.decode() and not is_in(client)


def test_an_answer_counts_once(client, midwife, provider):
    answers = []
    walk(client, lambda address: answers.append(address) or address)
    client.post("/keluar")
    assert client.get(answers[0]).status_code == 403 and not is_in(client)


def test_no_account_is_tied_by_hand(client, midwife, provider):
    assert client.post(START, {"process": "connect"}).status_code == 404
