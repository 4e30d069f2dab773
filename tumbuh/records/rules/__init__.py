"""Codes and pure decisions about people and measurements."""

from tumbuh.records.rules.codes import Mode, NikStatus, Sex, WeightGain
from tumbuh.records.rules.matching import SAVED, Verdict

__all__ = ["SAVED", "Mode", "NikStatus", "Sex", "Verdict", "WeightGain"]
