"""Action plans: drawn up, filled with actions, tied to planning documents, enacted."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from tumbuh.accounts.api import Institution, User
from tumbuh.audit.api import record_event
from tumbuh.documents.api import Document
from tumbuh.programme.actions.teams import check_planner
from tumbuh.programme.errors import PlanError, UnknownClauseError
from tumbuh.programme.models import ActionPlan, Output, PlanAction
from tumbuh.programme.rules.plans import (
    ENACTING,
    PLANNING_DOCUMENTS,
    PlanKind,
    PlanState,
    WorkState,
    list_missing_kinds,
)
from tumbuh.regions.api import Level, Region


@dataclass(frozen=True)
class ActionDetails:
    """What is to be done, of which kind, by whom, when, and which outputs it serves."""

    kind: PlanKind
    text: str
    year: int
    quarter: int | None = None
    owner: Institution | None = None
    state: WorkState = WorkState.PLANNED
    serves: tuple[str, ...] = ()


@transaction.atomic
def write_plan(*, by: User, region: Region, first_year: int, last_year: int, situation: str) -> ActionPlan:
    """The region's plan for these years; the same again is kept as it is. An enacted plan is not rewritten."""
    check_planner(by, region.pk)
    if region.level == Level.DESA:
        raise PlanError.of_level()
    if last_year < first_year:
        raise PlanError.of_years()
    Region.objects.select_for_update().get(pk=region.pk)
    plan = ActionPlan.objects.filter(region=region, first_year=first_year).first()
    words = situation.strip()
    if plan is not None and (plan.last_year, plan.situation) == (last_year, words):
        return plan
    if plan is not None and plan.state == PlanState.ENACTED:
        raise PlanError.of_enacted()
    plan = plan or ActionPlan(region=region, first_year=first_year)
    plan.last_year, plan.situation = last_year, words
    plan.save()
    if plan.actions.filter(year__gt=last_year).exists():
        raise PlanError.of_years()
    record_event(
        by=by, action="programme.plan.written", object_kind="action_plan", object_id=plan.pk,
        after={"years": f"{first_year}-{last_year}"}, region_id=region.pk,
    )  # fmt: skip
    return plan


@transaction.atomic
def write_plan_action(
    *, by: User, plan: ActionPlan, details: ActionDetails, action: PlanAction | None = None
) -> PlanAction:
    """An action is added to the plan, or another version of it written; again without effect."""
    check_planner(by, plan.region_id)
    if not plan.first_year <= details.year <= plan.last_year:
        raise PlanError.of_years()
    check_codes(details.serves)
    ActionPlan.objects.select_for_update().get(pk=plan.pk)
    values = vars(details) | {"serves": list(details.serves), "text": details.text.strip()}
    same = plan.actions.filter(kind=details.kind, year=details.year, text=values["text"])
    row = action or same.first() or PlanAction(plan=plan)
    if row.pk and all(getattr(row, name) == value for name, value in values.items()):
        return row
    if action is not None and same.exclude(pk=action.pk).exists():
        raise PlanError.of_twice_planned()
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    record_event(
        by=by, action="programme.plan.action_written", object_kind="action_plan", object_id=plan.pk,
        after={"kind": details.kind, "year": details.year, "state": details.state}, region_id=plan.region_id,
    )  # fmt: skip
    return row


def check_codes(codes: Collection[str]) -> None:
    """UnknownClauseError for the first code that is no output."""
    known = set(Output.objects.filter(code__in=list(codes)).values_list("code", flat=True)) if codes else set()
    for code in codes:
        if code not in known:
            raise UnknownClauseError(code)


@transaction.atomic
def tie_document(*, by: User, plan: ActionPlan, document: Document) -> None:
    """The plan's actions stand in that planning document of the region; again without effect."""
    check_planner(by, plan.region_id)
    if document.region_id != plan.region_id or document.kind not in PLANNING_DOCUMENTS:
        raise PlanError.of_foreign_document()
    ActionPlan.objects.select_for_update().get(pk=plan.pk)
    if plan.documents.filter(pk=document.pk).exists():
        return
    plan.documents.add(document)
    record_event(
        by=by, action="programme.plan.document_tied", object_kind="action_plan", object_id=plan.pk,
        after={"document": str(document.public_id)}, region_id=plan.region_id,
    )  # fmt: skip


@transaction.atomic
def enact_plan(*, by: User, plan: ActionPlan, document: Document) -> ActionPlan:
    """The plan is enacted by a decision or regulation of its region; all six kinds of action must be in it.

    Whether that meets the duty is told by the document's verification, not by this.
    """
    check_planner(by, plan.region_id)
    held = ActionPlan.objects.select_for_update().get(pk=plan.pk)
    if held.enactment_id == document.pk:
        return held
    if document.region_id != held.region_id:
        raise PlanError.of_foreign_document()
    if document.kind not in ENACTING:
        raise PlanError.of_enactment()
    if missing := list_missing_kinds(set(held.actions.values_list("kind", flat=True))):
        raise PlanError.of_kinds(", ".join(str(kind.label) for kind in missing))
    held.state, held.enactment = PlanState.ENACTED, document
    held.save(update_fields=["state", "enactment"])
    record_event(
        by=by, action="programme.plan.enacted", object_kind="action_plan", object_id=held.pk,
        after={"document": str(document.public_id)}, region_id=held.region_id,
    )  # fmt: skip
    return held
