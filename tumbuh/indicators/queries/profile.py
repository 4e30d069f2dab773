"""Everything a region's page needs, in one query each."""

from datetime import date

from tumbuh.indicators.models import Cell
from tumbuh.indicators.rules.values import GROUPS, Status, Value, compute_percent
from tumbuh.regions.api import Region


def _make_value(
    region: Region, cell: Cell, numerator: int, denominator: int, sex: str = "", age_group: str = ""
) -> Value:
    return Value(
        indicator=cell.indicator,
        region_id=region.pk,
        region_code=region.code,
        region_name=region.name,
        level=region.level,
        month=cell.month,
        sex=sex,
        age_group=age_group,
        numerator=numerator,
        denominator=denominator,
        value=compute_percent(numerator, denominator),
        status=Status.PROVISIONAL,
    )


def list_profile(region: Region, first: date, last: date) -> list[Value]:
    """Every indicator of a region in every month from first to last that has figures, by indicator and month."""
    cells = Cell.objects.filter(region=region, month__range=(first, last)).order_by("indicator", "month")
    return [_make_value(region, cell, cell.numerator, cell.denominator) for cell in cells]


def list_breakdown(indicator: str, region: Region, month: date) -> list[Value]:
    """One indicator's figures by sex and age group together, groups without children left out."""
    return [
        _make_value(region, cell, numerator, denominator, *group)
        for cell in Cell.objects.filter(region=region, month=month, indicator=indicator)
        for group, numerator, denominator in zip(GROUPS, cell.numerators, cell.denominators, strict=True)
        if denominator
    ]
