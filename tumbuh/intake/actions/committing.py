"""Saving an import: children, measurements, row outcomes, event and indicators in one transaction, or nothing."""

from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from tumbuh.accounts.api import IMPORT, User, get_scope, whole_country
from tumbuh.audit.api import record_event
from tumbuh.indicators.api import refresh
from tumbuh.intake.actions.lists.committing import save_list
from tumbuh.intake.actions.places import stage_posyandu
from tumbuh.intake.actions.remarks import add_remarks
from tumbuh.intake.actions.spool import remove_files
from tumbuh.intake.actions.staging import OUTCOME, stage_rows
from tumbuh.intake.actions.steps import Aside, about, get_for_update, move, work_alone
from tumbuh.intake.actions.telling import tell_saved
from tumbuh.intake.errors import CancelledError, NotAllowedError
from tumbuh.intake.models import Import
from tumbuh.intake.queries.counts import count_rows
from tumbuh.intake.rules import Decision, Outcome, State
from tumbuh.intake.sources.api import find_source
from tumbuh.records.api import close_staging, create_batch, match_staged, open_staging, save_staged
from tumbuh.verification.api import note_contributions

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(6778, 1)"  # two imports that meet the same child go one after the other
# Many short bulk statements on tables of this session, for whose plans a rough look is enough.
MANY_STATEMENTS = "SET LOCAL work_mem = '64MB'; SET LOCAL jit = off; SET LOCAL default_statistics_target = 25"
# Most rows become what the preview said: only the others are written again.
WRITE_BACK = """
UPDATE intake_row r SET (outcome, person_id, same_as, decision) = ({values})
FROM records_staged s WHERE r.owner_id = %s AND r.id = s.row_id
AND (r.outcome, r.person_id, r.same_as, r.decision) IS DISTINCT FROM ({values})
""".format(
    values=f"""{OUTCOME}, coalesce(s.person_id, r.person_id),
    CASE WHEN r.decision = '' THEN s.same_as ELSE r.same_as END,
    CASE WHEN {OUTCOME} = 'needs_review' THEN '' ELSE r.decision END"""
)
SAVE = """
INSERT INTO intake_savedrow AS w (row_id, person_id, measurement_id, before)
SELECT row_id, person_id, measurement_id, before FROM records_saved ORDER BY row_id
ON CONFLICT (row_id) DO UPDATE SET person_id = excluded.person_id, measurement_id = excluded.measurement_id,
    before = coalesce(excluded.before, w.before)
"""


@transaction.atomic
def start_commit(*, by: User, import_id: UUID) -> Import:
    """From PREVIEW (or COMMITTED, for rows decided since) to COMMITTING; the saving itself is a job."""
    job = get_for_update(by, import_id)
    move(job, State.COMMITTING, rows_done=0, cancel_asked=False, error_code="", error_message="")
    record_event(by=by, action="intake.import.confirmed_save", **about(job))
    return job


def commit_import(*, import_id: UUID) -> None:
    """From COMMITTING to COMMITTED. Does nothing in any other state, so running it twice saves once."""
    with work_alone(import_id, State.COMMITTING) as job:
        if job is None:
            return
        try:
            with Aside(job) as aside, transaction.atomic():
                write = save if find_source(job.source) is None else save_list
                write(job, aside)
        except (CancelledError, NotAllowedError) as error:
            back = State.COMMITTED if job.batch_id else State.PREVIEW
            move(job, back, cancel_asked=False, rows_done=0, error_code=error.code, error_message=str(error))
        else:
            if not job.counts["needs_review"] and job.chunks.exists():
                remove_files(job.stored_as)  # what it said is kept, encrypted, with the import


def save(job: Import, aside: Aside) -> None:
    """Everything, in the caller's transaction."""
    total = job.rows_total or 0
    with connection.cursor() as cursor:
        cursor.execute(MANY_STATEMENTS)
        cursor.execute(ONE_AT_A_TIME)
    batch = job.batch or create_batch(by=job.by, kind=job.source, name=job.file_name)
    stage_posyandu(job.by, job.pk)
    open_staging()
    with whole_country("rows of one import"):
        stage_rows(job.pk, only_decided=job.batch_id is not None)
    check_places(job)
    aside.show(total // 10)
    match_staged()
    aside.check()
    aside.show(total // 4)
    saved = save_staged(batch=batch)
    aside.check()
    aside.show(total * 6 // 10)
    write_back(job)
    aside.show(total * 7 // 10)
    note_contributions(by=job.by, desa_months=saved.entered_months)
    refresh(saved.desa_months)
    aside.check()
    aside.show(total * 9 // 10)
    close_staging()
    with whole_country("rows of one import"):
        rows = count_rows(job.pk)
    tell_saved(job, rows)
    after = {"children": saved.children_new, "new": saved.measurements_new, "changed": saved.measurements_changed}
    record_event(by=job.by, action="intake.import.saved", **about(job), after=after)
    kept = {key: job.counts[key] for key in ("skipped", "zscores") if key in job.counts}
    counts = rows | kept | {"children_new": saved.children_new + job.counts.get("children_new", 0)}
    move(job, State.COMMITTED, counts=counts, batch=batch, committed_at=timezone.now(), rows_done=total,
         error_code="", error_message="")  # fmt: skip


def check_places(job: Import) -> None:
    """NotAllowedError when the user may by now not import everywhere that the staged rows belong."""
    scope = get_scope(job.by, IMPORT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT desa_id FROM records_staged")
        if not all(scope.contains(desa_id) for (desa_id,) in cursor.fetchall()):
            raise NotAllowedError


def write_back(job: Import) -> None:
    """Outcome, child, measurement and former values of each row; remarks where a row now waits."""
    with whole_country("rows of one import"), connection.cursor() as cursor:
        cursor.execute(WRITE_BACK, [job.pk])
        cursor.execute(SAVE)
    add_remarks()
    job.rows.filter(decision=Decision.SKIP).update(outcome=Outcome.REFUSED)
