"""A scope is where a role is held, on that day, and nowhere else."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from tests.factories.accounts import make_user
from tests.factories.regions import make_province
from tumbuh.accounts.api import IMPORT, MANAGE_REGIONS, READ_PEOPLE, Scope, assign_role, create_user, get_scope
from tumbuh.audit.api import SYSTEM, Event
from tumbuh.regions.api import Region, Span

pytestmark = pytest.mark.django_db


@pytest.fixture
def regions():
    return make_province()


def list_codes(scope: Scope) -> set[str]:
    return set(Region.objects.filter(scope.q("id")).values_list("code", flat=True))


def test_a_kabupaten_analyst_reaches_the_kabupaten_and_all_below(regions):
    user = make_user(role="KABUPATEN_ANALYST", region=regions["91.01"])
    expected = {"91.01", "91.01.01", "91.01.01.2001", "91.01.01.2002", "91.01.02", "91.01.02.1001"}
    assert list_codes(get_scope(user, READ_PEOPLE)) == expected


def test_a_role_gives_its_own_permissions_only(regions):
    user = make_user(role="ANALYST", region=regions["91"])
    assert get_scope(user, READ_PEOPLE) == Scope()
    assert list_codes(get_scope(user, READ_PEOPLE)) == set()


def test_an_assignment_holds_from_its_first_to_its_last_day(regions):
    user = make_user()
    assign_role(
        by=SYSTEM, user=user, role="MIDWIFE", region=regions["91.01.01.2001"],
        valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 31),
    )  # fmt: skip
    held = {day: bool(get_scope(user, IMPORT, on=date(2026, *day)).spans) for day in [(2, 28), (3, 1), (3, 31), (4, 1)]}
    assert held == {(2, 28): False, (3, 1): True, (3, 31): True, (4, 1): False}


def test_visitors_and_closed_accounts_reach_nothing(regions):
    user = make_user(role="PROVINSI_ADMIN", region=regions["91"])
    assert get_scope(user, MANAGE_REGIONS).contains(regions["91.71"].pk)
    user.is_active = False
    assert get_scope(user, MANAGE_REGIONS) == get_scope(AnonymousUser(), MANAGE_REGIONS) == Scope()


def test_touching_ranges_are_joined(regions):
    user = make_user(role="MIDWIFE", region=regions["91.01.01.2001"])
    assign_role(
        by=SYSTEM, user=user, role="MIDWIFE", region=regions["91.01.01.2002"], valid_from=date(2025, 1, 1)
    )  # fmt: skip
    assert get_scope(user, IMPORT).spans == (Span(9101012001, 9101012002),)


def test_giving_a_role_twice_leaves_one_trace(regions):
    user = make_user(role="MIDWIFE", region=regions["91.01.01.2001"])
    assign_role(by=SYSTEM, user=user, role="MIDWIFE", region=regions["91.01.01.2001"], valid_from=date(2025, 1, 1))
    assert Event.objects.filter(action="accounts.role.assigned").count() == 1


def test_passwords_are_argon2id_with_the_chosen_cost():
    user = create_user(by=SYSTEM, username="budi", password="padi-menguning-2026")
    assert user.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
