"""Everything a region's page needs, from cells that are read once."""

from collections.abc import Collection
from datetime import date

from tumbuh.indicators.models import Cell
from tumbuh.indicators.rules.values import GROUPS, Official, Value, compute_percent, get_status
from tumbuh.regions.api import Region


def _make_value(
    region: Region, cell: Cell, counts: tuple[int, int], official: Official, sex: str = "", group: str = ""
) -> Value:
    numerator, denominator = counts
    return Value(
        indicator=cell.indicator,
        region_id=region.pk,
        region_code=region.code,
        region_name=region.name,
        level=region.level,
        month=cell.month,
        sex=sex,
        age_group=group,
        numerator=numerator,
        denominator=denominator,
        value=compute_percent(numerator, denominator),
        status=get_status(region.pk, cell.month, official).value,
    )


def list_cells(region: Region, first: date, last: date) -> list[Cell]:
    """The region's cells of every month from first to last, by indicator and month; one query."""
    return list(Cell.objects.filter(region=region, month__range=(first, last)).order_by("indicator", "month"))


def list_profile(region: Region, cells: Collection[Cell], official: Official) -> list[Value]:
    """Each cell of the region as a figure."""
    return [_make_value(region, cell, (cell.numerator, cell.denominator), official) for cell in cells]


def list_breakdown(
    indicator: str, region: Region, month: date, cells: Collection[Cell], official: Official
) -> list[Value]:
    """One indicator's figures of a month by sex and age group together, groups without children left out."""
    return [
        _make_value(region, cell, (numerator, denominator), official, *group)
        for cell in cells
        if (cell.indicator, cell.month) == (indicator, month)
        for group, numerator, denominator in zip(GROUPS, cell.numerators, cell.denominators, strict=True)
        if denominator
    ]
