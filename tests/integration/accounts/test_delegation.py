"""Giving and ending roles, closing and opening accounts, by administrators within their bounds."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.regions import make_province
from tumbuh.accounts.api import (
    NotGrantableError,
    RoleLevelError,
    assign_role,
    end_role,
    grant_role,
    list_assignments,
    set_active,
)
from tumbuh.audit.api import SYSTEM
from tumbuh.audit.models import Event

pytestmark = pytest.mark.django_db
SINCE = date(2026, 1, 1)


@pytest.fixture
def regions():
    return make_province()


@pytest.fixture
def admin(regions):
    return make_user("admin", role="REGION_ADMIN", region=regions["91.01"])


def test_a_role_is_held_only_at_its_levels(regions):
    with pytest.raises(RoleLevelError):
        assign_role(by=SYSTEM, user=make_user("x"), role="MIDWIFE", region=regions["91.01"], valid_from=SINCE)


def test_given_and_ended_below_with_sessions_and_events(client, regions, admin):
    user = make_user("operator")
    client.force_login(user)
    desa = regions["91.01.01.2001"]
    held = grant_role(by=admin, user=user, role="DESA_OPERATOR", region=desa, valid_from=SINCE)
    assert client.get("/kerja").status_code == 302  # signed out
    user.refresh_from_db()
    assert [one.pk for one in list_assignments(user)] == [held.pk]
    client.force_login(user)
    for _ in range(2):
        end_role(by=admin, assignment=held, reason="pindah tugas")
    assert list_assignments(user) == [] and client.get("/kerja").status_code == 302
    events = Event.objects.filter(action="accounts.role.ended").values_list("reason", "region_id")
    assert list(events) == [("pindah tugas", desa.pk)]


def test_a_role_given_today_ends_today(regions, admin):
    user = make_user("operator")
    desa = regions["91.01.01.2001"]
    held = grant_role(by=admin, user=user, role="DESA_OPERATOR", region=desa, valid_from=timezone.localdate())
    end_role(by=admin, assignment=held, reason="keliru")
    assert list_assignments(user) == []


def test_not_beyond_and_not_to_oneself(regions, admin):
    user = make_user("lain", role="DESA_OPERATOR", region=regions["91.02.01.2001"])
    with pytest.raises(NotGrantableError):
        grant_role(by=admin, user=user, role="KABUPATEN_VERIFIER", region=regions["91.01"], valid_from=SINCE)
    with pytest.raises(NotGrantableError):
        end_role(by=admin, assignment=list_assignments(user)[0], reason="x")
    with pytest.raises(NotGrantableError):
        grant_role(by=admin, user=admin, role="DESA_OPERATOR", region=regions["91.01.01.2001"], valid_from=SINCE)


def test_closing_an_account_needs_all_of_it_within_bounds(regions, admin):
    user = make_user("operator", role="DESA_OPERATOR", region=regions["91.01.01.2001"])
    for _ in range(2):
        set_active(by=admin, user=user, is_active=False, reason="berhenti")
    user.refresh_from_db()
    assert not user.is_active and Event.objects.filter(action="accounts.user.closed").count() == 1
    set_active(by=admin, user=user, is_active=True, reason="kembali")
    assign_role(by=SYSTEM, user=user, role="DESA_OPERATOR", region=regions["91.02.01.2001"], valid_from=SINCE)
    with pytest.raises(NotGrantableError):
        set_active(by=admin, user=user, is_active=False, reason="berhenti")
    with pytest.raises(NotGrantableError):
        set_active(by=admin, user=make_user("kosong"), is_active=False, reason="x")
