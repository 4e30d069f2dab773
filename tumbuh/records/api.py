"""The door of the records room."""

from tumbuh.records.models import Household, Measurement, Person, SourceBatch
from tumbuh.records.rules import Mode, NikStatus, Sex, WeightGain

__all__ = [
    "Household",
    "Measurement",
    "Mode",
    "NikStatus",
    "Person",
    "Sex",
    "SourceBatch",
    "WeightGain",
]
