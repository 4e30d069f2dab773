"""A new password by mail, where a mail server is set up."""

import re
from datetime import timedelta
from importlib import reload

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories.accounts import PASSWORD, make_user
from tumbuh.accounts.api import User
from tumbuh.audit.api import Event
from tumbuh.notifications.actions.letters import write_password_letters
from tumbuh.notifications.api import send_due
from tumbuh.notifications.models import OutgoingMessage
from tumbuh.web.accounts.security.adapters import AccountAdapter

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
    settings.HAS_EMAIL = settings.HAS_NOTICE_MAIL = True
    settings.SITE_ADDRESS = "http://testserver"
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


def work():
    """What the worker does with what is queued."""
    for job in ProcrastinateJob.objects.filter(task_name="notifications.password_letter"):
        write_password_letters(**job.args)
    return send_due()


def test_from_the_letter_to_the_new_password(client, midwife):
    elsewhere = Client()
    elsewhere.post("/masuk", {"login": "bidan", "password": PASSWORD})
    assert ask(client).url == "/lupa/terkirim"
    assert mail.outbox == []
    assert work() == 1
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
    work()
    assert [letter.to for letter in mail.outbox] == [["bidan@example.id"]]


def test_the_request_asks_the_database_the_same_whether_the_address_is_known_or_not(client, midwife):
    asked = []
    for address in ("bidan@example.id", "siapa@example.id"):
        with CaptureQueriesContext(connection) as found:
            ask(client, address)
        asked.append([re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in found])
    assert asked[0] == asked[1]
    assert not any("accounts_user" in query for query in asked[0])


def test_the_queue_keeps_no_address_and_the_outbox_no_link(client, midwife):
    ask(client)
    assert "bidan" not in str(list(ProcrastinateJob.objects.values_list("args", flat=True)))
    work()
    held = OutgoingMessage.objects.get()
    assert "/lupa/" not in held.body and "/lupa/" in mail.outbox[0].body


def test_a_job_that_runs_twice_writes_one_letter_and_asking_twice_two(client, midwife):
    ask(client)
    work()
    work()
    assert len(mail.outbox) == 1
    ask(client)
    work()
    assert len(mail.outbox) == 2


def test_a_mail_server_that_is_down_fails_no_request(client, midwife, monkeypatch):
    def refuse(*_):
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        assert ask(client).url == "/lupa/terkirim"
        assert work() == 0
    assert send_due(now=timezone.now() + timedelta(minutes=2)) == 1
    assert mail.outbox[0].to == ["bidan@example.id"]


def test_a_closed_account_gets_no_letter(client, midwife):
    User.objects.update(is_active=False)
    ask(client)
    work()
    assert mail.outbox == []


def test_whatever_allauth_writes_waits_for_the_worker_too(rf, midwife):
    context = {"user": midwife, "request": rf.get("/"), "ip": "", "user_agent": "", "timestamp": timezone.now()}
    AccountAdapter(rf.get("/")).send_mail("account/email/password_changed", "lama@example.id", context)
    assert mail.outbox == []
    assert send_due() == 1
    assert mail.outbox[0].to == ["bidan@example.id"]


def test_the_page_of_signing_in_leads_there(client, db):
    assert 'href="/lupa"' in client.get("/masuk").content.decode()
