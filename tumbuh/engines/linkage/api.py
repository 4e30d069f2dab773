"""The door of record linkage: folding names, distances between texts, people who stand somewhere twice."""

from tumbuh.engines.linkage.batch import Pair, find_pairs
from tumbuh.engines.linkage.comparisons import COMPARISONS
from tumbuh.engines.linkage.distance import edit_distance
from tumbuh.engines.linkage.entries import Entry, is_certain_nik
from tumbuh.engines.linkage.model import Model, read_model, write_model
from tumbuh.engines.linkage.names import fold_name
from tumbuh.engines.linkage.single import find_alike
from tumbuh.engines.linkage.training import train

__all__ = [
    "COMPARISONS",
    "Entry",
    "Model",
    "Pair",
    "edit_distance",
    "find_alike",
    "find_pairs",
    "fold_name",
    "is_certain_nik",
    "read_model",
    "train",
    "write_model",
]
