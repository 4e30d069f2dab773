"""Reading figures from the cells: one query each, and one for which of them are official."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from tumbuh.indicators.queries.definitions import get_definition
from tumbuh.indicators.rules.values import (
    AGE_GROUPS,
    BREAKDOWNS,
    GROUPS,
    SEXES,
    Official,
    Value,
    compute_percent,
    get_status,
)
from tumbuh.regions.api import Level, get_number, get_span
from tumbuh.verification.api import list_official

# Regions and months first, so that those without data are there too.
VALUES = """
SELECT r.id, r.code, r.name, r.level, m.month, {counts}
FROM regions_region r CROSS JOIN unnest(%(months)s::date[]) AS m(month)
LEFT JOIN indicators_cell c ON c.region_id = r.id AND c.month = m.month AND c.indicator = %(indicator)s
    AND c.level = ANY(%(levels)s) AND c.month = ANY(%(months)s) AND c.region_id BETWEEN %(low)s AND %(high)s
WHERE r.is_active AND r.level = ANY(%(levels)s) AND r.id BETWEEN %(low)s AND %(high)s
ORDER BY r.id, m.month
"""
TOTALS = "coalesce(c.numerator, 0), coalesce(c.denominator, 0)"
ARRAYS = "c.numerators, c.denominators"
EVERYWHERE = (0, 10**10)
PARTS = {"sex": SEXES, "age_group": AGE_GROUPS}


def find_value(indicator: str, region: str, month: date) -> Value | None:
    """The figure of an active region (by code) and month, None where nothing was ever recorded."""
    values = list_trend(indicator, region, month, month)
    return values[0] if values and values[0].denominator else None


def list_values(
    *,
    indicator: str,
    month: date,
    level: Level | int | None = None,
    within: str | None = None,
    by: str | None = None,
    official: Official | None = None,
) -> list[Value]:
    """Figures of all active regions of a level (all levels: None) in `within` (itself included), in code order.

    Regions without data have denominator 0 and value None. `by` is "sex" or "age_group": one Value per group.
    `official`: the (region id, month) that are official, where the caller knows them already.
    """
    span = get_span(within) if within else EVERYWHERE
    levels = [int(level)] if level else list(map(int, Level))
    return fetch_values(indicator, [month], span, levels=levels, by=by, official=official)


def list_trend(indicator: str, region: str, first: date, last: date, *, by: str | None = None) -> list[Value]:
    """One figure per month from first to last, both included; months without data have value None."""
    number = get_number(region)
    return fetch_values(indicator, list_months(first, last), (number, number), levels=list(map(int, Level)), by=by)


def list_months(first: date, last: date) -> list[date]:
    """First days of the months from first to last."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def fetch_values(
    indicator: str,
    months: Sequence[date],
    span: Sequence[int],
    *,
    levels: list[int],
    by: str | None,
    official: Official | None = None,
) -> list[Value]:
    """Two queries; with `by`, each region and month gets every group, the empty ones too."""
    get_definition(indicator)
    if by is not None and by not in BREAKDOWNS:
        raise ValueError(f"by is {by!r}, not one of {', '.join(BREAKDOWNS)}")
    parameters = {"indicator": indicator, "months": [m.replace(day=1) for m in months], "levels": levels}
    with connection.cursor() as cursor:
        cursor.execute(VALUES.format(counts=ARRAYS if by else TOTALS), {**parameters, "low": span[0], "high": span[1]})
        rows = cursor.fetchall()
    if official is None:
        official = list_official({row[0] for row in rows}, parameters["months"])
    if by:
        return [make_value(indicator, part, by, official) for row in rows for part in split(row, by)]
    return [make_value(indicator, (*row[:5], "", *row[5:]), by, official) for row in rows]


def split(row: tuple[Any, ...], by: str) -> list[tuple[Any, ...]]:
    """A row for each sex or age group of a region and month, in their usual order; zeros where there is no cell."""
    *place, numerators, denominators = row
    sums = {part: [0, 0] for part in PARTS[by]}
    for group, numerator, denominator in zip(GROUPS, numerators or (), denominators or (), strict=False):
        pair = sums[group[BREAKDOWNS.index(by)]]
        pair[0] += numerator
        pair[1] += denominator
    return [(*place, part, *pair) for part, pair in sums.items()]


def make_value(indicator: str, row: tuple[Any, ...], by: str | None, official: Official) -> Value:
    region_id, code, name, level, month, part, numerator, denominator = row
    return Value(
        indicator=indicator,
        region_id=region_id,
        region_code=code,
        region_name=name,
        level=level,
        month=month,
        sex=part if by == "sex" else "",
        age_group=part if by == "age_group" else "",
        numerator=numerator,
        denominator=denominator,
        value=compute_percent(numerator, denominator),
        status=get_status(region_id, month, official).value,
    )


def latest_month(region: str | None = None) -> date | None:
    """The newest month in which a child was weighed there (anywhere: None)."""
    where, parameters = "c.level = 1", []
    if region is not None:
        where, parameters = "c.region_id = %s", [get_number(region)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT max(c.month) FROM indicators_cell c"
            f" WHERE {where} AND c.indicator = 'weighed_share' AND c.numerator > 0",
            parameters,
        )
        return cursor.fetchone()[0]
