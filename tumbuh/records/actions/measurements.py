"""Writing measurements: many at once, or one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from tumbuh.audit.api import Actor, record_event
from tumbuh.records.actions.matching import match_staged
from tumbuh.records.actions.saving import Saved, save_staged
from tumbuh.records.actions.staging import close_staging, copy_staged, find_place, open_staging
from tumbuh.records.models import Person, SourceBatch


def create_batch(*, by: Actor, kind: str, name: str, key: UUID | None = None) -> SourceBatch:
    """A new source of rows; `key` makes it the only one of what was sent, so that sending twice is noticed."""
    known = {"pk": key} if key else {}
    return SourceBatch.objects.create(kind=kind, name=name[:200], by_id=by.pk, **known)


@transaction.atomic
def save_measurements(
    *, by: Actor, batch: SourceBatch, rows: Iterable[Sequence[Any]], is_synthetic: bool = False
) -> Saved:
    """Match rows (the values of staging.COLUMNS) with the register and write what needs no decision.

    New children are made, blanks filled, measurements added or changed, z-scores and weight gain computed. Saying the
    same again changes nothing. The caller refreshes the indicators of the returned desa and months.
    """
    open_staging()
    copy_staged(rows)
    match_staged()
    saved = save_staged(batch=batch, is_synthetic=is_synthetic)
    place = find_place()
    close_staging()
    after = {"children": saved.children_new, "new": saved.measurements_new, "changed": saved.measurements_changed}
    record_event(
        by=by,
        action="records.measurements.saved",
        object_kind="batch",
        object_id=batch.pk,
        after=after,
        region_id=place,
    )
    return saved


@dataclass(frozen=True, slots=True)
class VisitRow:
    """What was read off scale and board of a known child on one day."""

    person: Person
    measured_on: date
    weight_kg: Decimal | None = None
    lenhei_cm: Decimal | None = None
    mode: str = ""
    head_cm: Decimal | None = None
    muac_cm: Decimal | None = None
    oedema: bool = False


def record_measurements(*, by: Actor, batch: SourceBatch, visits: Sequence[VisitRow]) -> Saved:
    """Measurements of known children; the same child and day again changes that measurement."""
    rows = [write_visit(number, visit) for number, visit in enumerate(visits, 1)]
    return save_measurements(by=by, batch=batch, rows=rows)


def write_visit(number: int, visit: VisitRow) -> tuple[Any, ...]:
    """The visit as the staging table takes it: about whom it is, is decided."""
    person = visit.person
    row = {
        "row_id": number, "desa_id": person.desa_id, "posyandu_id": person.posyandu_id, "name": person.name,
        "name_key": person.name_key, "sex": person.sex, "birth_date": person.birth_date, "mother_name": "",
        "nik_encrypted": None, "nik_index": None, "nik_status": "MISSING", "birth_weight_kg": None,
        "birth_length_cm": None, "measured_on": visit.measured_on, "weight_kg": visit.weight_kg,
        "lenhei_cm": visit.lenhei_cm, "mode": visit.mode, "head_cm": visit.head_cm, "muac_cm": visit.muac_cm,
        "oedema": visit.oedema, "decision": "SAME", "candidate_id": person.pk, "same_as": None, "kk_encrypted": None,
        "kk_index": None, "address": "", "rt": "", "rw": "",
    }  # fmt: skip
    return tuple(row.values())


def record_measurement(*, by: Actor, batch: SourceBatch, person: Person, measured_on: date, **values: Any) -> Saved:
    """One measurement of a known child, its values as in VisitRow."""
    return record_measurements(by=by, batch=batch, visits=[VisitRow(person, measured_on, **values)])
