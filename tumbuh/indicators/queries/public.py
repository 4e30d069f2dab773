"""Figures as the public may see them, with their places.

They come from the protected tree of their month, whatever part of it is asked for: so all pages say the same of a
region, and together they tell no more than one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tumbuh.engines.disclosure.api import Label, Protected
from tumbuh.indicators.queries.definitions import get_definition
from tumbuh.indicators.queries.trees import list_public_trees
from tumbuh.indicators.queries.values import list_months
from tumbuh.indicators.rules.values import get_status
from tumbuh.regions.api import Level, Region, get_number, list_regions
from tumbuh.verification.api import list_official

NOTHING = Protected(None, None, None, Label.NO_DATA)


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


def list_public_values(
    *, indicator: str, month: date, level: Level | int | None = None, within: str | None = None
) -> list[PublicValue]:
    """Like list_values, protected so that no hidden count can be found from all other public figures."""
    regions = list(list_regions(within=within, level=level))
    return protect_regions(indicator, regions, [month.replace(day=1)])


def list_public_trend(indicator: str, region: str, first: date, last: date) -> list[PublicValue]:
    """Like list_trend, protected: each month beside the other regions of that month."""
    places = [place for place in list_regions(within=region) if place.pk == get_number(region)]
    return protect_regions(indicator, places, list_months(first, last))


def protect_regions(indicator: str, regions: Sequence[Region], months: Sequence[date]) -> list[PublicValue]:
    """The figure of each region and month from its province's trees."""
    get_definition(indicator)
    trees = {
        province: list_public_trees(province, [(indicator, month) for month in months])
        for province in dict.fromkeys(region.code[:2] for region in regions)
    }
    official = list_official([region.pk for region in regions], months)
    return [
        PublicValue(
            indicator,
            region.pk,
            region.code,
            region.name,
            region.level,
            month,
            trees[region.code[:2]][indicator, month].get(region.pk, NOTHING),
            get_status(region.pk, month, official).value,
        )
        for region in regions
        for month in months
    ]
