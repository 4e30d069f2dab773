"""The door of the growth engine."""

from tumbuh.engines.anthropometry.categories import (
    Category,
    Cutoff,
    classify_baz,
    classify_haz,
    classify_many,
    classify_waz,
    classify_whz,
    find_category,
    get_cutoffs,
    list_categories,
)
from tumbuh.engines.anthropometry.curves import ZCurves, list_zcurves
from tumbuh.engines.anthropometry.kernel import compute_zscores
from tumbuh.engines.anthropometry.parameters import get_parameters
from tumbuh.engines.anthropometry.quality import QualityStatistics, quality_statistics
from tumbuh.engines.anthropometry.results import ZScores
from tumbuh.engines.anthropometry.rules import (
    DAYS_PER_MONTH,
    HEIGHT_FROM_DAY,
    INDICATORS,
    LYING_MINUS_STANDING_CM,
    MISSING,
    AgeRule,
    ModeCode,
    RowError,
    SexCode,
    list_row_errors,
)
from tumbuh.engines.anthropometry.velocity import GrowthFinding, growth_findings
from tumbuh.engines.anthropometry.weight_gain import UnsortedError, weight_gain_status, weight_gain_statuses

__all__ = [
    "DAYS_PER_MONTH",
    "HEIGHT_FROM_DAY",
    "INDICATORS",
    "LYING_MINUS_STANDING_CM",
    "MISSING",
    "AgeRule",
    "Category",
    "Cutoff",
    "GrowthFinding",
    "ModeCode",
    "QualityStatistics",
    "RowError",
    "SexCode",
    "UnsortedError",
    "ZCurves",
    "ZScores",
    "classify_baz",
    "classify_haz",
    "classify_many",
    "classify_waz",
    "classify_whz",
    "compute_zscores",
    "find_category",
    "get_cutoffs",
    "get_parameters",
    "growth_findings",
    "list_categories",
    "list_row_errors",
    "list_zcurves",
    "quality_statistics",
    "weight_gain_status",
    "weight_gain_statuses",
]
