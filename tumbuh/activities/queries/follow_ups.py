"""Follow-ups of a scope, what is overdue first."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Value, When

from tumbuh.accounts.api import Scope
from tumbuh.activities.models import FollowUp
from tumbuh.activities.rules import FollowUpState
from tumbuh.regions.api import Region

LATE, OPEN, CLOSED = "LATE", "OPEN", "CLOSED"


@dataclass(frozen=True)
class Asked:
    """Which follow-ups are looked for: late, open (late ones as well) or closed; "" all. What is empty counts not."""

    state: str = ""
    region: Region | None = None
    owner: str = ""


def reach(scope: Scope) -> Q:
    """Follow-ups of an activity in the scope, or owned by a region in it."""
    return scope.q("activity__region_id") | scope.q("owner_region_id")


def list_follow_ups(scope: Scope, asked: Asked, today: date) -> QuerySet[FollowUp]:
    """With activity, regions and institution: overdue ones, then open ones by day, then the closed ones."""
    is_late = Q(state=FollowUpState.OPEN, due_on__lt=today)
    where = {LATE: is_late, OPEN: Q(state=FollowUpState.OPEN), CLOSED: ~Q(state=FollowUpState.OPEN)}
    found = FollowUp.objects.filter(reach(scope), where.get(asked.state, Q()))
    if asked.region:
        found = found.filter(reach(Scope((asked.region.span,))))
    if asked.owner:
        names = ("owner_name", "owner_institution__name", "owner_region__name")
        owned = Q()
        for name in names:
            owned |= Q(**{f"{name}__icontains": asked.owner})
        found = found.filter(owned)
    rank = Case(When(is_late, then=Value(0)), When(state=FollowUpState.OPEN, then=Value(1)), default=Value(2))
    related = found.select_related("activity__region", "owner_region", "owner_institution", "finding")
    return related.annotate(rank=rank).order_by("rank", "due_on", "id")


def count_follow_ups(scope: Scope, today: date) -> tuple[int, int]:
    """(overdue, open) of the scope; one query."""
    late = Count("id", filter=Q(due_on__lt=today))
    found = FollowUp.objects.filter(reach(scope), state=FollowUpState.OPEN).aggregate(late=late, open=Count("id"))
    return found["late"], found["open"]


def get_follow_up(scope: Scope, public_id: UUID) -> FollowUp:
    """One follow-up with its activity; raises FollowUp.DoesNotExist when absent or not in scope."""
    return FollowUp.objects.select_related("activity").get(reach(scope), public_id=public_id)
