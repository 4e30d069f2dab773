"""A desa on a posyandu day: mothers, children, girls and a midwife, in two posyandu."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.records import make_batch
from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import SYSTEM
from tumbuh.records.api import LifeRows, PersonRow, PregnancyRow, enrol_people, save_life
from tumbuh.records.models import Person
from tumbuh.regions.models import Facility

CODE = "91.01.01.2001"
DESA = 9101012001


@dataclass
class Village:
    midwife: Any
    posyandu: Facility
    mothers: list[Person]
    children: list[Person]
    girls: list[Person]


def letters(number: int) -> str:
    """A name of its own for each number, not nearly like the next: AAAA, BBBB …"""
    return chr(65 + number % 26) * 4 + chr(65 + number // 26) * 3


def make_village(regions: dict, size: int = 3, since: date | None = None) -> Village:
    """`size` mothers (the first pregnant since 150 days), as many toddlers of theirs, and as many girls."""
    today = timezone.localdate()
    since = since or today - timedelta(days=200)
    posyandu = Facility.objects.create(region=regions[CODE], kind="POSYANDU", name="Melati")
    with connection.cursor() as cursor:  # numbers as large as in life, which pages could write with a point in them
        cursor.execute("SELECT setval(pg_get_serial_sequence('records_person', 'id'), 1234567)")
    held: dict[str, Any] = {"registered_on": since, "posyandu_id": posyandu.pk}

    def born(years: int, number: int) -> date:
        return date(today.year - years, 1, 1) + timedelta(days=number)

    with whole_country("a test"):
        mothers = enrol([
            PersonRow(DESA, f"IBU {letters(n)}", "F", born(28, n), family_name=f"IBU {letters(n)}", rt=str(n), **held)
            for n in range(size)
        ])  # fmt: skip
        children = enrol([
            PersonRow(DESA, f"ANAK {letters(n)}", "FM"[n % 2], born(2, n), mother_id=mothers[n].pk,
                      mother_name=mothers[n].name, family_name=mothers[n].name, rt=str(n), **held)
            for n in range(size)
        ])  # fmt: skip
        girls = enrol([PersonRow(DESA, f"PUTRI {letters(n)}", "F", born(14, n), **held) for n in range(size)])
        pregnant = PregnancyRow(mothers[0].pk, DESA, today - timedelta(days=150))
        save_life(by=SYSTEM, batch=make_batch("form"), rows=LifeRows(pregnancies=[pregnant]))
    return Village(make_user("bidan", role="MIDWIFE", region=regions[CODE]), posyandu, mothers, children, girls)


def enrol(rows: list[PersonRow]) -> list[Person]:
    found = enrol_people(by=SYSTEM, batch=make_batch("form"), rows=rows)
    people = Person.objects.in_bulk([one.person_id for one in found])
    return [people[one.person_id] for one in found]
