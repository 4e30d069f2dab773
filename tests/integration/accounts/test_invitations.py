"""Accounts made by administrators, and invitations: once, in time, the newest, nobody else's."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate
from django.db import connections
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.regions import make_province
from tumbuh.accounts.api import (
    AccountError,
    Invitation,
    InvitationError,
    NotGrantableError,
    TakenError,
    User,
    accept_invitation,
    assign_role,
    create_account,
    expel,
    find_invitation,
    invite,
    list_open_invitations,
    print_slips,
    remove_factors,
    set_active,
)
from tumbuh.accounts.rules import make_token
from tumbuh.audit.api import SYSTEM, Event, verify_trail

PASSWORD = "hujan-di-bukit-2026"


@pytest.fixture
def regions(db):
    return make_province()


@pytest.fixture
def admin(regions):
    return make_user("admin", role="REGION_ADMIN", region=regions["91.01"])


def make(by, region, **changed) -> Invitation:
    today = timezone.localdate()
    wanted = {"username": "desa-1", "full_name": "Siti", "role": "DESA_OPERATOR", "region": region, "valid_from": today}
    return create_account(by=by, **wanted | changed)


def test_an_account_is_made_with_role_and_invitation(regions, admin):
    made = make(admin, regions["91.01.01.2001"])
    assert not made.user.has_usable_password() and made.user.assignments.count() == 1
    assert made.expires_at - made.made_at == timedelta(days=14)
    token = make_token(made.pk)
    assert token not in str(Invitation.objects.filter(pk=made.pk).values())
    assert accept_invitation(token=token, password=PASSWORD) == made.user
    assert authenticate(username="desa-1", password=PASSWORD) == made.user
    actions = list(Event.objects.filter(object_id=made.user.pk, object_kind="user").values_list("action", flat=True))
    assert actions == [
        "accounts.role.assigned", "accounts.user.created", "accounts.user.invited", "accounts.invitation.used",
    ]  # fmt: skip


def test_nothing_is_made_where_the_role_cannot_be_given(regions, admin):
    with pytest.raises(NotGrantableError):
        make(admin, regions["91.02.01.2001"])
    make(admin, regions["91.01.01.2001"])
    with pytest.raises(TakenError):
        make(admin, regions["91.01.01.2002"], username="DESA-1")
    assert User.objects.count() == 2


def refuse(token: str) -> None:
    assert find_invitation(token) is None
    with pytest.raises(InvitationError):
        accept_invitation(token=token, password=PASSWORD)


def test_used_expired_replaced_wrong_and_closed_are_refused(regions, admin):
    made = make(admin, regions["91.01.01.2001"])
    refuse("salah")
    newer = invite(by=admin, user=made.user)
    refuse(make_token(made.pk))
    set_active(by=admin, user=made.user, is_active=False, reason="pindah")
    refuse(make_token(newer.pk))
    with pytest.raises(InvitationError):
        invite(by=admin, user=made.user)
    set_active(by=admin, user=made.user, is_active=True, reason="kembali")
    accept_invitation(token=make_token(newer.pk), password=PASSWORD)
    refuse(make_token(newer.pk))
    latest = invite(by=admin, user=made.user)  # a lost password
    Invitation.objects.filter(pk=latest.pk).update(expires_at=timezone.now())
    refuse(make_token(latest.pk))


def test_another_secret_of_the_server_voids_and_prints_none(regions, admin, settings):
    made = make(admin, regions["91.01.01.2001"])
    token = make_token(made.pk)
    settings.SECRET_KEY = "another"
    assert make_token(made.pk) != token
    refuse(make_token(made.pk))
    assert print_slips(by=admin, invitations=list_open_invitations(admin)) == []


def test_slips_are_the_makers_and_leave_a_trace(regions, admin):
    made = make(admin, regions["91.01.01.2001"])
    other = make_user("admin2", role="PROVINSI_ADMIN", region=regions["91"])
    assert print_slips(by=other, invitations=Invitation.objects.all()) == []
    (slip,) = print_slips(by=admin, invitations=list_open_invitations(admin))
    assert (slip.username, slip.place, find_invitation(slip.token)) == ("desa-1", "Desa Sumber Jaya", made)
    assert Event.objects.filter(action="accounts.invitations.printed").count() == 1


def test_only_those_above_invite_expel_and_take_factors_off(regions, admin):
    user = make(admin, regions["91.01.01.2001"]).user
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    peer = make_user("analis", role="KABUPATEN_ANALYST", region=regions["91.01"])
    above = make_user("provinsi", role="PROVINSI_ADMIN", region=regions["91"])
    for someone in (admin, peer, above):  # oneself, one's own level, above
        for deed in (
            lambda who: invite(by=admin, user=who),
            lambda who: expel(by=admin, user=who, reason="x"),
            lambda who: remove_factors(by=admin, user=who, reason="x"),
        ):
            with pytest.raises(NotGrantableError):
                deed(someone)
    with pytest.raises(AccountError):
        remove_factors(by=admin, user=user, reason=" ")
    stamp = user.session_stamp
    assert remove_factors(by=admin, user=user, reason="telepon hilang") == 1
    assert remove_factors(by=admin, user=user, reason="telepon hilang") == 0
    expel(by=admin, user=user, reason="komputer bersama")
    user.refresh_from_db()
    assert user.session_stamp == stamp + 2
    assert Event.objects.filter(action="accounts.factors.reset").count() == 1


def test_a_role_elsewhere_takes_the_account_out_of_reach(regions, admin):
    user = make(admin, regions["91.01.01.2001"]).user
    today = timezone.localdate()
    assign_role(by=SYSTEM, user=user, role="MIDWIFE", region=regions["91.02.01.2001"], valid_from=today)
    with pytest.raises(NotGrantableError):
        invite(by=admin, user=user)
    user.assignments.filter(role="MIDWIFE").update(valid_from="2025-01-01", valid_to=today - timedelta(days=1))
    assert invite(by=admin, user=user).user == user  # what has ended binds nobody


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_is_refused(tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    regions = make_province()
    admin = make_user("admin", role="REGION_ADMIN", region=regions["91.01"])
    token = make_token(make(admin, regions["91.01.01.2001"]).pk)

    def accept(number: int) -> bool:
        try:
            accept_invitation(token=token, password=f"{PASSWORD}-{number}")
        except InvitationError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(accept, range(4))) == [False, False, False, True]
    assert Event.objects.filter(action="accounts.invitation.used").count() == 1
    assert verify_trail(folder=tmp_path, key="x").problem is None
