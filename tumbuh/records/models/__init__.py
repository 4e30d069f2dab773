"""The register, and what stood in it before."""

from tumbuh.records.models.histories import (
    CoupleHistory,
    HealthCheckHistory,
    HouseholdHistory,
    MeasurementHistory,
    PersonHistory,
    PregnancyHistory,
    ServiceReceivedHistory,
    StatementHistory,
)
from tumbuh.records.models.life import Couple, HealthCheck, Pregnancy
from tumbuh.records.models.merging import DuplicateCandidate, PersonMerge
from tumbuh.records.models.months import CountingMonth, PersonMonth, Receipt
from tumbuh.records.models.received import ServiceReceived, Statement
from tumbuh.records.models.register import ChildMonth, Household, Measurement, Person, SourceBatch

__all__ = [
    "ChildMonth",
    "CountingMonth",
    "Couple",
    "CoupleHistory",
    "DuplicateCandidate",
    "HealthCheck",
    "HealthCheckHistory",
    "Household",
    "HouseholdHistory",
    "Measurement",
    "MeasurementHistory",
    "Person",
    "PersonHistory",
    "PersonMerge",
    "PersonMonth",
    "Pregnancy",
    "PregnancyHistory",
    "Receipt",
    "ServiceReceived",
    "ServiceReceivedHistory",
    "SourceBatch",
    "Statement",
    "StatementHistory",
]
