"""Figures of a small province, written straight into the cells."""

from collections import defaultdict
from datetime import date

from tumbuh.indicators.api import forget_trees, list_definitions
from tumbuh.indicators.models import Cell
from tumbuh.regions.api import Region

MONTHS = [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]
COUNTS = {  # desa → children registered, weighed, stunted; the other indicators take a tenth of those weighed
    "91.01.01.2001": (400, 320, 80),
    "91.01.01.2002": (300, 250, 40),
    "91.01.02.1001": (500, 450, 60),
    "91.02.01.2001": (60, 50, 4),
    "91.71.01.1001": (900, 800, 200),
}


def make_cells(regions: dict[str, Region], months: list[date] = MONTHS, counts=COUNTS) -> None:
    """Cells of every indicator for the desa in `counts` and all regions above them: boys 24-35, girls 6-11 months."""
    sums: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])
    for code, (registered, weighed, stunted) in counts.items():
        for month in months:
            for definition in list_definitions():
                numerator, denominator = {
                    "stunting": (stunted, weighed),
                    "weighed_share": (weighed, registered),
                }.get(definition.code, (weighed // 10, weighed))
                halves = (("M", "24-35", numerator // 2, denominator // 2),
                          ("F", "6-11", numerator - numerator // 2, denominator - denominator // 2))  # fmt: skip
                for sex, age, part, among in halves:
                    for length in (2, 5, 8, 13):
                        pair = sums[code[:length], month, definition.code, sex, age]
                        pair[0] += part
                        pair[1] += among
    Cell.objects.bulk_create(
        Cell(region=regions[code], level=regions[code].level, month=month, indicator=indicator, sex=sex, age_group=age,
             numerator=numerator, denominator=denominator)
        for (code, month, indicator, sex, age), (numerator, denominator) in sums.items()
    )  # fmt: skip
    forget_trees()
