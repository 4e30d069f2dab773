"""Correcting one service or check after it was sent back, or taking a service out that was never given."""

from datetime import date
from typing import Any

from django.db import transaction

from tumbuh.accounts.api import IMPORT, User, get_scope
from tumbuh.audit.api import record_event
from tumbuh.records.actions.life import list_touched
from tumbuh.records.actions.rows import CheckRow, LifeRows, ServiceRow
from tumbuh.records.models import HealthCheck, ServiceReceived, SourceBatch
from tumbuh.verification.api import SERVICES, note_contributions

Entry = ServiceReceived | HealthCheck
KINDS: dict[type, str] = {ServiceReceived: "service", HealthCheck: "check"}


@transaction.atomic
def correct_entry(*, by: User, batch: SourceBatch, entry: Entry, field: str, value: Any) -> list[tuple[int, date]]:
    """The entry with this value; the same again changes nothing. The caller refreshes the returned desa and months.

    DoesNotExist where the user may not write; DatabaseError (TM001) where the month is closed and the cell is not.
    """
    held = type(entry).objects.select_for_update().get(get_scope(by, IMPORT).q("desa_id"), pk=entry.pk)
    if getattr(held, field) == value:
        return []
    before = write_row(held)
    setattr(held, field, value)
    held.batch = batch
    held.save(update_fields=[field, "batch"])
    record_event(
        by=by, action="records.entry.corrected", object_kind=KINDS[type(held)], object_id=str(held.pk),
        after={"field": field}, region_id=held.desa_id,
    )  # fmt: skip
    return note(by, before, write_row(held))


@transaction.atomic
def remove_entry(*, by: User, entry: Entry, reason: str) -> list[tuple[int, date]]:
    """The entry gone, its content in the history. Only while its month is open, or it was sent back as a whole row."""
    held = type(entry).objects.select_for_update().get(get_scope(by, IMPORT).q("desa_id"), pk=entry.pk)
    before = write_row(held)
    record_event(
        by=by, action="records.entry.removed", object_kind=KINDS[type(held)], object_id=str(held.pk), reason=reason,
        region_id=held.desa_id,
    )  # fmt: skip
    held.delete()
    return note(by, before)


def note(by: User, *rows: LifeRows) -> list[tuple[int, date]]:
    """Who does not verify these months; the desa and months that the rows touch."""
    entered = {place for row in rows for place in row.list_entered(date.max)}
    note_contributions(by=by, desa_months=sorted(entered), data_set=SERVICES)
    return sorted({place for row in rows for place in list_touched(row)})


def write_row(entry: Entry) -> LifeRows:
    """The entry as a row, to ask which months it touches."""
    if isinstance(entry, HealthCheck):
        return LifeRows(checks=[CheckRow(entry.person_id, entry.desa_id, entry.checked_on)])
    whose = {"person_id": entry.person_id, "household_id": entry.household_id}
    return LifeRows(services=[ServiceRow(entry.desa_id, entry.code, entry.received_on, **whose)])
