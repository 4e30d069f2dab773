"""The door of the reconciling engine."""

from tumbuh.engines.reconcile.bounds import Bounds, Routine, adjust_for_coverage, compute_bounds
from tumbuh.engines.reconcile.comparison import Comparison, Estimate, Note, Ratio, compare_numbers, count_missing
from tumbuh.engines.reconcile.survey import Basis, Survey, make_survey

__all__ = [
    "Basis",
    "Bounds",
    "Comparison",
    "Estimate",
    "Note",
    "Ratio",
    "Routine",
    "Survey",
    "adjust_for_coverage",
    "compare_numbers",
    "compute_bounds",
    "count_missing",
    "make_survey",
]
