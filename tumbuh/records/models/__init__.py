"""The register, and what stood in it before."""

from tumbuh.records.models.histories import HouseholdHistory, MeasurementHistory, PersonHistory
from tumbuh.records.models.register import ChildMonth, Household, Measurement, Person, SourceBatch

__all__ = [
    "ChildMonth",
    "Household",
    "HouseholdHistory",
    "Measurement",
    "MeasurementHistory",
    "Person",
    "PersonHistory",
    "SourceBatch",
]
