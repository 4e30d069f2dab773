"""Analyses of the situation: concluded with the figures as they are, reopened, and put under an action plan."""

from django.db import transaction
from django.utils import timezone

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.programme.actions.teams import check_planner
from tumbuh.programme.errors import PlanError, ReasonError, SituationError
from tumbuh.programme.models import ActionPlan, SituationAnalysis
from tumbuh.programme.queries.barriers import list_barriers, write_barrier
from tumbuh.programme.queries.situation import list_years, read_picture
from tumbuh.programme.rules.plans import PlanState
from tumbuh.regions.api import Region


@transaction.atomic
def conclude_analysis(*, by: User, region: Region, year: int) -> SituationAnalysis:
    """The year's analysis with its newest figures and the barriers that stand; a concluded one is kept as it is.

    SituationError where the year has no figures or no barrier was noted.
    """
    check_planner(by, region.pk)
    Region.objects.select_for_update().get(pk=region.pk)
    there = SituationAnalysis.objects.filter(region=region, year=year, reopened_at__isnull=True).first()
    if there is not None:
        return there
    month = list_years(region).get(year)
    if month is None:
        raise SituationError.of_nothing()
    barriers = [write_barrier(one) for one in list_barriers(region, year) if one.ended_at is None]
    if not barriers:
        raise SituationError.of_no_barrier()
    picture = read_picture(region, month) | {"barriers": barriers}
    made = SituationAnalysis.objects.create(
        region=region, year=year, month=month, is_official=picture["is_official"], content=picture,
        concluded_by=by, concluded_at=timezone.now(),
    )  # fmt: skip
    record_event(
        by=by, action="programme.situation.concluded", object_kind="situation_analysis", object_id=made.pk,
        after={"year": year, "month": month.isoformat(), "official": made.is_official, "barriers": len(barriers)},
        region_id=region.pk,
    )  # fmt: skip
    return made


@transaction.atomic
def reopen_analysis(*, by: User, analysis: SituationAnalysis, reason: str) -> SituationAnalysis:
    """It can be changed again; what was concluded is kept, with the reason. Again without effect."""
    check_planner(by, analysis.region_id)
    held = SituationAnalysis.objects.select_for_update().get(pk=analysis.pk)
    if held.reopened_at is not None:
        return held
    if not reason.strip():
        raise ReasonError
    held.reopened_at, held.reopened_by, held.reason = timezone.now(), by, reason.strip()
    held.save(update_fields=["reopened_at", "reopened_by", "reason"])
    record_event(
        by=by, action="programme.situation.reopened", object_kind="situation_analysis", object_id=held.pk,
        before={"year": held.year}, region_id=held.region_id,
    )  # fmt: skip
    return held


@transaction.atomic
def attach_analysis(*, by: User, plan: ActionPlan, analysis: SituationAnalysis) -> ActionPlan:
    """The draft plan rests on that concluded analysis of its region; again without effect."""
    check_planner(by, plan.region_id)
    held = ActionPlan.objects.select_for_update().get(pk=plan.pk)
    if held.analysis_id == analysis.pk:
        return held
    if held.state == PlanState.ENACTED:
        raise PlanError.of_enacted()
    if analysis.region_id != held.region_id or analysis.year > held.last_year or analysis.reopened_at is not None:
        raise SituationError.of_other()
    held.analysis = analysis
    held.save(update_fields=["analysis"])
    record_event(
        by=by, action="programme.plan.analysis_attached", object_kind="action_plan", object_id=held.pk,
        after={"analysis": analysis.pk, "year": analysis.year}, region_id=held.region_id,
    )  # fmt: skip
    return held
