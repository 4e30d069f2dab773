"""Who a user is and where they may act."""

from collections.abc import Iterable, Set
from datetime import date
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tumbuh.accounts.models import Assignment, User
from tumbuh.accounts.rules import IMPORT, READ_PEOPLE, ROLES, UNDO_IMPORT, Scope, join_spans
from tumbuh.regions.api import get_code, get_span

SETTLE_TASK = "accounts.settle_province"
PEOPLE = frozenset({READ_PEOPLE, IMPORT, UNDO_IMPORT})  # what lets somebody see people at all


def find_user(username: str) -> User | None:
    """The active user with this account name, or None."""
    return User.objects.filter(username=username, is_active=True).first()


def find_account(login: str) -> User | None:
    """The user whom somebody at the sign-in page means: account name, else an e-mail address that only one has."""
    found = list(User.objects.filter(Q(username__iexact=login) | Q(email__iexact=login, email__gt=""))[:3])
    named = [user for user in found if user.username.lower() == login.lower()]
    if named:
        return named[0]
    return found[0] if len(found) == 1 else None


def find_namesake(username: str) -> User | None:
    """Whoever has this account name, whatever its capitals, also when the account is closed."""
    return User.objects.filter(username__iexact=username).first()


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
    return find_scope(list_assignments(user, on=on), {permission})


def get_scopes(user: User, permissions: Iterable[str]) -> dict[str, Scope]:
    """Where the user may do each of these today; one query."""
    held = list_assignments(user)
    return {permission: find_scope(held, {permission}) for permission in permissions}


def find_scope(held: Iterable[Assignment], permissions: Set[str]) -> Scope:
    """Where these assignments give any of the permissions."""
    spans = (get_span(get_code(one.region_id)) for one in held if permissions & ROLES[one.role].permissions)
    return Scope(join_spans(spans))


class Settling(NamedTuple):
    """A province being loaded: its code, and the job's "todo", "doing", "succeeded", "failed" or "aborted"."""

    province: str
    status: str


def find_settling(user: User) -> Settling | None:
    """The user's latest wish to load a province; None when there was none."""
    jobs = ProcrastinateJob.objects.filter(task_name=SETTLE_TASK, args__user_id=user.pk)
    job = jobs.order_by("-id").values_list("args__province", "status").first()
    return Settling(*job) if job else None
