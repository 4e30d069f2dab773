"""The door of the engine that computes z-scores of whole files."""

from tumbuh.engines.growth_files.errors import GrowthFileError
from tumbuh.engines.growth_files.run import Summary, compute_file

__all__ = ["GrowthFileError", "Summary", "compute_file"]
