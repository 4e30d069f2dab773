"""Taking back what a batch wrote of lives: its rows go, what it changed comes back from the row's history."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from tumbuh.accounts.api import whole_country
from tumbuh.audit.api import Actor, record_event
from tumbuh.records.actions.life import CHECK, COUPLE, PREGNANCY, SERVICE, STATEMENT, TOUCHED
from tumbuh.records.models import Couple, HealthCheck, Person, Pregnancy, ServiceReceived, SourceBatch, Statement
from tumbuh.records.queries.months import list_desa_months
from tumbuh.regions.api import find_enclosing

# model, its columns, whose it is (people, household) and the day from which it says something
TABLES: tuple[tuple[Any, tuple[str, ...], tuple[str, str, str]], ...] = (
    (Pregnancy, PREGNANCY, ("ARRAY[mother_id]", "NULL", "started_on")),
    (Couple, COUPLE, ("ARRAY[bride_id, groom_id]", "NULL", "registered_on")),
    (HealthCheck, CHECK, ("ARRAY[person_id]", "NULL", "checked_on")),
    (ServiceReceived, SERVICE, ("ARRAY[person_id]", "household_id", "received_on")),
    (Statement, STATEMENT, ("ARRAY[person_id]", "household_id", "stated_on")),
)
SAID = """
SELECT p, {home}, {day} FROM {table} t, unnest({people}) p WHERE batch_id = %(batch)s
"""
# A row belongs to the batch that wrote it last. What stood there before is the newest content of another batch that
# still holds.
RESTORE = """
UPDATE {table} t SET ({columns}) = (SELECT {former})
FROM (SELECT DISTINCT ON (h.pgh_obj_id) h.* FROM {history} h JOIN {table} n ON n.id = h.pgh_obj_id
      JOIN records_sourcebatch b ON b.id = h.batch_id
      WHERE n.batch_id = %(batch)s AND h.batch_id <> %(batch)s AND b.undone_at IS NULL
      ORDER BY h.pgh_obj_id, h.pgh_id DESC) h
WHERE h.pgh_obj_id = t.id
"""
# A household is there for its people; what was said of it alone kept it until now.
EMPTY_HOMES = """
DELETE FROM records_household h WHERE h.id = ANY(%s::bigint[])
    AND NOT EXISTS (SELECT FROM records_person p WHERE p.household_id = h.id)
    AND NOT EXISTS (SELECT FROM records_servicereceived l WHERE l.household_id = h.id)
    AND NOT EXISTS (SELECT FROM records_statement l WHERE l.household_id = h.id)
"""
DELETE = "DELETE FROM {table} WHERE batch_id = %(batch)s"


@dataclass(frozen=True)
class LifeUndone:
    """How many rows went, how many have their former content again, and the desa and months that this touches."""

    removed: int
    restored: int
    desa_months: list[tuple[int, date]]


@transaction.atomic
def undo_life(*, by: Actor, batch: SourceBatch, reason: str) -> LifeUndone:
    """Take back the life rows of the batch, before `undo_batch`; the caller refreshes the indicators."""
    said: list[tuple[int | None, int | None, date]] = []
    removed = restored = 0
    tables = [fill_names(*table) for table in TABLES]
    with whole_country("undo"), connection.cursor() as cursor:
        for names in tables:
            cursor.execute(SAID.format(**names), {"batch": batch.pk})
            said += cursor.fetchall()
        # before and after: a month counts no more when nobody else received anything in it
        months = {*list_touched_months(cursor, said), *list_desa_months(list_people(batch))}
        for names in tables:
            cursor.execute(RESTORE.format(**names), {"batch": batch.pk})
            restored += cursor.rowcount
            cursor.execute(DELETE.format(**names), {"batch": batch.pk})
            removed += cursor.rowcount
        cursor.execute(EMPTY_HOMES, [sorted({home for _person, home, _day in said if home})])
        desa_months = sorted({*months, *list_touched_months(cursor, said)})
    if removed or restored:
        record_event(
            by=by, action="records.life.undone", object_kind="batch", object_id=batch.pk, reason=reason,
            after={"removed": removed, "restored": restored},
            region_id=find_enclosing({desa_id for desa_id, _month in desa_months}),
        )  # fmt: skip
    return LifeUndone(removed, restored, desa_months)


def list_people(batch: SourceBatch) -> list[int]:
    return list(Person.objects.filter(batch=batch).values_list("pk", flat=True))


def fill_names(model: Any, columns: tuple[str, ...], whose: tuple[str, str, str]) -> dict[str, str]:
    table = model._meta.db_table
    people, home, day = whose
    written = (*columns, "recorded_at")
    return {
        "table": table, "history": f"{table}history", "people": people, "home": home, "day": day,
        "columns": ", ".join(written), "former": ", ".join(f"h.{column}" for column in written),
    }  # fmt: skip


def list_touched_months(cursor: Any, said: list[tuple[int | None, int | None, date]]) -> list[tuple[int, date]]:
    """Desa and months from the first day that was said of somebody."""
    if not said:
        return []
    people, homes, days = (list(column) for column in zip(*said, strict=True))
    cursor.execute(TOUCHED, {"people": people, "homes": homes, "days": days})
    return cursor.fetchall()
