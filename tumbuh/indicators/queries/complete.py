"""Reading what target groups were due and received: of a region and month, of the regions below, over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tumbuh.engines.convergence.api import EVERYBODY
from tumbuh.indicators.models import ServiceCell
from tumbuh.indicators.rules.values import STRATA, compute_percent
from tumbuh.regions.api import Level, Region


@dataclass(frozen=True)
class Coverage:
    """People of a target group to whom a service is due and who received it; shares in percent, None of nobody.

    Service `*`: those with anything due, and those who received all of it. `poor` and `others` count by poverty.
    """

    target_group: str
    service: str
    due: int
    received: int
    only_missing: int
    poor: tuple[int, int]
    others: tuple[int, int]

    @property
    def share(self) -> Decimal | None:
        return compute_percent(self.received, self.due)

    @property
    def poor_share(self) -> Decimal | None:
        return compute_percent(self.poor[1], self.poor[0])

    @property
    def other_share(self) -> Decimal | None:
        return compute_percent(self.others[1], self.others[0])


@dataclass(frozen=True)
class ServiceCount:
    """How many of a group a service was due to in a region and month, and how many received it."""

    region_id: int
    month: date
    target_group: str
    service: str
    due: int
    received: int


@dataclass(frozen=True)
class Complete:
    """People with anything due in a region and month, and those who received all of it."""

    region_id: int
    month: date
    due: int
    received: int

    @property
    def share(self) -> Decimal | None:
        return compute_percent(self.received, self.due)


def list_coverage(region: Region, month: date) -> list[Coverage]:
    """Every group and service of a region (any level) and month with anybody due; one query."""
    cells = ServiceCell.objects.filter(region=region, month=month)
    return [make_coverage(cell) for cell in cells]


def list_counts(regions: Sequence[int], months: Sequence[date]) -> list[ServiceCount]:
    """Every group and service of these regions (by number) and months with anybody due; one query."""
    cells = ServiceCell.objects.filter(region_id__in=list(regions), month__in=list(months))
    names = ("region_id", "month", "target_group", "service", "due_total", "received_total")
    return [ServiceCount(*row) for row in cells.values_list(*names)]


def make_coverage(cell: ServiceCell) -> Coverage:
    poor, others = ((add(cell.due, kind), add(cell.received, kind)) for kind in ("POOR", "OTHER"))
    totals = cell.due_total, cell.received_total, cell.only_missing_total
    return Coverage(cell.target_group, cell.service, *totals, poor, others)


def add(counts: Sequence[int], poverty: str) -> int:
    """The count of both sexes of those who are poor, or not."""
    return sum(number for number, (_, kind) in zip(counts, STRATA, strict=True) if kind == poverty)


def average_share(coverage: Sequence[Coverage]) -> Decimal | None:
    """The national average formula: everything received of everything due, whoever it is due to; in percent."""
    rows = [one for one in coverage if one.service != EVERYBODY]
    return compute_percent(sum(one.received for one in rows), sum(one.due for one in rows))


def list_complete_below(region: Region, month: date) -> list[Complete]:
    """The complete package in each region right below, in code order; none below a desa. One query."""
    if region.level >= Level.DESA:
        return []
    return fetch_complete(level=region.level + 1, month=month, region__parent=region)


def list_complete_trend(region: Region) -> list[Complete]:
    """The complete package in a region, month by month, oldest first; one query."""
    return fetch_complete(level=region.level, region=region)


def fetch_complete(**where: object) -> list[Complete]:
    cells = ServiceCell.objects.filter(service=EVERYBODY, target_group=EVERYBODY, **where).order_by("region", "month")
    return [Complete(*row) for row in cells.values_list("region_id", "month", "due_total", "received_total")]
