"""Figures as the public may see them: the whole tree of a month through disclosure control at once.

Each region is protected beside all others that are published for the month, whatever part of them a page shows: so
all pages say the same of a region, and together they tell no more than one.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml
from django.conf import settings

from tumbuh.engines.disclosure.api import Figure, Parameters, Protected, protect_tree
from tumbuh.indicators.queries.values import EVERYWHERE, fetch_values, list_months
from tumbuh.indicators.rules.values import Value
from tumbuh.regions.api import Level, get_level, get_number, get_parent_code, get_span


@dataclass(frozen=True)
class PublicValue:
    """A protected figure with its place. The true counts are not here."""

    indicator: str
    region_id: int
    region_code: str
    region_name: str
    level: int
    month: date
    figure: Protected
    status: str


def load_parameters(month: date) -> Parameters:
    """The rules of protection in force in a month."""
    content: dict[str, Any] = yaml.safe_load((settings.DEFINITIONS / "parameters/disclosure.yaml").read_text())
    valid = [entry for entry in content["values"] if entry["valid_from"] <= month] or content["values"][:1]
    newest = max(valid, key=lambda entry: entry["valid_from"])
    return Parameters(newest["threshold"], newest["base"], newest["rate_minimum"])


def list_public_values(
    *, indicator: str, month: date, level: Level | int | None = None, within: str | None = None
) -> list[PublicValue]:
    """Like list_values, protected so that no hidden count can be found from all other public figures."""
    low, high = get_span(within) if within else EVERYWHERE
    province = get_span(within[:2]) if within else EVERYWHERE
    return [
        value
        for value in protect_values(fetch_values(indicator, [month], province, levels=list(map(int, Level)), by=None))
        if low <= value.region_id <= high and level in (None, value.level)
    ]


def list_public_trend(indicator: str, region: str, first: date, last: date) -> list[PublicValue]:
    """Like list_trend, protected: each month beside the other regions of that month.

    A figure of a province or kabupaten does not depend on desa: theirs only decide within a kecamatan.
    """
    number = get_number(region)
    lowest = Level.KECAMATAN if get_level(region) <= Level.KABUPATEN else Level.DESA
    levels = [int(level) for level in Level if level <= lowest]
    values = fetch_values(indicator, list_months(first, last), get_span(region[:2]), levels=levels, by=None)
    return [value for value in protect_values(values) if value.region_id == number]


def protect_values(values: Sequence[Value]) -> list[PublicValue]:
    """Each value as it may be published beside the others of its month."""
    by_month: dict[date, list[Value]] = defaultdict(list)
    for value in values:
        by_month[value.month].append(value)
    figures = {month: protect_month(group, load_parameters(month)) for month, group in by_month.items()}
    return [
        PublicValue(
            value.indicator,
            value.region_id,
            value.region_code,
            value.region_name,
            value.level,
            value.month,
            figures[value.month][value.region_id],
            value.status,
        )
        for value in values
    ]


def protect_month(values: Sequence[Value], parameters: Parameters) -> dict[int, Protected]:
    """One month's tree of regions, protected."""
    figures = {value.region_id: Figure(value.numerator, value.denominator) for value in values}
    parents = {
        value.region_id: get_number(parent)
        for value in values
        if (parent := get_parent_code(value.region_code)) is not None
    }
    return protect_tree(figures, parents, parameters)
