"""A new password by mail, where a mail server is set up."""

import re
from importlib import reload

import pytest
from django.core import mail
from django.test import Client
from django.urls import clear_url_caches

from tests.factories.accounts import PASSWORD, make_user
from tumbuh.audit.api import Event

pytestmark = pytest.mark.django_db
NEW = "jagung-menguning-2027"


def load_addresses():
    import tumbuh.config.urls
    import tumbuh.web.accounts.security.urls
    import tumbuh.web.accounts.urls

    for module in (tumbuh.web.accounts.security.urls, tumbuh.web.accounts.urls, tumbuh.config.urls):
        reload(module)
    clear_url_caches()


@pytest.fixture(autouse=True)
def mailing(settings):
    settings.HAS_EMAIL = True
    load_addresses()
    yield
    settings.HAS_EMAIL = False
    load_addresses()


@pytest.fixture
def midwife(db):
    user = make_user("bidan")
    user.email = "bidan@example.id"
    user.save()
    return user


def ask(client, address="bidan@example.id"):
    return client.post("/lupa", {"email": address})


def test_from_the_letter_to_the_new_password(client, midwife):
    elsewhere = Client()
    elsewhere.post("/masuk", {"login": "bidan", "password": PASSWORD})
    assert ask(client).url == "/lupa/terkirim"
    (letter,) = mail.outbox
    assert letter.subject == "Tumbuh: kata sandi baru" and "bidan" not in letter.body
    link = re.search(r"http://testserver(/lupa/\S+)", letter.body)[1]
    form = client.get(link).url
    assert client.post(form, {"password1": NEW, "password2": NEW}).url == "/lupa/selesai"
    assert elsewhere.get("/akun/keamanan").status_code == 302
    assert client.post("/masuk", {"login": "bidan", "password": NEW}).url == "/kerja"
    assert Event.objects.filter(action="accounts.password.changed").count() == 1
    assert "sudah dipakai" in Client().get(link).content.decode()


def test_an_unknown_address_is_answered_alike_and_gets_no_letter(client, midwife):
    known, unknown = ask(client), ask(Client(), "siapa@example.id")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to for letter in mail.outbox] == [["bidan@example.id"]]


def test_the_page_of_signing_in_leads_there(client, db):
    assert 'href="/lupa"' in client.get("/masuk").content.decode()
