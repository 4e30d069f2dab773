"""The door of the records room."""

from tumbuh.records.models import ChildMonth, Household, Measurement, Person, SourceBatch
from tumbuh.records.queries.months import list_desa_months, list_open_months
from tumbuh.records.rules import Mode, NikStatus, Sex, WeightGain

__all__ = [
    "ChildMonth",
    "Household",
    "Measurement",
    "Mode",
    "NikStatus",
    "Person",
    "Sex",
    "SourceBatch",
    "WeightGain",
    "list_desa_months",
    "list_open_months",
]
