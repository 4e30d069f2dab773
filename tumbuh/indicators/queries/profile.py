"""Everything a region's page needs, in one query each."""

from datetime import date

from django.db.models import Sum

from tumbuh.indicators.models import Cell
from tumbuh.indicators.rules.values import Status, Value, compute_percent
from tumbuh.regions.api import Region


def _make_value(region: Region, row: dict[str, object]) -> Value:
    numerator, denominator = row["numerators"], row["denominators"]
    return Value(
        indicator=row["indicator"],
        region_id=region.pk,
        region_code=region.code,
        region_name=region.name,
        level=region.level,
        month=row["month"],
        sex=row.get("sex", ""),
        age_group=row.get("age_group", ""),
        numerator=numerator,
        denominator=denominator,
        value=compute_percent(numerator, denominator),
        status=Status.PROVISIONAL,
    )


def list_profile(region: Region, first: date, last: date) -> list[Value]:
    """Every indicator of a region in every month from first to last that has figures, by indicator and month."""
    cells = Cell.objects.filter(region=region, month__range=(first, last)).order_by("indicator", "month")
    rows = cells.values("indicator", "month").annotate(numerators=Sum("numerator"), denominators=Sum("denominator"))
    return [_make_value(region, row) for row in rows]


def list_breakdown(indicator: str, region: Region, month: date) -> list[Value]:
    """One indicator's figures by sex and age group together, groups without children left out."""
    cells = Cell.objects.filter(region=region, month=month, indicator=indicator).order_by("sex", "age_group")
    rows = cells.values("indicator", "month", "sex", "age_group").annotate(
        numerators=Sum("numerator"), denominators=Sum("denominator")
    )
    return [_make_value(region, row) for row in rows]
