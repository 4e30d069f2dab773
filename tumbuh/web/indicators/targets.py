"""The regulation's yearly targets as the pictures and sentences use them."""

from tumbuh.programme.api import find_regulation, list_prevalence_targets
from tumbuh.regions.api import Region
from tumbuh.web.site.trend import Target


def list_targets(region: Region, indicator: str = "stunting") -> list[Target]:
    """The targets of the regulation in force in the region's province, by year; empty without one. Two queries."""
    regulation = find_regulation(province=region.code[:2])
    if regulation is None:
        return []
    return [Target(row.year, row.percent) for row in list_prevalence_targets(regulation, indicator)]
