"""Taking a whole import back."""

from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User, whole_country
from tumbuh.audit.api import record_event
from tumbuh.indicators.api import count_reported, refresh
from tumbuh.intake.actions.steps import about, move, work_alone
from tumbuh.intake.actions.telling import tell_undone
from tumbuh.intake.errors import IntakeError, NotAllowedError, StateError
from tumbuh.intake.models import Import, Row
from tumbuh.intake.queries.imports import can_undo
from tumbuh.intake.rules import State
from tumbuh.records.api import Kept, has_closed_months, open_undoing, undo_batch, undo_life

FILL = """
INSERT INTO records_undone (row_id, person_id, measurement_id, before)
SELECT v.row_id, v.person_id, v.measurement_id, v.before FROM intake_savedrow v JOIN intake_row r ON r.id = v.row_id
WHERE r.owner_id = %s
    AND (v.measurement_id IS NOT NULL OR v.before IS NOT NULL OR r.told IS NOT NULL) AND r.outcome IN ('new', 'changed')
"""
# A line of a list can speak of more than one person.
OTHERS = """
INSERT INTO records_undone (row_id, person_id, before)
SELECT u.row_id, (o->>'person_id')::bigint, jsonb_build_object('person', o->'person')
FROM records_undone u, jsonb_array_elements(u.before->'others') o WHERE u.before ? 'others'
"""
NAMED = 200


class ReasonMissingError(IntakeError):
    """An undo without a reason."""

    code = "UNDO_REASON"

    def __init__(self) -> None:
        super().__init__(_("Alasan pembatalan belum ditulis. Tulis alasannya dalam satu kalimat."))


class ClosedMonthsError(IntakeError):
    """Some of what the import brought was sent for verification."""

    code = "UNDO_CLOSED"

    def __init__(self) -> None:
        super().__init__(
            _("Sebagian data impor ini sudah dikirim untuk verifikasi dan terkunci. Minta pemeriksa mengembalikannya.")
        )


class TooLateError(IntakeError):
    """The rows of the import were deleted."""

    code = "UNDO_TOO_LATE"

    def __init__(self) -> None:
        super().__init__(
            _("Masa pembatalan impor ini sudah lewat dan baris-barisnya sudah dihapus. Perbaiki lewat impor baru.")
        )


@transaction.atomic
def start_undo(*, by: User, import_id: UUID, reason: str) -> Import:
    """From COMMITTED to UNDOING; the work itself is a job."""
    job = Import.objects.select_for_update(of=("self",)).get(pk=import_id)
    if job.state != State.COMMITTED:
        raise StateError(State(job.state).label)
    if job.cleared_at:
        raise TooLateError
    if not can_undo(by, job):
        raise NotAllowedError
    if not reason.strip():
        raise ReasonMissingError
    if has_closed_months(job.batch):
        raise ClosedMonthsError
    move(job, State.UNDOING, undo_by=by, undo_reason=reason.strip())
    record_event(by=by, action="intake.import.undo_asked", **about(job), reason=reason)
    return job


def undo_import(*, import_id: UUID) -> None:
    """From UNDOING to UNDONE, for who asked and with the reason that `start_undo` wrote down.

    The new goes, the changed comes back, what others build on stays and is named.
    """
    with work_alone(import_id, State.UNDOING) as job:
        if job is None:
            return
        if has_closed_months(job.batch):  # sent in since the undo was asked for
            closed = ClosedMonthsError()
            move(job, State.COMMITTED, error_code=closed.code, error_message=str(closed))
            return
        with whole_country("undo"), transaction.atomic():  # children may go back to where they came from
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(6778, 1)")
                open_undoing()
                cursor.execute(FILL, [job.pk])
                cursor.execute(OTHERS)
            tell_undone(job, job.undo_by)
            life = undo_life(by=job.undo_by, batch=job.batch, reason=job.undo_reason)
            undone = undo_batch(by=job.undo_by, batch=job.batch, reason=job.undo_reason)
            refresh(sorted({*undone.desa_months, *life.desa_months}))
            counts = job.counts | {
                "undone": {
                    "removed": undone.measurements_removed + life.removed + count_reported(job.batch_id),
                    "restored": undone.measurements_restored + life.restored,
                    "children_removed": undone.children_removed,
                    "kept": len(undone.kept),
                    "kept_rows": describe_kept(undone.kept[:NAMED]),
                }
            }
            move(job, State.UNDONE, counts=counts, undone_at=timezone.now())


def describe_kept(kept: list[Kept]) -> list[dict[str, object]]:
    """Where each kept thing stood in this file, and the import that builds on it."""
    rows = Row.objects.in_bulk([entry.row_id for entry in kept if entry.row_id])
    names = dict(Import.objects.filter(batch__in={entry.batch_id for entry in kept}).values_list("batch", "file_name"))
    return [
        {
            "what": entry.what,
            "sheet": rows[entry.row_id].sheet if entry.row_id in rows else "",
            "row": rows[entry.row_id].row if entry.row_id in rows else None,
            "because": names.get(entry.batch_id, ""),
        }
        for entry in kept
    ]
