"""Writing what happened in lives: pregnancies, couples, checks, services received, statements. Many at once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date, timedelta
from functools import cache
from operator import attrgetter
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from tumbuh.accounts.api import User, whole_country
from tumbuh.audit.api import Actor, record_event
from tumbuh.records.actions.merging import Merged, merge_rows
from tumbuh.records.actions.rows import LifeRows, LifeSaved, PregnancyRow
from tumbuh.records.errors import PregnancyOverlapError
from tumbuh.records.models import Couple, HealthCheck, Pregnancy, ServiceReceived, SourceBatch, Statement
from tumbuh.regions.api import find_enclosing
from tumbuh.verification.api import SERVICES, note_contributions

TERM_DAYS = 280  # from the first day of the last menses to the expected birth (Naegele's rule)
LOST_DAYS = 308  # 44 weeks: an open pregnancy ends by itself (migration 0015)
PREGNANCY = ("mother_id", "desa_id", "started_on", "due_on", "ended_on", "outcome", "number", "is_risky", "risks",
             "is_wanted", "batch_id")  # fmt: skip
COUPLE = ("desa_id", "registered_on", "bride_id", "groom_id", "planned_on", "married_on", "called_off_on", "batch_id")
CHECK = ("person_id", "desa_id", "checked_on", "weight_kg", "height_cm", "muac_cm", "hb_g_dl", "smoke", "batch_id")
SERVICE = ("desa_id", "code", "received_on", "person_id", "household_id", "posyandu_id", "quantity", "batch_id")
STATEMENT = ("desa_id", "code", "value", "stated_on", "person_id", "household_id", "batch_id")
PERSONS, HOUSEHOLDS = "WHERE person_id IS NOT NULL", "WHERE household_id IS NOT NULL"
# The desa in which the people live now, with the first day that says something of them.
TOUCHED = """
WITH said AS (
    SELECT * FROM unnest(%(people)s::bigint[], %(homes)s::bigint[], %(days)s::date[]) AS t(person, home, day)
),
firsts AS (
    SELECT desa_id, min(day) AS first FROM (
        SELECT p.desa_id, s.day FROM said s JOIN records_person p ON p.id = s.person
        UNION ALL SELECT p.desa_id, s.day FROM said s JOIN records_person p ON p.household_id = s.home
    ) t GROUP BY 1
)
SELECT f.desa_id, m.month FROM firsts f JOIN records_month m ON m.month_end >= f.first ORDER BY 1, 2
"""


@transaction.atomic
def save_life(*, by: Actor, batch: SourceBatch, rows: LifeRows) -> LifeSaved:
    """Write the rows; saying the same again changes nothing, the same key with other content changes the row.

    The caller refreshes the indicators of the returned desa and months. PregnancyOverlapError names a line that would
    let a woman be pregnant twice at a time. Whoever signs it does not verify the months that it goes into.
    """
    check_pregnancies(rows.pregnancies)
    merged = {
        "pregnancies": merge_rows(
            Pregnancy, PREGNANCY, ("mother_id", "started_on"), (write_pregnancy(row, batch) for row in rows.pregnancies)
        ),
        "couples": merge_couples(rows, batch),
        "checks": merge_rows(HealthCheck, CHECK, ("person_id", "checked_on"), write_rows(rows.checks, batch)),
        "services": merge_subjects(ServiceReceived, SERVICE, ("code", "received_on"), rows.services, batch),
        "statements": merge_subjects(Statement, STATEMENT, ("code", "stated_on"), rows.statements, batch),
    }
    if not any(map(sum, merged.values())):
        return LifeSaved(merged)
    saved = LifeSaved(merged, list_touched(rows), sorted(rows.list_entered(timezone.localdate())))
    if isinstance(by, User):
        note_contributions(by=by, desa_months=saved.entered_months, data_set=SERVICES)
    record_event(
        by=by, action="records.life.saved", object_kind="batch", object_id=batch.pk,
        after={kind: list(counts) for kind, counts in merged.items() if sum(counts)},
        region_id=find_enclosing({desa_id for desa_id, _month in saved.desa_months}),
    )  # fmt: skip
    return saved


def write_rows(rows: Iterable[Any], batch: SourceBatch) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        yield (*get_values(type(row))(row), batch.pk)


@cache
def get_values(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """Reads the values of a row of this kind, much faster than dataclasses.astuple, which copies."""
    return attrgetter(*(field.name for field in fields(kind)))


def write_pregnancy(row: PregnancyRow, batch: SourceBatch) -> tuple[Any, ...]:
    values = list(get_values(PregnancyRow)(row))
    values[3] = row.due_on or row.started_on + timedelta(days=TERM_DAYS)
    values[8] = list(row.risks)
    return (*values, batch.pk)


def merge_couples(rows: LifeRows, batch: SourceBatch) -> Merged:
    """By the bride and the day of registration; by the groom's where no bride is known."""
    brides = [row for row in rows.couples if row.bride_id is not None]
    grooms = [row for row in rows.couples if row.bride_id is None]
    first = merge_rows(Couple, COUPLE, ("bride_id", "registered_on"), write_rows(brides, batch))
    second = merge_rows(Couple, COUPLE, ("groom_id", "registered_on"), write_rows(grooms, batch))
    return Merged(first.new + second.new, first.changed + second.changed)


def merge_subjects(
    model: Any, columns: Sequence[str], key: Sequence[str], rows: Sequence[Any], batch: SourceBatch
) -> Merged:
    """Rows of people by their person, rows of households by their household."""
    people = [row for row in rows if row.person_id is not None]
    homes = [row for row in rows if row.person_id is None]
    first = merge_rows(model, columns, ("person_id", *key), write_rows(people, batch), PERSONS)
    second = merge_rows(model, columns, ("household_id", *key), write_rows(homes, batch), HOUSEHOLDS)
    return Merged(first.new + second.new, first.changed + second.changed)


def check_pregnancies(rows: Sequence[PregnancyRow]) -> None:
    """PregnancyOverlapError where a pregnancy of the rows lies within another of the same woman."""
    spans: dict[int, dict[date, date]] = defaultdict(dict)
    with whole_country("matching"):
        known = Pregnancy.objects.filter(mother_id__in={row.mother_id for row in rows})
        for mother_id, *span in known.values_list("mother_id", "started_on", "ended_on"):
            spans[mother_id][span[0]] = get_end(*span)
    for row in rows:
        spans[row.mother_id][row.started_on] = get_end(row.started_on, row.ended_on)
    for number, row in enumerate(rows, 1):
        end = get_end(row.started_on, row.ended_on)
        others = [span for span in spans[row.mother_id].items() if span[0] != row.started_on]
        if any(start < end and row.started_on < other_end for start, other_end in others):
            raise PregnancyOverlapError(number)


def get_end(started_on: date, ended_on: date | None) -> date:
    return ended_on or started_on + timedelta(days=LOST_DAYS)


def list_touched(rows: LifeRows) -> list[tuple[int, date]]:
    """Desa and months whose figures the rows may change: from the first day said on, where the people live now."""
    said: list[tuple[int | None, int | None, date]] = [(r.mother_id, None, r.started_on) for r in rows.pregnancies]
    said += [(person, None, r.registered_on) for r in rows.couples for person in (r.bride_id, r.groom_id) if person]
    said += [(r.person_id, None, r.checked_on) for r in rows.checks]
    said += [(r.person_id, r.household_id, r.received_on) for r in rows.services]
    said += [(r.person_id, r.household_id, r.stated_on) for r in rows.statements]
    if not said:
        return []
    people, homes, days = zip(*said, strict=True)
    with whole_country("roll-up"), connection.cursor() as cursor:
        cursor.execute(TOUCHED, {"people": list(people), "homes": list(homes), "days": list(days)})
        return cursor.fetchall()
