"""The figures of official sets of indicators, from the cells of services and growth."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from django.conf import settings

from tumbuh.engines.convergence.api import read_content
from tumbuh.engines.definitions.api import DefinitionError, read_yaml
from tumbuh.indicators.errors import IndicatorNotFound
from tumbuh.indicators.models import Cell, ServiceCell
from tumbuh.indicators.queries.definitions import list_definitions
from tumbuh.indicators.rules.sets import IndicatorSet, Pair, SetItem, SetTarget, compute_gap, find_set_target, parse_set
from tumbuh.indicators.rules.values import GROUPS, SEXES, STRATA
from tumbuh.regions.api import Region

POVERTIES = tuple(dict.fromkeys(poverty for _, poverty in STRATA))
Counts = tuple[list[int], list[int]]  # numerators and denominators by stratum


@dataclass(frozen=True)
class SetValue:
    """One indicator of a set for a region and month. Without data numerator and denominator are None.

    `strata` are (sex, poverty, numerator, denominator); poverty is "" where the figure is not kept by it.
    """

    item: SetItem
    region: Region
    month: date
    numerator: int | None
    denominator: int | None
    strata: tuple[tuple[str, str, int, int], ...]

    @property
    def percent(self) -> Decimal | None:
        return Decimal(100) * self.numerator / self.denominator if self.denominator else None

    @property
    def target(self) -> SetTarget | None:
        return find_set_target(self.item, self.month)

    @property
    def gap(self) -> Decimal | None:
        return compute_gap(self.percent, self.target)

    def add_up(self, *, sex: str = "", poverty: str = "") -> tuple[int, int]:
        """Numerator and denominator of one sex or one state of poverty."""
        met = [row for row in self.strata if (not sex or row[0] == sex) and (not poverty or row[1] == poverty)]
        return sum(row[2] for row in met), sum(row[3] for row in met)


@cache
def list_sets() -> tuple[IndicatorSet, ...]:
    """The sets in `definitions/sets` in their order, read once per process."""
    pairs = frozenset(rule.key for rule in read_content().rules)
    known = frozenset(definition.code for definition in list_definitions())
    paths = sorted((settings.DEFINITIONS / "sets").glob("*.yaml"))
    found = [parse_set(read_yaml(path), path.name, pairs, known) for path in paths]
    if len({one.order for one in found}) != len(found):
        raise DefinitionError("sets: two sets have the same order")
    return tuple(sorted(found, key=lambda one: one.order))


def get_set(code: str) -> IndicatorSet:
    """One set by its code; raises IndicatorNotFound."""
    for one in list_sets():
        if one.code == code:
            return one
    codes = ", ".join(one.code for one in list_sets())
    raise IndicatorNotFound(f"Himpunan indikator “{code}” tidak ada. Yang ada: {codes}.")


def list_service_months(region: Region) -> list[date]:
    """Months that have service cells of the region, newest first."""
    cells = ServiceCell.objects.filter(region=region).order_by("-month")
    return list(cells.values_list("month", flat=True).distinct())


def read_set(chosen: IndicatorSet, regions: Sequence[Region], month: date) -> list[SetValue]:
    """Every indicator of the set for each region, region by region; two queries."""
    ids, month = [region.pk for region in regions], month.replace(day=1)
    services, growth = read_services(chosen, ids, month), read_growth(chosen, ids, month)
    return [make_value(item, region, month, services, growth) for region in regions for item in chosen.items]


def read_services(chosen: IndicatorSet, regions: list[int], month: date) -> dict[tuple[int, Pair], Counts]:
    wanted = {pair for item in chosen.items for pair in item.services}
    cells = ServiceCell.objects.filter(region__in=regions, month=month, service__in={service for _, service in wanted})
    rows = cells.values_list("region_id", "target_group", "service", "received", "due")
    return {(region, (group, service)): (got, due) for region, group, service, got, due in rows}


def read_growth(chosen: IndicatorSet, regions: list[int], month: date) -> dict[tuple[int, str], Counts]:
    wanted = {item.indicator for item in chosen.items} - {""}
    if not wanted:
        return {}
    cells = Cell.objects.filter(region__in=regions, month=month, indicator__in=wanted)
    rows = cells.values_list("region_id", "indicator", "numerators", "denominators")
    return {(region, code): (numerators, denominators) for region, code, numerators, denominators in rows}


def make_value(
    item: SetItem,
    region: Region,
    month: date,
    services: dict[tuple[int, Pair], Counts],
    growth: dict[tuple[int, str], Counts],
) -> SetValue:
    if item.indicator:
        strata = split_growth(growth.get((region.pk, item.indicator)))
    else:
        strata = split_services(services[region.pk, pair] for pair in item.services if (region.pk, pair) in services)
    if not strata:
        return SetValue(item, region, month, None, None, ())
    return SetValue(item, region, month, sum(row[2] for row in strata), sum(row[3] for row in strata), strata)


def split_services(cells: Iterable[Counts]) -> tuple[tuple[str, str, int, int], ...]:
    """Several services of different groups together, by stratum; those without anybody are left out."""
    sums = [[0, 0] for _ in STRATA]
    for received, due in cells:
        for place, counts in enumerate(zip(received, due, strict=True)):
            sums[place] = [old + new for old, new in zip(sums[place], counts, strict=True)]
    return tuple((*stratum, got, due) for stratum, (got, due) in zip(STRATA, sums, strict=True) if due)


def split_growth(counts: Counts | None) -> tuple[tuple[str, str, int, int], ...]:
    """A growth indicator by sex: it is not kept by poverty."""
    if counts is None:
        return ()
    rows = []
    for sex in SEXES:
        places = [place for place, (one, _) in enumerate(GROUPS) if one == sex]
        numerator, denominator = (sum(part[place] for place in places) for part in counts)
        rows.append((sex, "", numerator, denominator))
    return tuple(row for row in rows if row[3])
