"""Conditional approvals whose day is over without the condition being met: the system takes them back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from tumbuh.audit.api import Actor
from tumbuh.verification.actions.moving import Approval, Signer, lock_package, write_step
from tumbuh.verification.actions.telling import tell
from tumbuh.verification.models import Package, Step
from tumbuh.verification.rules import Move, Standing, State, Tier, Wish, check_step


def lapse_conditions(*, by: Actor, today: date | None = None) -> list[Step]:
    """Every package whose condition was due before today goes back to the tier that approved it on that condition.

    A transaction and an event each, with the condition's words as reason; saying it again changes nothing.
    """
    day = today or timezone.localdate()
    due = list(Package.objects.filter(condition_due__lt=day).select_related("region").order_by("pk"))
    steps = [lapse_condition(by=by, package=package, today=day) for package in due]
    return [step for step in steps if step is not None]


@transaction.atomic
def lapse_condition(*, by: Actor, package: Package, today: date) -> Step | None:
    """The step taken, or None when the condition was met or moved meanwhile."""
    package = lock_package(package.region, package.month, package.data_set)
    if package.condition_due is None or package.condition_due >= today:
        return None
    tier = Tier(package.condition_tier)
    wish = Wish(Move.LAPSE, tier, reason=package.condition)
    target = check_step(Standing(State(package.state), overdue=tier), wish)
    region = package.region
    tell(
        by=by, region=region, desa=[region], month=package.month, data_set=package.data_set, wish=wish, target=target
    )  # fmt: skip
    return write_step(Signer(by, "SYSTEM"), package, wish, target, Approval())
