"""Networks with their members, and the partners that there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from tumbuh.accounts.api import Institution
from tumbuh.partners.models import Membership
from tumbuh.partners.queries.reach import MODELS, Reach
from tumbuh.partners.rules import ITEM, PARTNER_KINDS, Kind
from tumbuh.regions.api import Region
from tumbuh.verification.api import list_verified


@dataclass(frozen=True)
class Sought:
    """Which partners; what is empty does not matter. `network` and `kind` are codes."""

    text: str = ""
    kind: str = ""
    network: str = ""
    region: Region | None = None


def list_memberships(*, on: date | None = None) -> QuerySet[Membership]:
    """Who belongs to which network on a day (default today), with institution and region."""
    day = on or timezone.localdate()
    held = Membership.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)
    return held.select_related("network__region", "institution").order_by(
        "network__region_id", "network__code", "institution__name", "id"
    )


def count_networks() -> int:
    """How many networks have a member today."""
    return list_memberships().order_by().values("network").distinct().count()


def list_partners(reach: Reach, sought: Sought = Sought()) -> QuerySet[Institution]:
    """Members of networks and those with something verified; for officials also the other partners of their regions."""
    members = list_memberships().order_by().values("institution_id")
    shown = Q(pk__in=members) | Q(pk__in=list(reach.own)) | (Q(kind__in=PARTNER_KINDS) & reach.reads.q("region_id"))
    proven = Q(voided_at__isnull=True, public_id__in=list_verified(ITEM))
    for kind, path in ((Kind.AGREEMENT, "parties"), (Kind.CSR, "partner"), (Kind.RESEARCH, "lead")):
        shown |= Q(kind__in=PARTNER_KINDS, pk__in=MODELS[kind].objects.filter(proven).order_by().values(path))
    found = Institution.objects.filter(shown, find_condition(sought)).select_related("region")
    if sought.network:
        found = found.filter(pk__in=members.filter(network__code=sought.network))
    return found.order_by("name", "id")


def find_condition(sought: Sought) -> Q:
    """What is sought as a condition on institutions."""
    where = Q()
    for word in sought.text.split():
        where &= Q(name__icontains=word) | Q(short_name__icontains=word)
    if sought.kind:
        where &= Q(kind=sought.kind)
    if sought.region:
        where &= Q(region_id__gte=sought.region.span.low, region_id__lte=sought.region.span.high)
    return where


def group_memberships(institutions: Iterable[Institution]) -> dict[int, list[Membership]]:
    """The memberships of today by institution; one query."""
    groups: dict[int, list[Membership]] = {}
    for one in list_memberships().filter(institution__in=list(institutions)):
        groups.setdefault(one.institution_id, []).append(one)
    return groups
