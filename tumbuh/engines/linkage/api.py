"""The door of record linkage: folding names, distances between texts."""

from tumbuh.engines.linkage.distance import edit_distance
from tumbuh.engines.linkage.names import fold_name

__all__ = ["edit_distance", "fold_name"]
