"""Who a user is and where they may act."""

from collections.abc import Iterable, Mapping, Set
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tumbuh.accounts.models import Assignment, User
from tumbuh.accounts.rules import IMPORT, READ_PEOPLE, ROLES, UNDO_IMPORT, Scope, join_spans
from tumbuh.regions.api import Region, get_code, get_number, get_parent_code, get_span

SETTLE_TASK = "accounts.settle_province"
PEOPLE = frozenset({READ_PEOPLE, IMPORT, UNDO_IMPORT})  # what lets somebody see people at all


KEPT = "kept_assignments"


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


def list_assignments(user: User, *, on: date | None = None, along: Mapping[str, Any] | None = None) -> list[Assignment]:
    """The assignments that hold on a day (default today), with their regions; empty for visitors.

    `along`: what else is asked in the same query, by the name under which each row carries it.
    """
    if not user.is_authenticated or not user.is_active:
        return []
    if on is None and along is None and (kept := getattr(user, KEPT, None)) is not None:
        return list(kept)
    day = on or timezone.localdate()
    held = Assignment.objects.filter(user=user, valid_from__lte=day)
    held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day)).select_related("region")
    return list(held.annotate(**(along or {})))


def keep_assignments(user: User, held: list[Assignment]) -> None:
    """What was asked for already holds for this user object from here on: for reading one page, never for a write."""
    setattr(user, KEPT, held)


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


class Holder(NamedTuple):
    """Somebody whose role gives a permission in a region and below it."""

    user_id: int
    permission: str
    region: Region


def list_holders(region: Region, permissions: Iterable[str], *, on: date | None = None) -> list[Holder]:
    """Who may do any of these in the region, in a part of it, or in all of it and more; one query.

    Those whose account is closed are left out.
    """
    wanted = set(permissions)
    day = on or timezone.localdate()
    above, code = [], get_parent_code(region.code)
    while code is not None:
        above.append(get_number(code))
        code = get_parent_code(code)
    roles = [role.code for role in ROLES.values() if role.permissions & wanted]
    span = region.span
    held = Assignment.objects.filter(
        Q(region_id__gte=span.low, region_id__lte=span.high) | Q(region_id__in=above),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), role__in=roles, valid_from__lte=day, user__is_active=True,
    )  # fmt: skip
    return [
        Holder(one.user_id, permission, one.region)
        for one in held.select_related("region").order_by("pk")
        for permission in sorted(ROLES[one.role].permissions & wanted)
    ]
