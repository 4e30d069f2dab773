"""Correcting a pregnancy whose first day or risk was entered wrongly."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from tumbuh.accounts.api import IMPORT, User, get_scope, whole_country
from tumbuh.audit.api import record_event
from tumbuh.records.actions.life import TERM_DAYS, get_end, list_touched
from tumbuh.records.actions.rows import LifeRows, PregnancyRow
from tumbuh.records.errors import PregnancyOverlapError, PregnancySpanError, ReasonMissingError
from tumbuh.records.models import Pregnancy, SourceBatch
from tumbuh.verification.api import SERVICES, note_contributions


@transaction.atomic
def correct_pregnancy(
    *, by: User, batch: SourceBatch, pregnancy: Pregnancy, started_on: date, is_risky: bool, reason: str
) -> list[tuple[int, date]]:
    """The pregnancy with this first day (its expected birth follows) and risk; the same again changes nothing.

    Returns the desa and months whose figures the caller refreshes. Pregnancy.DoesNotExist where the user may not write;
    PregnancySpanError or PregnancyOverlapError for a day that cannot be; DatabaseError (TM001) where it would say
    something else of a month that was sent for verification.
    """
    held = Pregnancy.objects.select_for_update().get(get_scope(by, IMPORT).q("desa_id"), pk=pregnancy.pk)
    wanted = {"started_on": started_on, "is_risky": is_risky}
    changed = [name for name, value in wanted.items() if getattr(held, name) != value]
    if not changed:
        return []
    if not reason.strip():
        raise ReasonMissingError
    check_span(held, started_on)
    before = write_row(held)
    if "started_on" in changed:
        held.started_on, held.due_on = started_on, started_on + timedelta(days=TERM_DAYS)
    held.is_risky, held.batch = is_risky, batch
    held.save(update_fields=["started_on", "due_on", "is_risky", "batch"])
    record_event(
        by=by, action="records.pregnancy.corrected", object_kind="pregnancy", object_id=str(held.pk),
        after={"fields": changed}, reason=reason.strip(), region_id=held.desa_id,
    )  # fmt: skip
    rows = LifeRows([before, write_row(held)])
    entered = rows.list_entered(timezone.localdate())
    note_contributions(by=by, desa_months=sorted(entered), data_set=SERVICES)
    return list_touched(rows)


def check_span(held: Pregnancy, started_on: date) -> None:
    """PregnancySpanError where it would end before it began or last too long; PregnancyOverlapError within another."""
    end = held.ended_on or get_end(started_on, None)
    if not started_on < end <= get_end(started_on, None):
        raise PregnancySpanError
    with whole_country("matching"):
        others = Pregnancy.objects.filter(mother_id=held.mother_id).exclude(pk=held.pk)
        spans = list(others.values_list("started_on", "ended_on"))
    if any(start < end and started_on < get_end(start, ended_on) for start, ended_on in spans):
        raise PregnancyOverlapError(1)


def write_row(held: Pregnancy) -> PregnancyRow:
    """The pregnancy as a row, to ask which months it touches."""
    return PregnancyRow(held.mother_id, held.desa_id, held.started_on, ended_on=held.ended_on)
