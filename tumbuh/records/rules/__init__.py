"""Codes and pure decisions about people and measurements."""

from tumbuh.records.rules.codes import Leaving, Mode, NikStatus, Outcome, Sex, WeightGain
from tumbuh.records.rules.matching import SAVED, Verdict
from tumbuh.records.rules.merging import ASK_FROM, SURE_FROM, CandidateState, Moves, Stays
from tumbuh.records.rules.reading import PURPOSE_MINUTES, Purpose, is_routine

__all__ = [
    "ASK_FROM",
    "PURPOSE_MINUTES",
    "SAVED",
    "SURE_FROM",
    "CandidateState",
    "Leaving",
    "Mode",
    "Moves",
    "NikStatus",
    "Outcome",
    "Purpose",
    "Sex",
    "Stays",
    "Verdict",
    "WeightGain",
    "is_routine",
]
