"""What is known when a workbook of new accounts is checked."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from tumbuh.accounts.models import AccountBatch, Assignment, Institution, User
from tumbuh.accounts.queries.people import list_unserved
from tumbuh.accounts.queries.users import get_scope, list_assignments
from tumbuh.accounts.rules import MANAGE_ACCOUNTS, Held, Scope, can_grant
from tumbuh.accounts.rules.serving import Serving, list_suited
from tumbuh.accounts.rules.workbook import Known, propose_username
from tumbuh.regions.api import Level, Region, get_code, get_level, get_number, get_span


def get_batch(by: User, key: UUID) -> AccountBatch:
    """The administrator's own batch; AccountBatch.DoesNotExist for all else."""
    return AccountBatch.objects.get(pk=key, made_by=by)


def read_known(by: User, usernames: Sequence[str]) -> Known:
    """A handful of queries, whatever the number of lines. `usernames` are those that the workbook names."""
    scope = get_scope(by, MANAGE_ACCOUNTS)
    regions = Region.objects.filter(scope.q("pk"), is_active=True)
    places = {region.pk: region.full_name for region in regions.only("pk", "name", "kind")}
    wanted = {name.lower() for name in usernames} | {propose_username(key) for key in places}
    named = User.objects.annotate(small=Lower("username")).filter(small__in=wanted).values_list("small", "pk")
    names = dict(named)
    day = timezone.localdate()
    held = Assignment.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), user_id__in=names.values())
    serving = list_known_institutions(scope, [one.region.code for one in list_assignments(by)])
    return Known(
        places, find_code_giver(by), names, frozenset(held.values_list("user_id", "role", "region_id")), serving
    )


def find_code_giver(by: User) -> Callable[[str, int], bool]:
    """A function that tells whether a role of `by` lets them give a role in the region with that number; one query."""
    holders = [Held(one.role, Level(one.region.level), one.region.span) for one in list_assignments(by)]

    def can_give(role: str, region_id: int) -> bool:
        code = get_code(region_id)
        given = Held(role, get_level(code), get_span(code))
        return any(can_grant(holder, given) for holder in holders)

    return can_give


def list_known_institutions(scope: Scope, codes: Iterable[str]) -> dict[int, list[Serving]]:
    """Those of today in the scope and in the regions above `codes`, by region; one query."""
    above = {".".join(code.split(".")[:length]) for code in codes for length in range(1, code.count(".") + 1)}
    day = timezone.localdate()
    held = Institution.objects.filter(
        scope.q("region_id") | Q(region_id__in=[get_number(code) for code in above]),
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day,
    )  # fmt: skip
    found: dict[int, list[Serving]] = {}
    for key, kind, region_id, name, short_name, aliases in held.order_by("name").values_list(
        "pk", "kind", "region_id", "name", "short_name", "aliases"
    ):
        names = (name, *([short_name] if short_name else []), *aliases)
        found.setdefault(region_id, []).append(Serving(key, kind, region_id, names))
    return found


def list_template_lines(by: User, role: str = "DESA_OPERATOR", level: Level = Level.DESA) -> list[Region]:
    """The administrator's regions of that level where nobody holds the role yet and they may give it, with parents."""
    can_give = find_code_giver(by)
    unserved = list_unserved(get_scope(by, MANAGE_ACCOUNTS), role=role, level=level).select_related("parent")
    return [region for region in unserved if can_give(role, region.pk)]


def list_template_institutions(by: User, role: str, regions: Iterable[Region]) -> dict[int, list[Serving]]:
    """The institutions for which the role can be held in each of these regions; one query."""
    known = list_known_institutions(get_scope(by, MANAGE_ACCOUNTS), [])
    return {region.pk: list_suited(role, region.pk, known) for region in regions}
