"""Rows that callers hand in to be written: what happened in lives, by person or household."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tumbuh.records.actions.merging import Merged


@dataclass(frozen=True, slots=True)
class PregnancyRow:
    """A pregnancy as it stands now; `due_on` None: 280 days after `started_on`."""

    mother_id: int
    desa_id: int
    started_on: date
    due_on: date | None = None
    ended_on: date | None = None
    outcome: str = ""
    number: int | None = None
    is_risky: bool = False
    risks: tuple[str, ...] = ()
    is_wanted: bool | None = None


@dataclass(frozen=True, slots=True)
class CoupleRow:
    desa_id: int
    registered_on: date
    bride_id: int | None = None
    groom_id: int | None = None
    planned_on: date | None = None
    married_on: date | None = None
    called_off_on: date | None = None


@dataclass(frozen=True, slots=True)
class CheckRow:
    person_id: int
    desa_id: int
    checked_on: date
    weight_kg: Decimal | None = None
    height_cm: Decimal | None = None
    muac_cm: Decimal | None = None
    hb_g_dl: Decimal | None = None
    smoke: bool | None = None


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service to a person, or to a household as a whole."""

    desa_id: int
    code: str
    received_on: date
    person_id: int | None = None
    household_id: int | None = None
    posyandu_id: int | None = None
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class StatementRow:
    """What holds of a person, or of a household, from `stated_on` on."""

    desa_id: int
    code: str
    value: bool
    stated_on: date
    person_id: int | None = None
    household_id: int | None = None


@dataclass(frozen=True)
class LifeRows:
    """What one source says, all kinds together."""

    pregnancies: Sequence[PregnancyRow] = ()
    couples: Sequence[CoupleRow] = ()
    checks: Sequence[CheckRow] = ()
    services: Sequence[ServiceRow] = ()
    statements: Sequence[StatementRow] = ()


@dataclass(frozen=True)
class LifeSaved:
    """How many rows of each kind were new and changed, and the desa and months whose figures they touch."""

    merged: dict[str, Merged] = field(default_factory=dict)
    desa_months: list[tuple[int, date]] = field(default_factory=list)

    @property
    def new(self) -> int:
        return sum(one.new for one in self.merged.values())

    @property
    def changed(self) -> int:
        return sum(one.changed for one in self.merged.values())
