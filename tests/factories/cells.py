"""Figures of a small province, written straight into the cells."""

from collections import defaultdict
from datetime import date
from random import Random

from tumbuh.indicators.actions.refresh import fill_month, raise_versions, refresh_cells
from tumbuh.indicators.api import list_definitions
from tumbuh.indicators.models import Cell
from tumbuh.indicators.rules.values import GROUPS
from tumbuh.regions.api import Region

MONTHS = [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
COUNTS = {  # desa → children registered, weighed, stunted; the other indicators take a tenth of those weighed
    "91.01.01.2001": (400, 320, 80),
    "91.01.01.2002": (300, 250, 40),
    "91.01.02.1001": (500, 450, 60),
    "91.02.01.2001": (60, 50, 4),
    "91.71.01.1001": (900, 800, 200),
}


def make_random_cells(regions: dict[str, Region], rng: Random, months: list[date]) -> dict[tuple, list[list[int]]]:
    """Awkward villages: counts around the thresholds in every group. {(code, month, indicator): [numerators, …]}."""
    sums: dict[tuple, list[list[int]]] = defaultdict(lambda: [[0] * len(GROUPS), [0] * len(GROUPS)])
    for code in [code for code in regions if len(code) == 13]:
        for month in months:
            size = rng.choice([0, 1, 1, 2, 3, 4, 25])
            for indicator in [definition.code for definition in list_definitions()]:
                share = rng.choice([0.02, 0.2, 0.3, 0.9, 1])
                for place in range(len(GROUPS)):
                    among = rng.randint(0, 2 * size)
                    part = sum(rng.random() < share for _ in range(among))
                    for length in (2, 5, 8, 13):
                        sums[code[:length], month, indicator][0][place] += part
                        sums[code[:length], month, indicator][1][place] += among
    write_cells(regions, sums)
    raise_versions(months)
    return sums


def make_cells(regions: dict[str, Region], months: list[date] = MONTHS, counts=COUNTS) -> None:
    """Cells of every indicator for the desa in `counts` and all regions above them: boys 24-35, girls 6-11 months."""
    sums: dict[tuple, list[list[int]]] = defaultdict(lambda: [[0] * len(GROUPS), [0] * len(GROUPS)])
    for code, (registered, weighed, stunted) in counts.items():
        for month in months:
            for definition in list_definitions():
                numerator, denominator = {
                    "stunting": (stunted, weighed),
                    "weighed_share": (weighed, registered),
                }.get(definition.code, (weighed // 10, weighed))
                halves = ((("M", "24-35"), numerator // 2, denominator // 2),
                          (("F", "6-11"), numerator - numerator // 2, denominator - denominator // 2))  # fmt: skip
                for group, part, among in halves:
                    for length in (2, 5, 8, 13):
                        numerators, denominators = sums[code[:length], month, definition.code]
                        numerators[GROUPS.index(group)] += part
                        denominators[GROUPS.index(group)] += among
    write_cells(regions, sums)
    raise_versions(months)


def write_cells(regions: dict[str, Region], sums: dict[tuple, list[list[int]]]) -> None:
    Cell.objects.bulk_create(
        Cell(region=regions[code], level=regions[code].level, month=month, indicator=indicator,
             numerators=numerators, denominators=denominators)
        for (code, month, indicator), (numerators, denominators) in sums.items() if sum(denominators)
    )  # fmt: skip


def keep_cells(desa_months) -> None:
    """As a writer does, and the worker after it for months that begin to count."""
    for month in refresh_cells(desa_months):
        fill_month(month)
