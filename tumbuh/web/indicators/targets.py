"""The regulation's yearly targets as the pictures and sentences use them."""

from tumbuh.programme.api import list_province_targets
from tumbuh.regions.api import Region
from tumbuh.web.site.trend import Target


def list_targets(region: Region, indicator: str = "stunting") -> list[Target]:
    """The targets of the regulation in force in the region's province, by year; empty without one. One query."""
    return [Target(row.year, row.percent) for row in list_province_targets(region.code[:2], indicator)]
