"""What is known when a workbook of new accounts is checked."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from tumbuh.accounts.models import AccountBatch, Assignment, User
from tumbuh.accounts.queries.people import list_unserved
from tumbuh.accounts.queries.users import get_scope, list_assignments
from tumbuh.accounts.rules import MANAGE_ACCOUNTS, Held, can_grant
from tumbuh.accounts.rules.workbook import Known, propose_username
from tumbuh.regions.api import Level, Region, get_code, get_level, get_span

TEMPLATE_ROLE = "DESA_OPERATOR"


def get_batch(by: User, key: UUID) -> AccountBatch:
    """The administrator's own batch; AccountBatch.DoesNotExist for all else."""
    return AccountBatch.objects.get(pk=key, made_by=by)


def read_known(by: User, usernames: Sequence[str]) -> Known:
    """Four queries, whatever the number of lines. `usernames` are those that the workbook names."""
    scope = get_scope(by, MANAGE_ACCOUNTS)
    regions = Region.objects.filter(scope.q("pk"), is_active=True)
    places = {region.pk: region.full_name for region in regions.only("pk", "name", "kind")}
    wanted = {name.lower() for name in usernames} | {propose_username(key) for key in places}
    named = User.objects.annotate(small=Lower("username")).filter(small__in=wanted).values_list("small", "pk")
    names = dict(named)
    day = timezone.localdate()
    held = Assignment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), user_id__in=names.values())
    holders = [Held(one.role, Level(one.region.level), one.region.span) for one in list_assignments(by)]

    def can_give(role: str, region_id: int) -> bool:
        code = get_code(region_id)
        given = Held(role, get_level(code), get_span(code))
        return any(can_grant(holder, given) for holder in holders)

    return Known(places, can_give, names, frozenset(held.values_list("user_id", "role", "region_id")))


def list_template_lines(by: User) -> list[Region]:
    """The desa of the administrator's regions where nobody is operator yet, each with its kecamatan."""
    return list(list_unserved(get_scope(by, MANAGE_ACCOUNTS), role=TEMPLATE_ROLE).select_related("parent"))
