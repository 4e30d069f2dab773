"""The register as it stands, for comparing before and after; two people with something in every table."""

from datetime import date

from django.db import connection

from tests.factories.records import make_batch, make_staged, save_rows
from tumbuh.records.actions.relations import list_relations
from tumbuh.records.models import (
    Couple,
    HealthCheck,
    Household,
    Person,
    Pregnancy,
    ServiceReceived,
    Statement,
)
from tumbuh.regions.api import Region


def read_register() -> dict[str, list[str]]:
    """Every row of every table that merging may touch, as the database writes it."""
    tables = {"records_person", "records_household"} | {relation.table for relation in list_relations()}
    with connection.cursor() as cursor:
        content = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY id")
            content[table] = [row for (row,) in cursor.fetchall()]
    return content


def make_pair(desa: Region, days: tuple[int, ...] = (10,), others: tuple[int, ...] = (12,), **values):
    """Two entries of one child: measured in March on these days, the second on the others."""
    for name, measured in (("AISYAH PUTRI", days), ("AISAH", others)):
        save_rows(
            *(make_staged(name, desa.pk, measured_on=date(2026, 3, day), mother_name=f"SITI {name}"[:9], **values)
              for day in measured)
        )  # fmt: skip
    return Person.objects.get(name="AISYAH PUTRI"), Person.objects.get(name="AISAH")


def give_everything(person: Person, day: date) -> None:
    """A row in each of the other tables that point to people."""
    place = {"desa_id": person.desa_id, "batch": make_batch()}
    Pregnancy.objects.create(mother=person, started_on=day, due_on=date(2026, 12, 1), **place)
    Couple.objects.create(bride=person, registered_on=day, **place)
    HealthCheck.objects.create(person=person, checked_on=day, weight_kg="51.50", **place)
    ServiceReceived.objects.create(person=person, code="vitamin_a", received_on=day, **place)
    Statement.objects.create(person=person, code="insured", value=True, stated_on=day, **place)
    home = Household.objects.create(desa_id=person.desa_id, head_name="Kepala")
    Person.objects.filter(pk=person.pk).update(household=home)
