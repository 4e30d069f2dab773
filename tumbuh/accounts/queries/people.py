"""Accounts as administrators see them: those with a role within their regions."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from tumbuh.accounts.models import Assignment, Invitation, User
from tumbuh.accounts.queries.users import get_scope
from tumbuh.accounts.rules import MANAGE_ACCOUNTS, Scope
from tumbuh.regions.api import Level, Region, Span

UNUSABLE = "!"  # Django writes it before the password of who cannot sign in with one
STATES = ("active", "invited", "expired", "closed")


@dataclass(frozen=True)
class Sought:
    """Which accounts; what is empty does not matter. `state` is one of STATES."""

    text: str = ""
    role: str = ""
    span: Span | None = None
    institution: int | None = None
    state: str = ""


def list_accounts(by: User, sought: Sought | None = None) -> QuerySet[User]:
    """The accounts that hold or held a role in a region whose accounts `by` manages, each with `invited_until`."""
    sought = sought or Sought()
    held = Assignment.objects.filter(get_scope(by, MANAGE_ACCOUNTS).q("region_id"), user=OuterRef("pk"))
    if sought.role or sought.span or sought.institution:
        held = held.filter(_is_current())
    if sought.role:
        held = held.filter(role=sought.role)
    if sought.span:
        held = held.filter(region_id__gte=sought.span.low, region_id__lte=sought.span.high)
    if sought.institution:
        held = held.filter(institution_id=sought.institution)
    open_ones = Invitation.objects.filter(
        user=OuterRef("pk"), used_at__isnull=True, void_at__isnull=True, expires_at__gt=timezone.now()
    )
    found = User.objects.filter(Exists(held)).annotate(invited_until=Subquery(open_ones.values("expires_at")[:1]))
    for word in sought.text.split():
        found = found.filter(Q(username__icontains=word) | Q(first_name__icontains=word))
    return _with_state(found, sought.state).order_by("username")


def _with_state(found: QuerySet[User], state: str) -> QuerySet[User]:
    is_new = Q(password__startswith=UNUSABLE)
    wanted = {
        "active": Q(is_active=True) & ~is_new,
        "invited": Q(is_active=True, invited_until__isnull=False) & is_new,
        "expired": Q(is_active=True, invited_until__isnull=True) & is_new,
        "closed": Q(is_active=False),
    }
    return found.filter(wanted[state]) if state in wanted else found


def tell_state(user: User) -> str:
    """One of STATES, for an account from `list_accounts`."""
    if not user.is_active:
        return "closed"
    if user.has_usable_password():
        return "active"
    return "invited" if user.invited_until else "expired"


def get_account(by: User, key: int) -> User:
    """One of them; User.DoesNotExist for what is absent and for what is not theirs."""
    return list_accounts(by).get(pk=key)


def _is_current() -> Q:
    day = timezone.localdate()
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


@dataclass(frozen=True)
class Served:
    """One kecamatan: its desa, and how many of them have somebody with the role."""

    region: Region
    total: int
    served: int

    @property
    def missing(self) -> int:
        return self.total - self.served


def list_unserved(scope: Scope, *, role: str = "DESA_OPERATOR", level: Level = Level.DESA) -> QuerySet[Region]:
    """The active regions of a level in the scope where nobody holds the role today, in code order."""
    held = Assignment.objects.filter(_is_current(), role=role, region=OuterRef("pk"), user__is_active=True)
    return Region.objects.filter(scope.q("pk"), ~Exists(held), is_active=True, level=level).order_by("pk")


def count_served(scope: Scope, *, role: str = "DESA_OPERATOR") -> list[Served]:
    """Every kecamatan of the scope that has desa, in code order; three queries."""
    desa = Region.objects.filter(scope.q("pk"), is_active=True, level=Level.DESA).values_list("pk", "parent_id")
    missing = set(list_unserved(scope, role=role).values_list("pk", flat=True))
    counts: dict[int, list[int]] = {}
    for key, parent in desa:
        total = counts.setdefault(parent, [0, 0])
        total[0] += 1
        total[1] += key not in missing
    parents = Region.objects.filter(pk__in=counts).select_related("parent").order_by("pk")
    return [Served(region, *counts[region.pk]) for region in parents]


def list_serving_people(kecamatan: Region, *, role: str = "DESA_OPERATOR") -> list[tuple[Region, list[User]]]:
    """Each desa of the kecamatan with those who hold the role there today; two queries."""
    held = Assignment.objects.filter(
        _is_current(), role=role, region__parent=kecamatan, user__is_active=True
    ).select_related("user")
    people: dict[int, list[User]] = {}
    for one in held.order_by("user__username"):
        people.setdefault(one.region_id, []).append(one.user)
    desa = Region.objects.filter(parent=kecamatan, is_active=True).order_by("pk")
    return [(region, people.get(region.pk, [])) for region in desa]
