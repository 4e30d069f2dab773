"""The door of the growth engine."""

from tumbuh.engines.anthropometry.kernel import compute_zscores
from tumbuh.engines.anthropometry.results import ZScores
from tumbuh.engines.anthropometry.rules import (
    INDICATORS,
    MISSING,
    AgeRule,
    ModeCode,
    RowError,
    SexCode,
    list_row_errors,
)

__all__ = [
    "INDICATORS",
    "MISSING",
    "AgeRule",
    "ModeCode",
    "RowError",
    "SexCode",
    "ZScores",
    "compute_zscores",
    "list_row_errors",
]
