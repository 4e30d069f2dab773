"""Saving a list: people, their lives, row outcomes, event and indicators in one transaction, or nothing."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from tumbuh.accounts.api import IMPORT, get_scope, whole_country
from tumbuh.audit.api import record_event
from tumbuh.indicators.api import refresh
from tumbuh.intake.actions.lists.figures import save_figures
from tumbuh.intake.actions.lists.saving import keep_marks, keep_outcomes, save_rows
from tumbuh.intake.actions.steps import Aside, about, move
from tumbuh.intake.actions.telling import tell_saved
from tumbuh.intake.errors import NotAllowedError
from tumbuh.intake.models import Import, Row
from tumbuh.intake.queries.counts import count_rows
from tumbuh.intake.rules import Decision, Outcome, State
from tumbuh.intake.sources.api import find_source
from tumbuh.records.api import create_batch
from tumbuh.verification.api import note_contributions

ACCEPTED = Q(decision="", outcome__in=[Outcome.NEW, Outcome.CHANGED, Outcome.ALREADY_THERE])
DECIDED = Q(outcome=Outcome.NEEDS_REVIEW) & ~Q(decision__in=["", Decision.SKIP])


def save_list(job: Import, aside: Aside) -> None:
    """Everything, in the caller's transaction."""
    batch = job.batch or create_batch(by=job.by, kind=job.source, name=job.file_name)
    rows = list(list_wanted(job).order_by("id"))
    scope = get_scope(job.by, IMPORT)
    if not all(scope.contains(row.desa_id) for row in rows):
        raise NotAllowedError
    source = find_source(job.source)
    is_figures = source is not None and source.figures is not None
    write = save_figures if is_figures else save_rows
    saved, entries = write(by=job.by, batch=batch, rows=rows)
    aside.check()
    keep_outcomes(entries)
    if not is_figures:
        keep_marks(entries)
    job.rows.filter(decision=Decision.SKIP).update(outcome=Outcome.REFUSED)
    note_contributions(by=job.by, desa_months=saved.entered_months)
    refresh(saved.desa_months)
    aside.check()
    with whole_country("rows of one import"):
        counts = count_rows(job.pk)
    tell_saved(job, counts)
    after = {"people": saved.people_new, "new": counts["new"], "changed": counts["changed"]}
    record_event(by=job.by, action="intake.import.saved", **about(job), after=after)
    people = saved.people_new + job.counts.get("people_new", 0)
    counts |= {"missing": job.counts["missing"]} if "missing" in job.counts else {}
    counts |= {"skipped": job.counts.get("skipped", {}), "people_new": people}
    move(job, State.COMMITTED, counts=counts, batch=batch, committed_at=timezone.now(), rows_done=job.rows_total or 0,
         error_code="", error_message="")  # fmt: skip


def list_wanted(job: Import) -> QuerySet[Row]:
    """Rows to save: accepted ones at the first save, and those that a person decided on."""
    return job.rows.filter(desa_id__isnull=False).filter(DECIDED if job.batch_id else ACCEPTED | DECIDED)
