"""The convergence checklist: evidence attached to a step and taken off; achievement follows."""

from uuid import UUID

from django.db import transaction

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.programme.actions.recomputing import recompute
from tumbuh.programme.actions.teams import check_planner
from tumbuh.programme.errors import PlanError
from tumbuh.programme.models import ChecklistEntry
from tumbuh.programme.queries.convergence import get_checklist
from tumbuh.programme.queries.pieces import find_piece
from tumbuh.programme.queries.proofs import list_touched
from tumbuh.programme.queries.regulations import list_regulations
from tumbuh.programme.rules import SubjectKind
from tumbuh.regions.api import Level, Region


@transaction.atomic
def attach_evidence(
    *, by: User, region: Region, year: int, step: str, source: SubjectKind, subject_id: UUID
) -> ChecklistEntry:
    """The entry, kept once. It proves the step only while the piece is verified.

    PlanError when the region has no checklist, there is no such step, or the piece is not one of the region and year.
    """
    check_planner(by, region.pk)
    if region.level != Level.KABUPATEN:
        raise PlanError.of_level()
    wanted = get_checklist(year).find_step(step)
    if wanted is None:
        raise PlanError.of_step()
    there = find_piece(region, source, subject_id)
    is_late = there is None or there.year > year or (source == SubjectKind.ACTIVITY and there.year != year)
    if is_late:
        raise PlanError.of_evidence()
    entry, is_new = ChecklistEntry.objects.get_or_create(
        region=region, year=year, step=step, source=source, subject_id=subject_id, defaults={"by": by}
    )
    if is_new:
        refresh(source, subject_id)
        record_event(
            by=by, action="programme.checklist.attached", object_kind=source.lower(), object_id=subject_id,
            after={"step": step, "year": year}, region_id=region.pk,
        )  # fmt: skip
    return entry


@transaction.atomic
def detach_evidence(*, by: User, entry: ChecklistEntry) -> None:
    """The entry is gone; again without effect."""
    check_planner(by, entry.region_id)
    found = ChecklistEntry.objects.select_for_update().filter(pk=entry.pk).first()
    if found is None:
        return
    source, subject_id = SubjectKind(found.source), found.subject_id
    touched = {row: list_touched(row, source, "", subject_id) for row in list_regulations()}
    found.delete()
    for regulation, codes in touched.items():
        recompute(regulation, codes=codes)
    record_event(
        by=by, action="programme.checklist.detached", object_kind=source.lower(), object_id=subject_id,
        before={"step": found.step, "year": found.year}, region_id=found.region_id,
    )  # fmt: skip


def refresh(source: SubjectKind, subject_id: UUID) -> None:
    """What the attached piece serves, computed anew."""
    for regulation in list_regulations():
        if codes := list_touched(regulation, source, "", subject_id):
            recompute(regulation, codes=codes)
