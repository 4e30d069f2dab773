"""Reading regions."""

from django.db.models import QuerySet

from tumbuh.regions.models import Region
from tumbuh.regions.rules import Level, get_number, get_span


def get_region(code: str) -> Region:
    """The active or inactive region with this dotted code; raises Region.DoesNotExist."""
    return Region.objects.get(pk=get_number(code))


def list_regions(*, within: str | None = None, level: Level | None = None) -> QuerySet[Region]:
    """Active regions in code order, all or one level, of the whole country or within one region (itself included)."""
    regions = Region.objects.filter(is_active=True)
    if within is not None:
        span = get_span(within)
        regions = regions.filter(pk__range=(span.low, span.high))
    if level is not None:
        regions = regions.filter(level=level)
    return regions


def list_ancestors(region: Region) -> list[Region]:
    """The regions above, province first; one query."""
    codes = region.code.split(".")
    above = [".".join(codes[:length]) for length in range(1, len(codes))]
    return list(Region.objects.filter(code__in=above).order_by("level"))
