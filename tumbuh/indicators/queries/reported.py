"""Reading what other systems report, and our own figures of the same desa and month beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from tumbuh.indicators.models import Cell, ReportedFigures, ServiceCell
from tumbuh.indicators.queries.sets import get_set
from tumbuh.indicators.rules.reported import AKSI_BANGDA, DUKCAPIL, GROWTH, UNDER_FIVE, Beside, add_up
from tumbuh.indicators.rules.sets import IndicatorSet
from tumbuh.regions.api import Level, Region, list_regions

SET = "aksi-bangda-29"
STEPS = {Level.PROVINSI: 10**6, Level.KABUPATEN: 10**4}  # of the region below: kabupaten/kota, kecamatan
Figures = dict[int, dict[str, int]]  # desa → code → number


@dataclass(frozen=True)
class ReportedSide:
    """What Aksi Bangda says of the desa of a region in a month, and ours; `below` is one figure by region below."""

    month: date
    months: Sequence[date]
    desa: int
    file: str
    by: str
    recorded_at: datetime
    rows: Sequence[Beside]
    chosen: str
    below: Sequence[tuple[int, Beside]]


@dataclass(frozen=True)
class Residents:
    """Children of 0-4 years by Dukcapil; only a region of which every desa is there has a number."""

    people: int
    period: date
    desa: int
    of: int

    @property
    def is_whole(self) -> bool:
        return self.desa == self.of

    @property
    def half(self) -> int:
        return 1 if self.period.month <= 6 else 2


def list_rows(source: str) -> QuerySet[ReportedFigures]:
    """What no undo took back, the oldest first."""
    return ReportedFigures.objects.filter(source=source, batch__undone_at=None).order_by("pk")


def list_below(source: str, region: Region) -> QuerySet[ReportedFigures]:
    return list_rows(source).filter(region_id__gte=region.span.low, region_id__lte=region.span.high)


def merge(rows: Iterable[ReportedFigures]) -> dict[tuple[int, date], dict[str, int]]:
    """(desa, period) → its figures, each as the newest row that says it."""
    found: dict[tuple[int, date], dict[str, int]] = {}
    for row in rows:
        found.setdefault((row.region_id, row.period), {}).update(row.figures)
    return found


def read_current(source: str, desa: Iterable[int], periods: Iterable[date]) -> dict[tuple[int, date], dict[str, int]]:
    """(desa, period) → the figures that stand."""
    return merge(list_rows(source).filter(region_id__in=list(desa), period__in=list(periods)))


def count_reported(batch: UUID) -> int:
    """How many desa a batch reported of."""
    return ReportedFigures.objects.filter(batch_id=batch).count()


def list_periods(source: str, region: Region) -> list[date]:
    """The periods that anything stands for in the region, newest first."""
    return list(list_below(source, region).order_by("-period").values_list("period", flat=True).distinct())


def find_residents(region: Region, month: date) -> Residents | None:
    """Dukcapil's children of 0-4 years in the newest half-year that had begun by the month; None without any."""
    last = date(month.year, 6 if month.month <= 6 else 12, 1)
    periods = [period for period in list_periods(DUKCAPIL, region) if period <= last]
    if not periods:
        return None
    held = merge(list_below(DUKCAPIL, region).filter(period=periods[0])).values()
    counts = [figures[UNDER_FIVE] for figures in held if UNDER_FIVE in figures]
    if not counts:
        return None
    return Residents(sum(counts), periods[0], len(counts), count_desa(region))


def count_desa(region: Region) -> int:
    return list_regions(within=region.code, level=Level.DESA).count()


def read_reported(region: Region, asked: date | None = None, chosen: str = "") -> ReportedSide | None:
    """Aksi Bangda beside ours; the newest month for none or one without data. None when nothing was ever sent."""
    months = list_periods(AKSI_BANGDA, region)
    if not months:
        return None
    month = asked if asked in months else months[0]
    rows = list(list_below(AKSI_BANGDA, region).filter(period=month).select_related("batch__by"))
    theirs = {desa: figures for (desa, _), figures in merge(rows).items()}
    ours = read_ours(list(theirs), month)
    totals = add_up(theirs.values())
    beside = [put_beside(code, theirs, ours) for code in list_codes() if code in totals]
    codes = {row.code for row in beside if row.ours is not None}
    picked = chosen if chosen in codes else next((row.code for row in beside if row.ours is not None), "")
    newest = max(rows, key=lambda row: row.pk).batch
    return ReportedSide(
        month, months, len(rows), newest.name, newest.by.display_name if newest.by else "", newest.recorded_at, beside,
        picked, list_parts(region, picked, theirs, ours) if picked else (),
    )  # fmt: skip


def list_codes() -> list[str]:
    """All figures of Aksi Bangda in the order of its sheet."""
    items = get_set(SET).items
    return ["families", "at_risk", "pregnant", *GROWTH, *(
        f"i{item.number:02d}_{side}" for item in items for side in ("due", "served"))]  # fmt: skip


def put_beside(code: str, theirs: Mapping[int, Mapping[str, int]], ours: Figures) -> Beside:
    """One figure over the desa that report it; ours of the same desa, 0 where nobody of them is counted."""
    desa = [one for one, figures in theirs.items() if code in figures]
    known = any(code in figures for figures in ours.values())
    return Beside(
        code,
        sum(theirs[one][code] for one in desa),
        sum(ours.get(one, {}).get(code, 0) for one in desa) if known else None,
        len(desa),
    )


def list_parts(region: Region, code: str, theirs: Figures, ours: Figures) -> list[tuple[int, Beside]]:
    """The figure for each region directly below, the greatest difference first."""
    groups: dict[int, Figures] = defaultdict(dict)
    for desa, figures in theirs.items():
        groups[find_part(region, desa)][desa] = figures
    parts = [
        (part, put_beside(code, own, {one: ours.get(one, {code: 0}) for one in own})) for part, own in groups.items()
    ]
    found = [(part, beside) for part, beside in parts if beside.desa]
    return sorted(found, key=lambda pair: (-abs(pair[1].difference or 0), pair[0]))


def find_part(region: Region, desa: int) -> int:
    """The key of the region directly below in which the desa lies: keys are codes with zeros at the end."""
    step = STEPS.get(Level(region.level), 1)
    return desa // step * step


def read_ours(desa: list[int], month: date) -> Figures:
    """Our own figures of these desa in the month; two queries."""
    found: Figures = defaultdict(dict)
    add_growth(found, desa, month)
    add_services(found, get_set(SET), desa, month)
    return found


def add_growth(found: Figures, desa: list[int], month: date) -> None:
    wanted = {name for side in GROWTH.values() for name in (side.indicator, side.minus) if name}
    cells = Cell.objects.filter(region__in=desa, month=month, indicator__in=wanted)
    held: dict[tuple[int, str], dict[str, int]] = {}
    for region, name, numerator, denominator in cells.values_list("region_id", "indicator", "numerator", "denominator"):
        held[region, name] = {"numerator": numerator, "denominator": denominator}
    for one in {region for region, _ in held}:
        for code, side in GROWTH.items():
            value = held.get((one, side.indicator), {}).get(side.part, 0)
            found[one][code] = value - (held.get((one, side.minus), {}).get(side.part, 0) if side.minus else 0)


def add_services(found: Figures, chosen: IndicatorSet, desa: list[int], month: date) -> None:
    """Due and served of each of the 29 that comes from service cells."""
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    for item in chosen.items:
        for pair in item.services:
            owners[pair].append(item.number)
    cells = ServiceCell.objects.filter(region__in=desa, month=month, service__in={service for _, service in owners})
    rows = cells.values_list("region_id", "target_group", "service", "due_total", "received_total")
    for region, group, service, due, received in rows.iterator(chunk_size=5000):
        for number in owners.get((group, service), ()):
            for code, count in ((f"i{number:02d}_due", due), (f"i{number:02d}_served", received)):
                found[region][code] = found[region].get(code, 0) + count
