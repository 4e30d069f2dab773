"""What the database itself refuses, whatever the code says."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.factories.records import make_batch, make_staged, save_rows
from tests.factories.regions import make_province
from tumbuh.records.models import Measurement, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    make_province()
    save_rows(make_staged(nik="9101014503240001"))
    return Measurement.objects.get()


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


REFUSED = {
    "before birth": ("measurement", "measured_on = birth_date - 1, month = date_trunc('month', birth_date - 1)",
                     "measurement_not_before_birth"),
    "another birth date than the person's": ("measurement", "birth_date = birth_date - 1", "measurement_person_birth"),
    "a person that is not there": ("measurement", "person_id = 0", "measurement_person_birth"),
    "not the first of the month": ("measurement", "month = measured_on", "measurement_month_first"),
    "another month": ("measurement", "month = month - interval '1 month'", "measurement_month_first"),
    "weight in grams": ("measurement", "weight_kg = 112", "measurement_weight_kg"),
    "length in metres": ("measurement", "lenhei_cm = 0.84", "measurement_lenhei_cm"),
    "nothing measured": ("measurement", "weight_kg = NULL, lenhei_cm = NULL", "measurement_something"),
    "an unknown mode": ("measurement", "mode = 'X'", "measurement_mode"),
    "registered before birth": ("person", "registered_on = birth_date - 1", "person_registered_after_birth"),
    "a NIK without its index": ("person", "nik_index = NULL", "person_nik_with_status"),
    "an unknown sex": ("person", "sex = 'X'", "person_sex"),
}  # fmt: skip


@pytest.mark.parametrize("change", REFUSED)
def test_the_database_refuses(visit, change):
    table, assignment, constraint = REFUSED[change]
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE records_{table} SET {assignment}")


def test_no_measurement_in_the_future(visit):
    visit.pk, visit.measured_on = None, tomorrow()
    visit.month = visit.measured_on.replace(day=1)
    with pytest.raises(IntegrityError, match="measurement_not_in_future"), transaction.atomic():
        visit.save(force_insert=True)


def test_today_is_not_the_future(visit):
    visit.pk, visit.measured_on = None, timezone.localdate()
    visit.month = visit.measured_on.replace(day=1)
    visit.save(force_insert=True)


def test_one_measurement_a_child_and_day(visit):
    visit.pk, visit.weight_kg = None, Decimal(12)
    with pytest.raises(IntegrityError, match="measurement_once_a_day"), transaction.atomic():
        visit.save(force_insert=True)


@pytest.mark.parametrize("field", ["birth_date", "registered_on"])
def test_nobody_is_born_or_registered_in_the_future(visit, field):
    person = Person(
        desa_id=9101012001, name="X", name_key="X", sex="F", birth_date=tomorrow(), registered_on=tomorrow(),
        batch=make_batch(),
    )  # fmt: skip
    if field == "registered_on":
        person.birth_date = date(2024, 1, 1)
    with pytest.raises(IntegrityError, match=r"person_(born|registered)_in_past"), transaction.atomic():
        person.save()


def test_a_corrected_birth_date_reaches_the_measurements(visit):
    Person.objects.update(birth_date=date(2024, 3, 1))
    visit.refresh_from_db()
    assert visit.birth_date == date(2024, 3, 1)


def test_a_birth_date_after_a_visit_is_refused(visit):
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.update(birth_date=date(2026, 3, 11), registered_on=date(2026, 3, 11))


def test_a_person_with_measurements_cannot_be_deleted(visit):
    with pytest.raises(IntegrityError, match="measurement_person_birth"), transaction.atomic():
        Person.objects.all()._raw_delete("default")


def test_a_nik_belongs_to_one_person(visit):
    person = Person.objects.get()
    person.pk, person.public_id = None, "6f1c8f3e-0000-4000-8000-000000000001"
    with pytest.raises(IntegrityError, match="person_nik_once"), transaction.atomic():
        person.save(force_insert=True)
