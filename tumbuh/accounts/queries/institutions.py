"""Which institutions there are."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from tumbuh.accounts.models import Assignment, Institution
from tumbuh.accounts.rules import Scope, get_needed
from tumbuh.regions.api import Region


def list_institutions(scope: Scope, *, on: date | None = None) -> QuerySet[Institution]:
    """Those of the scope's regions that exist on a day (default today), with their regions."""
    day = on or timezone.localdate()
    held = Institution.objects.filter(scope.q("region_id"), valid_from__lte=day)
    return held.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day)).select_related("region")


def list_serving(role: str, region: Region, *, on: date | None = None) -> QuerySet[Institution]:
    """The institutions for which the role can be held in that region; one query."""
    needed = get_needed(role)
    codes = region.code.split(".")
    lineage = [".".join(codes[:length]) for length in range(1, len(codes) + 1)]
    where = Q(region__code__in=lineage) if needed.may_lie_above else Q(region=region)
    day = on or timezone.localdate()
    held = Institution.objects.filter(where, kind__in=needed.kinds, valid_from__lte=day)
    return held.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day)).select_related("region").order_by("name")


def list_institution_holders(province: Region, *, on: date | None = None) -> list[tuple[int, Institution]]:
    """(user number, institution with its region) of all who hold a role for an institution of the province today.

    Those whose account is closed are left out; one query.
    """
    day, span = on or timezone.localdate(), province.span
    held = Assignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day), institution__isnull=False, valid_from__lte=day,
        user__is_active=True, institution__region_id__gte=span.low, institution__region_id__lte=span.high,
    ).select_related("institution__region")  # fmt: skip
    return list(dict.fromkeys((one.user_id, one.institution) for one in held))
