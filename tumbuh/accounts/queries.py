"""Who a user is and where they may act."""

from datetime import date

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tumbuh.accounts.models import Assignment, User
from tumbuh.accounts.rules import ROLES, Scope, join_spans
from tumbuh.regions.api import get_code, get_span

SETTLE_TASK = "accounts.settle_province"


def find_user(username: str) -> User | None:
    """The active user with this account name, or None."""
    return User.objects.filter(username=username, is_active=True).first()


def has_users() -> bool:
    """Whether there is any account; until then the first-run page is open."""
    return User.objects.exists()


def list_assignments(user: User, *, on: date | None = None) -> list[Assignment]:
    """The assignments that hold on a day (default today), with their regions; empty for visitors."""
    if not user.is_authenticated or not user.is_active:
        return []
    day = on or timezone.localdate()
    held = Assignment.objects.filter(user=user, valid_from__lte=day)
    return list(held.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day)).select_related("region"))


def get_scope(user: User, permission: str, *, on: date | None = None) -> Scope:
    """Where the user may do what `permission` names; an empty scope for visitors and inactive users."""
    spans = (
        get_span(get_code(assignment.region_id))
        for assignment in list_assignments(user, on=on)
        if permission in ROLES[assignment.role].permissions
    )
    return Scope(join_spans(spans))


def find_settling(user: User) -> str | None:
    """Where the loading of the user's province is: "todo", "doing", "succeeded", "failed"; None when none was asked."""
    jobs = ProcrastinateJob.objects.filter(task_name=SETTLE_TASK, args__user_id=user.pk)
    return jobs.order_by("-id").values_list("status", flat=True).first()
