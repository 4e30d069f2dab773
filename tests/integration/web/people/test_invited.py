"""Taking up an invitation: the token leaves the address, works once, and is nowhere written down."""

import logging
import re

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tumbuh.accounts.api import Invitation, User, create_account, invite
from tumbuh.accounts.rules import make_token
from tumbuh.audit.api import Event

PASSWORD = "hujan-di-bukit-2026"
TWICE = {"password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def invitation(province, admin):
    return create_account(
        by=admin, username="siti.aminah", full_name="Siti Aminah", role="DESA_OPERATOR",
        region=province["91.01.01.2001"], valid_from=timezone.localdate(),
    )  # fmt: skip


@pytest.fixture
def link(invitation):
    return f"/undangan/{make_token(invitation.pk)}"


def test_from_the_link_to_work(client, link, caplog):
    caplog.set_level(logging.DEBUG)
    answer = client.get(link)
    assert (answer.status_code, answer.url) == (302, "/undangan")
    page = client.get("/undangan")
    assert "Siti Aminah" in page.content.decode()
    assert link.rsplit("/", 1)[1] not in str([one.get_decoded() for one in Session.objects.all()])
    answer = client.post("/undangan", TWICE)
    assert answer.url == "/kerja"
    assert client.get("/kerja").status_code == 200
    assert User.objects.get(username="siti.aminah").check_password(PASSWORD)
    token = link.rsplit("/", 1)[1]
    assert token not in caplog.text
    assert not any(token in str(one.get_decoded()) for one in Session.objects.all())
    assert token not in str(list(Event.objects.values()))


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"password": "pendek", "again": "pendek"}, "pendek"),
        ({"password": "siti.aminah.1", "again": "siti.aminah.1"}, "mirip"),
        ({"password": PASSWORD, "again": PASSWORD + "x"}, "tidak sama"),
        ({"password": "passwordpassword", "again": ""}, ""),
    ],
)
def test_passwords_are_held_to_the_rules(client, link, wanted, words):
    client.get(link)
    answer = client.post("/undangan", wanted)
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not User.objects.get(username="siti.aminah").has_usable_password()


def refuse(client, link):
    answer = client.get(link)
    assert (answer.status_code, answer.url) == (302, "/undangan?salah")
    page = client.get(answer.url)
    assert page.status_code == 404 and "tidak berlaku" in page.content.decode()


def test_used_twice_replaced_expired_and_wrong(client, link, invitation, admin):
    client.get(link)
    client.post("/undangan", TWICE)
    refuse(Client(), link)
    newer = invite(by=admin, user=invitation.user)
    fresh = f"/undangan/{make_token(newer.pk)}"
    Invitation.objects.filter(pk=newer.pk).update(expires_at=timezone.now())
    refuse(Client(), fresh)
    refuse(Client(), "/undangan/" + "A" * 43)
    assert Client().get("/undangan").status_code == 404


def test_one_opened_in_two_browsers_works_in_the_first(client, link):
    other = Client()
    client.get(link)
    other.get(link)
    assert client.post("/undangan", TWICE).url == "/kerja"
    assert other.post("/undangan", {"password": "lain-sekali-2026", "again": "lain-sekali-2026"}).status_code == 404
    assert User.objects.get(username="siti.aminah").check_password(PASSWORD)


def test_wrong_ones_are_counted_like_failed_sign_ins_and_not_written_down(client, link, settings, caplog):
    settings.LOCKOUT_ADDRESS_LIMIT = 5
    wrong = "B" * 43
    for _ in range(4):
        refuse(client, f"/undangan/{wrong}")
    assert client.get(client.get(f"/undangan/{wrong}").url).status_code == 429
    client.get(link)
    answer = client.get("/undangan")
    assert answer.status_code == 429 and answer.headers["Retry-After"]
    assert wrong not in caplog.text and wrong not in str(list(AccessAttempt.objects.values()))


def test_somebody_with_a_second_factor_shows_it_first(client, link, invitation):
    Authenticator.objects.create(user=invitation.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client.get(link)
    assert client.post("/undangan", TWICE).url == "/masuk"
    assert "_auth_user_id" not in client.session


def test_another_who_is_signed_in_is_told_and_leaves(client, link, admin):
    client.force_login(admin)
    client.get(link)
    assert "admin.hulu" in client.get("/undangan").content.decode()
    client.post("/undangan", TWICE)
    assert client.session["_auth_user_id"] == str(User.objects.get(username="siti.aminah").pk)


def test_slips_show_the_link_to_their_maker_alone(client, admin, invitation, link, province):
    client.force_login(admin)
    answer = client.get("/akun/undangan", {"akun": invitation.user_id})
    assert f"http://testserver{link}" in answer.content.decode()
    assert answer.headers["Referrer-Policy"] == "no-referrer" and "no-store" in answer.headers["Cache-Control"]
    assert re.search(r'class="qr" viewBox="0 0 (\d+) \1"', answer.content.decode())
    assert Event.objects.filter(action="accounts.invitations.printed").count() == 1
