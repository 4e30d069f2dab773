"""Planning one activity or one for many regions, changing and calling off."""

from dataclasses import asdict
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User
from tumbuh.activities.actions.gates import check_move, check_reach, lock_activity
from tumbuh.activities.actions.reviews import check_open
from tumbuh.activities.errors import NotYoursError, PlanError, StateError
from tumbuh.activities.models import Activity, Series
from tumbuh.activities.queries.definitions import get_kind
from tumbuh.activities.rules import Move, Plan, State, check_plan, find_rule
from tumbuh.audit.api import record_event
from tumbuh.regions.api import Level, Region, list_regions


def fill(plan: Plan) -> dict[str, Any]:
    """The plan as fields of an activity."""
    return {**asdict(plan), "title": plan.title.strip(), "agenda": [point for point in plan.agenda if point.strip()]}


def tell(activity: Activity) -> dict[str, Any]:
    """What the trail keeps of a plan: no names."""
    return {
        "kind": activity.kind, "state": activity.state, "starts_at": activity.starts_at.isoformat(),
        "ends_at": activity.ends_at.isoformat(), "version": activity.version,
    }  # fmt: skip


@transaction.atomic
def plan_activity(*, by: User, region: Region, plan: Plan, public_id: UUID | None = None) -> Activity:
    """The new activity; the same `public_id` once more gives the one that is there."""
    check_reach(by, region.pk)
    check_plan(plan, get_kind(plan.kind), region.level)
    values = {**fill(plan), "region": region, "planned_by": by}
    found, is_new = Activity.objects.get_or_create(public_id=public_id or uuid4(), defaults=values)
    check_reach(by, found.region_id)
    if is_new:
        record_event(
            by=by, action="activities.planned", object_kind="activity", object_id=found.public_id,
            after=tell(found), region_id=region.pk,
        )  # fmt: skip
    return found


class Planned(NamedTuple):
    """What planning for many regions came to: the series, new activities, and those that were there."""

    series: Series
    made: int
    present: int


@transaction.atomic
def plan_for_units(*, by: User, within: Region, level: Level, plan: Plan, public_id: UUID) -> Planned:
    """One activity for each active region of the level in `within`; the same `public_id` once more adds what lacks."""
    scope = check_reach(by, within.pk)
    check_plan(plan, get_kind(plan.kind), level)
    units = list_regions(within=within.code, level=level).filter(scope.q("pk"))
    if not units:
        raise PlanError(_("Tidak ada wilayah pada tingkat itu di sini. Pilih tingkat di bawah wilayah Anda."))
    wanted = {"kind": plan.kind, "title": plan.title.strip(), "region": within, "level": level}
    series, _is_new = Series.objects.get_or_create(public_id=public_id, defaults={**wanted, "planned_by": by})
    if any(getattr(series, name) != value for name, value in wanted.items()):
        raise StateError(_("Rencana massal ini sudah dibuat dengan isi lain. Mulai rencana massal yang baru."))
    Series.objects.select_for_update().get(pk=series.pk)  # the same plan sent twice at once waits here
    present = set(series.activities.values_list("region_id", flat=True))
    values = fill(plan)
    missing = [
        Activity(**values, region=unit, series=series, planned_by=by) for unit in units if unit.pk not in present
    ]
    Activity.objects.bulk_create(missing, batch_size=500)
    if missing:
        record_event(
            by=by, action="activities.planned_for_units", object_kind="series", object_id=series.public_id,
            after={"kind": plan.kind, "level": int(level), "made": len(missing)}, region_id=within.pk,
        )  # fmt: skip
    return Planned(series, len(missing), len(present))


@transaction.atomic
def change_plan(*, by: User, public_id: UUID, plan: Plan, version: int | None = None) -> Activity:
    """The activity with the new plan; `version` is the one that the page showed. The kind and the region stay."""
    activity, _scope = lock_activity(by, public_id)
    check_move(activity, Move.CHANGE)
    if version is not None and version != activity.version:
        raise StateError(_("Rencana ini baru saja diubah orang lain. Muat ulang halamannya, lalu ubah lagi."))
    if plan.kind != activity.kind:
        raise NotYoursError(_("Jenis kegiatan tidak dapat diganti. Batalkan kegiatan ini dan rencanakan yang baru."))
    check_plan(plan, get_kind(plan.kind), activity.region.level)
    values = fill(plan)
    if all(getattr(activity, name) == value for name, value in values.items()):
        return activity
    before = tell(activity)
    for name, value in values.items():
        setattr(activity, name, value)
    activity.version += 1
    activity.save()
    record_event(
        by=by, action="activities.plan_changed", object_kind="activity", object_id=public_id, before=before,
        after=tell(activity), region_id=activity.region_id,
    )  # fmt: skip
    return activity


def cancel(*, by: User, public_id: UUID, reason: str) -> Activity:
    """The activity called off, with the reason; called off already, it stays as it is."""
    return move_to(by, public_id, Move.CANCEL, reason)


def reopen(*, by: User, public_id: UUID, reason: str) -> Activity:
    """The activity back in the plan, with the reason; what was recorded of it stays."""
    return move_to(by, public_id, Move.REOPEN, reason)


@transaction.atomic
def move_to(by: User, public_id: UUID, move: Move, reason: str) -> Activity:
    """One move that needs a reason; nothing happens where the activity is in that state already."""
    activity, _scope = lock_activity(by, public_id)
    target = find_rule(move).target
    if activity.state == target:
        return activity
    check_move(activity, move)
    check_open(activity)
    if not reason.strip():
        raise StateError(_("Alasan belum ditulis. Tulis mengapa kegiatan ini berubah."))
    before = tell(activity)
    activity.state, activity.state_reason = target, reason.strip()
    activity.version += 1
    activity.save()
    action = "activities.cancelled" if target == State.CANCELLED else "activities.reopened"
    record_event(
        by=by, action=action, object_kind="activity", object_id=public_id, before=before, after=tell(activity),
        reason=reason.strip(), region_id=activity.region_id,
    )  # fmt: skip
    return activity
