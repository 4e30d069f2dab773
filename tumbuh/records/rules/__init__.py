"""Codes and pure decisions about people and measurements."""

from tumbuh.records.rules.codes import Leaving, Mode, NikStatus, Outcome, Sex, WeightGain
from tumbuh.records.rules.matching import SAVED, Verdict
from tumbuh.records.rules.reading import PURPOSE_MINUTES, Purpose, is_routine

__all__ = [
    "PURPOSE_MINUTES",
    "SAVED",
    "Leaving",
    "Mode",
    "NikStatus",
    "Outcome",
    "Purpose",
    "Sex",
    "Verdict",
    "WeightGain",
    "is_routine",
]
