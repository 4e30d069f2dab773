"""Taking steps, one package at a time: each one transaction with one audit event."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.api import ROLES, User, get_scopes, list_assignments
from tumbuh.audit.api import Actor, record_event
from tumbuh.regions.api import Region
from tumbuh.verification.actions.telling import tell
from tumbuh.verification.errors import NotYoursError, ReasonError, StaleError
from tumbuh.verification.models import Package, Step
from tumbuh.verification.queries.packages import count_open_below, list_own_work
from tumbuh.verification.rules import (
    GROWTH,
    PASSED,
    PERMISSION,
    Answer,
    Move,
    Standing,
    State,
    Tier,
    Wish,
    check_step,
    find_holder,
    list_undone,
)

LOCK = "SELECT pg_advisory_xact_lock(verification_lock_key(%s, %s))"


@dataclass(frozen=True)
class Approval:
    """What an approving tier declares, and on which condition until when (none: unconditional)."""

    statement: str = ""
    condition: str = ""
    condition_due: date | None = None


@dataclass(frozen=True)
class Signer:
    """Who takes a step, and by which role."""

    actor: Actor
    role: str


def check_right(by: User, tier: Tier, region_id: int) -> Signer:
    """The user with the role that gives the tier's step in the region; NotYoursError when none does."""
    for held in list_assignments(by):
        low, high = held.region.span
        if PERMISSION[tier] in ROLES[held.role].permissions and low <= region_id <= high:
            return Signer(by, held.role)
    raise NotYoursError(_("Peran Anda tidak mencakup langkah ini di wilayah ini."))


def lock_package(region: Region, month: date, data_set: str) -> Package:
    """The package, made if need be, for this transaction alone: no other step and no write of data beside it."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [region.pk, month])
    Package.objects.get_or_create(region=region, month=month, data_set=data_set)
    held = Package.objects.select_for_update(of=("self",)).select_related("region__parent__parent")
    return held.get(region=region, month=month, data_set=data_set)


@transaction.atomic
def take_step(
    *,
    by: User,
    region: Region,
    month: date,
    wish: Wish,
    data_set: str = GROWTH,
    version: int | None = None,
    approval: Approval | None = None,
) -> Step:
    """The step done; raises what `check_step` raises, NotYoursError, or StaleError when `version` is not the newest."""
    signer = check_right(by, wish.tier, region.pk)
    package = lock_package(region, month, data_set)
    if version is not None and version != package.version:
        raise StaleError(_("Orang lain baru saja mengubah paket ini. Muat ulang halaman, lalu putuskan lagi."))
    standing = Standing(
        State(package.state),
        is_own_work=wish.move == Move.VERIFY and bool(list_own_work(by, [region.pk], month, data_set)),
        open_below=count_open_below(region, wish.tier, month, data_set) if wish.move == Move.VERIFY else 0,
        open_cells=package.cells.filter(closed_at__isnull=True, answered_at__isnull=True).count(),
    )
    target, approval = check_step(standing, wish), approval or Approval()
    due = approval.condition_due if approval.condition.strip() else None
    tell(
        by=by, region=region, desa=[region], month=month, data_set=data_set, wish=wish, target=target, condition_due=due
    )  # fmt: skip
    return write_step(signer, package, wish, target, approval)


def write_step(signer: Signer, package: Package, wish: Wish, target: State, approval: Approval) -> Step:
    """The package in its new state, the step kept, the event recorded; for checked wishes only."""
    source = State(package.state)
    check_condition(package, approval)
    undone = list_undone(source, target) if wish.move in {Move.UNAPPROVE, Move.LAPSE} else []
    package.state = target
    package.is_whole_open = target in {State.DRAFT, State.RETURNED_DESA}
    set_condition(package, wish, approval)
    package.version += 1
    package.save()
    for tier in undone[:-1]:  # the cascade: each higher approval is taken back by a step of its own
        keep_step(signer, package, replace(wish, tier=tier), source, target, approval)
    step = keep_step(signer, package, replace(wish, tier=undone[-1]) if undone else wish, source, target, approval)
    settle_recalls(signer, package, wish)
    if wish.move == Move.VERIFY:
        package.cells.filter(closed_at__isnull=True).update(closed_at=timezone.now())
    after = {
        "data_set": package.data_set,
        "state": target,
        "tier": wish.tier,
        "move": wish.move,
        "undone": [int(tier) for tier in undone],
    }
    record_event(
        by=signer.actor, action=f"verification.{wish.move.lower()}", object_kind="package", object_id=package.public_id,
        before={"state": source}, after=after, reason=wish.reason or wish.exception,
        region_id=package.region_id,
    )  # fmt: skip
    return step


def keep_step(signer: Signer, package: Package, wish: Wish, source: State, target: State, approval: Approval) -> Step:
    return Step.objects.create(
        package=package, move=wish.move, tier=wish.tier, source=source, target=target, by_id=signer.actor.pk,
        role=signer.role, reason=wish.reason, exception=wish.exception, statement=approval.statement,
    )  # fmt: skip


def settle_recalls(signer: Signer, package: Package, wish: Wish) -> None:
    """Requests that have what they asked for, because the package went back, are answered."""
    for recall in package.recalls.filter(answer=Answer.OPEN):
        if find_holder(State(package.state), Tier(recall.tier)) is None:
            recall.answer, recall.answered_at, recall.words = Answer.GRANTED, timezone.now(), wish.reason
            recall.answered_by_id = signer.actor.pk
            recall.save()


def check_condition(package: Package, approval: Approval) -> None:
    """A condition has a day by which it must be met, and does not push aside one that is open."""
    if bool(approval.condition.strip()) != (approval.condition_due is not None):
        raise ReasonError(_("Persetujuan bersyarat memerlukan syarat dan tanggal pemenuhannya."))
    if approval.condition.strip() and package.condition:
        raise ReasonError(
            _("Paket ini masih bersyarat dari tingkat di bawah. Tunggu syarat itu dipenuhi, atau setujui tanpa syarat.")
        )


def set_condition(package: Package, wish: Wish, approval: Approval) -> None:
    """A condition stays until its tier or a higher one clears it, or its tier's approval is taken back."""
    if PASSED[State(package.state)] < (package.condition_tier or 0):
        package.condition, package.condition_due, package.condition_tier = "", None, None
    if wish.move == Move.VERIFY and approval.condition.strip():
        package.condition, package.condition_due = approval.condition.strip(), approval.condition_due
        package.condition_tier = wish.tier


@transaction.atomic
def clear_condition(*, by: User, package: Package, reason: str) -> None:
    """The condition is met; saying it again changes nothing. NotYoursError for a tier below the one that set it."""
    package = lock_package(package.region, package.month, package.data_set)
    if not package.condition:
        return
    permissions = [PERMISSION[tier] for tier in Tier if tier >= (package.condition_tier or 0)]
    if not any(scope.contains(package.region_id) for scope in get_scopes(by, permissions).values()):
        raise NotYoursError(_("Hanya tingkat yang memberi syarat, atau di atasnya, dapat menyatakannya terpenuhi."))
    if not reason.strip():
        raise ReasonError(_("Tulis bagaimana syarat itu dipenuhi."))
    before = {"condition_tier": package.condition_tier}
    package.condition, package.condition_due, package.condition_tier = "", None, None
    package.version += 1
    package.save()
    record_event(
        by=by, action="verification.condition_met", object_kind="package", object_id=package.public_id,
        before=before, reason=reason, region_id=package.region_id,
    )  # fmt: skip
