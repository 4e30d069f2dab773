"""Reading regions."""

from collections.abc import Iterable, Sequence

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from tumbuh.regions.models import Boundary, Facility, MapSheet, Population, Region
from tumbuh.regions.rules import Layout, Level, Shape, Span, get_number, get_span, lay_tiles
from tumbuh.regions.rules.tiles import add_missing
from tumbuh.regions.sources.definitions import find_tile_places

MOST_FOUND = 50
DIGITS = 10


def get_region(code: str) -> Region:
    """The active or inactive region with this dotted code; raises Region.DoesNotExist."""
    return Region.objects.get(pk=get_number(code))


def find_region(code: str) -> Region | None:
    """The region with this code, None when it is not stored or no code at all."""
    return Region.objects.filter(code=code).first()


def list_regions(*, within: str | None = None, level: Level | None = None) -> QuerySet[Region]:
    """Active regions in code order, all or one level, of the whole country or within one region (itself included)."""
    regions = Region.objects.filter(is_active=True)
    if within is not None:
        span = get_span(within)
        regions = regions.filter(pk__range=(span.low, span.high))
    if level is not None:
        regions = regions.filter(level=level)
    return regions


def list_children(region: Region | None) -> QuerySet[Region]:
    """The active regions directly below, with `child_count`: how many active ones each has in turn. None: provinces."""
    children = Region.objects.filter(parent=region, is_active=True)
    return children.annotate(child_count=Count("children", filter=Q(children__is_active=True))).order_by("pk")


def list_ancestors(region: Region) -> list[Region]:
    """The regions above, province first; one query."""
    codes = region.code.split(".")
    above = [".".join(codes[:length]) for length in range(1, len(codes))]
    return list(Region.objects.filter(code__in=above).order_by("level"))


def list_lineage(code: str) -> list[Region]:
    """The region with this code and those above it, province first; empty when it is not stored. One query."""
    codes = [".".join(code.split(".")[:length]) for length in range(1, code.count(".") + 2)]
    found = list(Region.objects.filter(code__in=codes).order_by("level"))
    return found if found and found[-1].code == code else []


def list_around(code: str) -> tuple[list[Region], list[Region]]:
    """The region with this code after those above it, and the active ones directly below it in code order; one query.

    Both empty when it is not stored.
    """
    codes = [".".join(code.split(".")[:length]) for length in range(1, code.count(".") + 2)]
    found = list(
        Region.objects.filter(Q(code__in=codes) | Q(parent__code=code, is_active=True)).order_by("level", "pk")
    )
    lineage = [region for region in found if region.code in codes]
    if not lineage or lineage[-1].code != code:
        return [], []
    return lineage, [region for region in found if region.code not in codes]


def search_regions(text: str, *, spans: Iterable[Span] | None = None, limit: int = MOST_FOUND) -> list[Region]:
    """Active regions whose code begins with the text or whose name contains its words; with parents loaded.

    Best first: the whole name, its beginning, the beginning of a word, anywhere; larger regions before smaller.
    `spans` bounds the search, an empty one finds nothing. One query.
    """
    words = " ".join(text.split())
    if len(words) < 2:
        return []
    regions = Region.objects.filter(is_active=True)
    if spans is not None:
        inside = Q(pk__in=[])
        for span in spans:
            inside |= Q(pk__range=(span.low, span.high))
        regions = regions.filter(inside)
    digits = words.replace(".", "")
    if digits.isdecimal() and digits.isascii() and len(digits) <= DIGITS:
        numbers = int(digits.ljust(DIGITS, "0")), int(digits.ljust(DIGITS, "9"))
        return list(regions.filter(pk__range=numbers).select_related("parent__parent")[:limit])
    for word in words.split():
        regions = regions.filter(name__icontains=word)
    rank = Case(
        When(name__iexact=words, then=Value(0)),
        When(name__istartswith=words, then=Value(1)),
        When(name__icontains=f" {words}", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return list(regions.select_related("parent__parent").order_by(rank, "level", "name", "id")[:limit])


def count_regions(*, within: str | None = None) -> dict[str, int]:
    """Kind → how many active regions; kinds without any are left out. One query."""
    counts = list_regions(within=within).order_by().values("kind").annotate(count=Count("id"))
    return {row["kind"]: row["count"] for row in counts}


def list_facilities(*, within: str, kind: Facility.FacilityKind | None = None) -> QuerySet[Facility]:
    """Active facilities in a region and everything below it."""
    span = get_span(within)
    facilities = Facility.objects.filter(is_active=True, region_id__gte=span.low, region_id__lte=span.high)
    return facilities.filter(kind=kind) if kind else facilities


def find_population(
    region: Region, *, group: str = "ALL", sex: str = "ALL", year: int | None = None
) -> Population | None:
    """The newest figure of a group in a region up to a year (default: any), or None: a rate then has no denominator."""
    figures = Population.objects.filter(region=region, group=group, sex=sex)
    if year is not None:
        figures = figures.filter(year__lte=year)
    return figures.order_by("-year", "-recorded_at").first()


def find_boundary(region: Region) -> Boundary | None:
    """The region's outline, None when none is loaded."""
    return Boundary.objects.filter(region=region).first()


def find_common_code(codes: Sequence[str]) -> str:
    """The code of the smallest region that lies above all the codes; "" when nothing does."""
    parts = [code.split(".")[:-1] for code in codes]
    common = []
    for column in zip(*parts, strict=False):
        if len(set(column)) > 1:
            break
        common.append(column[0])
    return ".".join(common)


def get_layout(codes: Sequence[str]) -> tuple[Layout, str]:
    """Where regions of one level stand on a map, and the attribution of the outlines ("" for a tile grid).

    Outlines when those of at least half the regions are loaded (the others become small tiles below), else the tile
    grid of the region above them, else tiles in code order. One query.
    """
    above = find_common_code(codes)
    if not above:
        return lay_tiles(codes), ""
    level = codes[0].count(".") + 1
    sheet = MapSheet.objects.filter(region_id=get_number(above), level=level).first()
    drawn = {code: Shape(*sheet.shapes[code]) for code in codes if code in sheet.shapes} if sheet else {}
    if sheet is None or len(drawn) * 2 < len(codes):
        return lay_tiles(codes, find_tile_places(above)), ""
    return add_missing(Layout(sheet.width, sheet.height, drawn, False), codes), sheet.source
