"""The door of the regions room."""

from tumbuh.regions.models import Boundary, Facility, Population, Region, RegionChange
from tumbuh.regions.queries import get_region, list_ancestors, list_regions
from tumbuh.regions.rules import (
    Kind,
    Level,
    RegionCodeError,
    Span,
    check_code,
    get_code,
    get_level,
    get_number,
    get_parent_code,
    get_span,
)

__all__ = [
    "Boundary",
    "Facility",
    "Kind",
    "Level",
    "Population",
    "Region",
    "RegionChange",
    "RegionCodeError",
    "Span",
    "check_code",
    "get_code",
    "get_level",
    "get_number",
    "get_parent_code",
    "get_region",
    "get_span",
    "list_ancestors",
    "list_regions",
]
