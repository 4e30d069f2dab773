"""Codes and pure decisions about people and measurements."""

from tumbuh.records.rules.codes import Mode, NikStatus, Sex, WeightGain

__all__ = ["Mode", "NikStatus", "Sex", "WeightGain"]
