"""What ends a session: another role or region, a new password, a new factor, deactivation, the wish of the user."""

from datetime import date

import pytest
from django.test import Client

from tests.factories.accounts import PASSWORD, make_user
from tumbuh.accounts.api import assign_role, end_sessions
from tumbuh.audit.api import SYSTEM, Event
from tumbuh.regions.api import get_region

pytestmark = pytest.mark.django_db
NEW = "jagung-menguning-2027"


@pytest.fixture
def pair(province):
    """A user signed in on two machines."""
    user = make_user("bidan")
    machines = Client(), Client()
    for machine in machines:
        machine.post("/masuk", {"login": "bidan", "password": PASSWORD})
    return user, *machines


def is_in(client):
    return client.get("/kerja").status_code == 200


def assign(user, by=SYSTEM):
    region = get_region("91.01.01.2001")
    return assign_role(by=by, user=user, role="MIDWIFE", region=region, valid_from=date(2025, 1, 1))


def test_a_role_ends_all(pair):
    user, first, second = pair
    assert is_in(first) and is_in(second)
    assign(user)
    assert not is_in(first) and not is_in(second)


def test_the_same_role_again_ends_none(pair):
    user, _, _ = pair
    assign(user)
    client = Client()
    client.force_login(user)
    assign(user)
    assert is_in(client)


def test_the_first_administrator_stays(pair):
    user, first, _ = pair
    assign(user, by=user)
    assert is_in(first)


def test_deactivation_ends_all(pair):
    user, first, _ = pair
    user.is_active = False
    user.save()
    assert not is_in(first)


def test_ended_by_somebody(pair):
    user, first, _ = pair
    end_sessions(by=SYSTEM, user=user, reason="telepon hilang")
    assert not is_in(first)
    assert Event.objects.get(action="accounts.sessions.ended").reason == "telepon hilang"


def test_elsewhere(pair):
    _, first, second = pair
    assert first.post("/akun/keamanan/keluarkan").url == "/akun/keamanan"
    assert is_in(first) and not is_in(second)


def test_password_change_ends_the_others(pair):
    user, first, second = pair
    wanted = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert first.post("/akun/keamanan/kata-sandi", wanted).status_code == 302
    assert is_in(first) and not is_in(second)
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert Event.objects.filter(action="accounts.password.changed").count() == 1


@pytest.mark.parametrize(
    "change",
    [{"oldpassword": "salah"}, {"password2": "lain"}, {"password1": "pendek", "password2": "pendek"}],
)
def test_password_change_refused(pair, change):
    user, first, _ = pair
    wanted = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW, **change}
    assert first.post("/akun/keamanan/kata-sandi", wanted).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_asks_no_query_of_its_own(pair, django_assert_num_queries):
    _, first, _ = pair
    with django_assert_num_queries(4):  # the session, its user, the bell, and the regions in the rail
        first.get("/daftar-yang-tidak-ada")
