"""Every write to regions, facilities, populations and boundaries."""

from tumbuh.regions.actions.boundaries import BoundaryReport, load_boundaries, prepare_sheets
from tumbuh.regions.actions.bps import BpsReport, set_bps_codes
from tumbuh.regions.actions.changes import record_change
from tumbuh.regions.actions.facilities import ensure_facilities
from tumbuh.regions.actions.loading import load_regions
from tumbuh.regions.actions.local import add_local_region
from tumbuh.regions.actions.populations import PopulationReport, load_populations

__all__ = [
    "BoundaryReport",
    "BpsReport",
    "PopulationReport",
    "add_local_region",
    "ensure_facilities",
    "load_boundaries",
    "load_populations",
    "load_regions",
    "prepare_sheets",
    "record_change",
    "set_bps_codes",
]
