"""Whether the parts of this platform live that the regulation wants, and where an indicator stands.

A part that this platform does not have yet is not known (None), never alive.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from tumbuh.indicators.api import find_value, list_trend
from tumbuh.programme.rules import System
from tumbuh.regions.api import Region
from tumbuh.verification.api import list_official

EVERYWHERE_COUNTED = "weighed_share"  # its denominator is the whole register


def list_months_of(year: int) -> list[date]:
    return [date(year, month, 1) for month in range(1, 13)]


def list_official_months(region_id: int, year: int) -> list[date]:
    """The region's official months of a year, oldest first; one query."""
    return sorted(month for _region, month in list_official([region_id], list_months_of(year)))


def has_official_month(region_id: int, year: int) -> bool:
    """Whether all desa of a month were accepted by the province at least once that year."""
    return bool(list_official_months(region_id, year))


def has_figures(region_id: int, year: int) -> bool:
    """Whether figures of that year exist for the region."""
    region = Region.objects.get(pk=region_id)
    trend = list_trend(EVERYWHERE_COUNTED, region.code, date(year, 1, 1), date(year, 12, 1))
    return any(value.denominator for value in trend)


CHECKS: dict[str, Callable[[int, int], bool]] = {
    System.SATU_DATA: has_official_month,
    System.TIERED_DATA: has_official_month,
    System.SERVICE_DATA: has_figures,
}


def find_system(system: str, region_id: int, year: int) -> bool | None:
    """Whether it lived in that year; None while this platform cannot tell."""
    check = CHECKS.get(system)
    return None if check is None else check(region_id, year)


def find_ceiling(region_id: int, indicator: str, year: int) -> Decimal | None:
    """The indicator's value in the newest official month of the year, in per cent; None without one."""
    months = list_official_months(region_id, year)
    if not months:
        return None
    region = Region.objects.get(pk=region_id)
    found = find_value(indicator, region.code, months[-1])
    return found and found.value
