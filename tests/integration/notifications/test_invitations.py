"""Invitations by e-mail: once, with a link that is made when it is sent, and only while they are good."""

import re
from datetime import date

import pytest
from django.core import mail

from tests.factories.accounts import make_user
from tests.factories.regions import make_province
from tumbuh.accounts.api import User, create_account, find_invitation, invite, set_active
from tumbuh.audit.api import Event
from tumbuh.notifications.api import find_mailed, mail_invitations, send_due
from tumbuh.notifications.models import OutgoingMessage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("has_mail")]


@pytest.fixture
def admin():
    return make_user("admin", role="REGION_ADMIN", region=make_province()["91.01"])


@pytest.fixture
def make(admin):
    from tumbuh.regions.api import get_region

    def go(username="desa", email="siti@contoh.id"):
        return create_account(
            by=admin, username=username, full_name="Siti Aminah", role="DESA_OPERATOR", email=email,
            region=get_region("91.01.01.2001"), valid_from=date(2026, 1, 1),
        )  # fmt: skip

    return go


def test_the_link_of_the_letter_opens_the_invitation(admin, make):
    made = make()
    assert mail_invitations(by=admin, invitations=[made]) == 1
    assert "/undangan/" not in OutgoingMessage.objects.get().body  # the token is kept nowhere
    assert find_mailed([made.pk]) == {made.pk}
    send_due()
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["siti@contoh.id"], "Tumbuh: undangan ke akun Anda")
    assert "Siti" not in letter.body and "Desa" not in letter.body
    token = re.search(r"https://tumbuh\.contoh\.id/undangan/(\S+)", letter.body)[1]
    assert find_invitation(token) == made
    assert Event.objects.get(action="accounts.invitations.mailed").after == {"count": 1}


def test_the_same_invitation_is_mailed_once(admin, make):
    made = make()
    for _ in range(2):
        mail_invitations(by=admin, invitations=[made])
        send_due()
    assert len(mail.outbox) == 1


def test_without_an_address_or_a_mail_server_it_must_be_printed(admin, make, settings):
    without, with_one = make("a", ""), make("b")
    assert mail_invitations(by=admin, invitations=[without]) == 0
    settings.HAS_NOTICE_MAIL = False
    assert mail_invitations(by=admin, invitations=[without, with_one]) == 0
    assert find_mailed([without.pk, with_one.pk]) == set()
    assert not Event.objects.filter(action="accounts.invitations.mailed").exists()


def test_one_that_was_replaced_meanwhile_is_not_sent(admin, make):
    made = make()
    mail_invitations(by=admin, invitations=[made])
    newer = invite(by=admin, user=made.user)
    mail_invitations(by=admin, invitations=[newer])
    assert send_due() == 1
    assert (len(mail.outbox), find_mailed([made.pk, newer.pk])) == (1, {newer.pk})


def test_nor_one_of_an_account_that_was_closed(admin, make):
    made = make()
    mail_invitations(by=admin, invitations=[made])
    set_active(by=admin, user=made.user, is_active=False, reason="pindah")
    assert send_due() == 0 and mail.outbox == []
    assert find_mailed([made.pk]) == set() and User.objects.filter(is_active=False).count() == 1
