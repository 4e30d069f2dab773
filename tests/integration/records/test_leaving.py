"""Who left, on which day, and what the register and its closed months say of it."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from tests.factories.accounts import make_user
from tests.factories.records import make_batch, make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import SYSTEM
from tumbuh.audit.models import Event
from tumbuh.indicators.api import check, refresh
from tumbuh.records.api import (
    ChildMonth,
    Leaving,
    LeavingDateError,
    LifeRows,
    MonthsClosedError,
    PersonRow,
    PregnancyRow,
    check_open,
    enrol_people,
    record_birth,
    record_leaving,
    save_life,
)
from tumbuh.records.models import Person
from tumbuh.verification.models import Package

pytestmark = pytest.mark.django_db
DESA = 9101012001
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture(autouse=True)
def register():
    """AISYAH measured in March, BUDI in March and April: both months count."""
    regions = make_province()
    with whole_country("a test"):
        refresh(save_rows(make_staged("AISYAH"), make_staged("BUDI", measured_on=date(2026, 4, 10))).desa_months)
        refresh(save_rows(make_staged("BUDI", measured_on=date(2026, 3, 10))).desa_months)
        yield regions


@pytest.fixture
def midwife(register):
    return make_user("bidan", role="MIDWIFE", region=register["91.01.01.2001"])


@pytest.fixture
def child():
    return Person.objects.get(name="AISYAH")


def close(month: date, data_set: str = "growth") -> None:
    Package.objects.create(region_id=DESA, month=month, data_set=data_set, state="SUBMITTED", is_whole_open=False)


def leave(by, person: Person, day: date | None, reason: Leaving | None = Leaving.MOVED) -> list:
    touched = record_leaving(by=by, person=person, left_on=day, reason=reason)
    refresh(touched)
    return touched


def list_months(person: Person) -> list[date]:
    return list(ChildMonth.objects.filter(person=person).order_by("month").values_list("month", flat=True))


def test_somebody_counts_in_the_month_of_leaving_and_no_more(midwife, child):
    assert list_months(child) == [MARCH, APRIL]
    assert leave(midwife, child, date(2026, 3, 20)) == [(DESA, MARCH), (DESA, APRIL)]
    assert list_months(child) == [MARCH] and check() == []
    child.refresh_from_db()
    assert (child.left_on, child.left_reason) == (date(2026, 3, 20), "MOVED")
    assert Event.objects.filter(action="records.person.left").count() == 1
    assert leave(midwife, child, date(2026, 3, 20)) == []
    assert Event.objects.filter(action="records.person.left").count() == 1


def test_who_came_back_counts_again(midwife, child):
    leave(midwife, child, date(2026, 3, 20), Leaving.DIED)
    leave(midwife, child, None, None)
    child.refresh_from_db()
    assert (child.left_on, child.left_reason, list_months(child)) == (None, "", [MARCH, APRIL])
    assert check() == []


def test_nobody_leaves_before_what_is_known(midwife, child):
    with pytest.raises(LeavingDateError, match="10 Maret 2026"):
        leave(midwife, child, date(2026, 3, 9))


def test_nobody_leaves_another_desa(register, child):
    stranger = make_user("lain", role="MIDWIFE", region=register["91.01.01.2002"])
    with pytest.raises(Person.DoesNotExist):
        leave(stranger, child, date(2026, 3, 20))


# the day, the closed month, and whether leaving then changes who was counted there
CLOSED = [
    ("after the closed month", date(2026, 4, 20), MARCH, False),
    ("within the closed month, which still counts the child", date(2026, 4, 20), APRIL, False),
    ("before the closed month", date(2026, 3, 20), APRIL, True),
    ("on the first day of the closed month, which does not count the child", APRIL, APRIL, True),
]


@pytest.mark.parametrize(("_name", "day", "month", "is_refused"), CLOSED, ids=[row[0] for row in CLOSED])
@pytest.mark.parametrize("data_set", ["growth", "services"])
def test_closed_months_stay_as_they_are(midwife, child, _name, day, month, is_refused, data_set):
    close(month, data_set)
    if not is_refused:
        assert leave(midwife, child, day)
        return
    with pytest.raises(MonthsClosedError, match="April 2026"):
        leave(midwife, child, day)
    with pytest.raises(DatabaseError) as refused, transaction.atomic():  # and the database itself
        Person.objects.filter(pk=child.pk).update(left_on=day)
    assert refused.value.__cause__.sqlstate == "TM001"


def test_growth_of_a_closed_month_does_not_hold_a_grown_up(midwife):
    close(APRIL)
    row = PersonRow(DESA, "SITI", "F", date(1998, 6, 1), date(2025, 1, 1))
    (found,) = enrol_people(by=SYSTEM, batch=make_batch("form"), rows=[row])
    assert leave(midwife, Person.objects.get(pk=found.person_id), date(2026, 2, 1))


def test_only_closed_months_are_refused_when_something_is_recorded():
    close(MARCH)
    check_open(DESA, [APRIL], "growth")
    check_open(DESA, [MARCH], "services")
    with pytest.raises(MonthsClosedError, match="Maret 2026"):
        check_open(DESA, [date(2026, 4, 3), date(2026, 3, 3)], "growth")


def test_a_child_born_in_a_closed_month_is_registered_after_it():
    rows = [PersonRow(DESA, "SITI", "F", date(1998, 6, 1), date(2025, 1, 1))]
    (found,) = enrol_people(by=SYSTEM, batch=make_batch("form"), rows=rows)
    mother = Person.objects.get(pk=found.person_id)
    started = PregnancyRow(mother.pk, DESA, date(2025, 6, 1))
    save_life(by=SYSTEM, batch=make_batch("form"), rows=LifeRows(pregnancies=[started]))
    close(MARCH)
    child = PersonRow(DESA, "ANI", "F", date(2026, 3, 5), date(2026, 3, 5), birth_weight_kg="3.1", birth_length_cm="49")
    for _ in range(2):
        _saved, (born,) = record_birth(
            by=SYSTEM,
            batch=make_batch("form"),
            mother=mother,
            born_on=date(2026, 3, 5),
            outcome="LIVE",
            children=[child],
        )
    held = Person.objects.get(pk=born.person_id)
    assert (held.registered_on, held.mother_id, str(held.birth_weight_kg)) == (APRIL, mother.pk, "3.100")
    assert list_months(held) == [APRIL] and mother.pregnancies.get().ended_on == date(2026, 3, 5)
