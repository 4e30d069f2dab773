"""Reading what other systems report, and our own figures of the same desa and month beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet, Subquery, Value

from tumbuh.indicators.models import Cell, ReportedFigures, ServiceCell
from tumbuh.indicators.queries.sets import get_set
from tumbuh.indicators.rules.reported import AKSI_BANGDA, DUKCAPIL, GROWTH, UNDER_FIVE, Beside, add_up
from tumbuh.regions.api import Level, Region, list_regions

SET = "aksi-bangda-29"
STEPS = {Level.PROVINSI: 10**6, Level.KABUPATEN: 10**4}  # of the region below: kabupaten/kota, kecamatan
Figures = dict[int, dict[str, int]]  # desa → code → number


@dataclass(frozen=True)
class ReportedSide:
    """What Aksi Bangda says of the desa of a region in a month, and ours; `below` is one figure by region below."""

    month: date
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


def list_newest(source: str, region: Region, until: date) -> QuerySet[ReportedFigures]:
    """What stands of the region in the newest period up to a day that anything stands for."""
    rows = list_below(source, region)
    newest = rows.filter(period__lte=until).order_by("-period").values("period")[:1]
    return rows.filter(period=Subquery(newest))


def find_residents(region: Region, month: date) -> Residents | None:
    """Dukcapil's children of 0-4 years in the newest half-year that had begun by the month; None without any."""
    last = date(month.year, 6 if month.month <= 6 else 12, 1)
    held = merge(list_newest(DUKCAPIL, region, last))
    counts = {period: figures[UNDER_FIVE] for period, figures in held.items() if UNDER_FIVE in figures}
    if not counts:
        return None
    period = next(period for _, period in counts)
    return Residents(sum(counts.values()), period, len(counts), count_desa(region))


def count_desa(region: Region) -> int:
    return list_regions(within=region.code, level=Level.DESA).count()


def read_reported(region: Region, until: date, chosen: str = "") -> ReportedSide | None:
    """Aksi Bangda beside ours in the newest month up to this one; None when nothing was sent. Two queries."""
    rows = list(list_newest(AKSI_BANGDA, region, until).select_related("batch__by"))
    if not rows:
        return None
    month = rows[0].period
    theirs = {desa: figures for (desa, _), figures in merge(rows).items()}
    ours = read_ours(list(theirs), month)
    totals = add_up(theirs.values())
    beside = [put_beside(code, theirs, ours) for code in list_codes() if code in totals]
    codes = {row.code for row in beside if row.ours is not None}
    picked = chosen if chosen in codes else next((row.code for row in beside if row.ours is not None), "")
    newest = max(rows, key=lambda row: row.pk).batch
    return ReportedSide(
        month, len(theirs), newest.name, newest.by.display_name if newest.by else "", newest.recorded_at, beside,
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
    """Our own figures of these desa in the month; one query."""
    found: Figures = defaultdict(dict)
    growth: dict[tuple[int, str], dict[str, int]] = {}
    owners = list_owners()
    for region, group, code, numerator, denominator in list_cells(desa, month, {service for _, service in owners}):
        if not group:
            growth[region, code] = {"numerator": numerator, "denominator": denominator}
        for number in owners.get((group, code), ()):
            for name, count in ((f"i{number:02d}_due", denominator), (f"i{number:02d}_served", numerator)):
                found[region][name] = found[region].get(name, 0) + count
    for one in {region for region, _ in growth}:
        for name, side in GROWTH.items():
            value = growth.get((one, side.indicator), {}).get(side.part, 0)
            found[one][name] = value - (growth.get((one, side.minus), {}).get(side.part, 0) if side.minus else 0)
    return found


def list_owners() -> dict[tuple[str, str], list[int]]:
    """Target group and service → the numbers of the indicators that come from them."""
    owners: dict[tuple[str, str], list[int]] = defaultdict(list)
    for item in get_set(SET).items:
        for pair in item.services:
            owners[pair].append(item.number)
    return owners


def list_cells(desa: list[int], month: date, services: set[str]) -> QuerySet[Any, tuple[int, str, str, int, int]]:
    """(desa, target group, code, numerator, denominator) of services, and of growth with no target group."""
    wanted = {name for side in GROWTH.values() for name in (side.indicator, side.minus) if name}
    growth = Cell.objects.filter(region__in=desa, month=month, indicator__in=wanted)
    cells = ServiceCell.objects.filter(region__in=desa, month=month, service__in=services)
    none = Value("", output_field=CharField())
    rows = growth.values_list("region_id", none, "indicator", "numerator", "denominator")
    return rows.union(
        cells.values_list("region_id", "target_group", "service", "received_total", "due_total"), all=True
    )
