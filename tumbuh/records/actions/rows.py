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

    def list_entered(self, today: date) -> set[tuple[int, date]]:
        """The desa and months into whose package of services the rows go; a pregnancy into each month that it lasts."""
        days = [(row.desa_id, row.checked_on) for row in self.checks]
        days += [(row.desa_id, row.received_on) for row in self.services]
        days += [(row.desa_id, row.stated_on) for row in self.statements]
        spans = [(row.desa_id, row.started_on, row.ended_on) for row in self.pregnancies]
        spans += [(row.desa_id, row.registered_on, row.married_on or row.called_off_on) for row in self.couples]
        entered = {(desa_id, day.replace(day=1)) for desa_id, day in days}
        for desa_id, first, last in spans:
            entered |= {(desa_id, month) for month in list_months_between(first, min(last or today, today))}
        return entered


def list_months_between(first: date, last: date) -> list[date]:
    """The first days of the months from one day to another."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


@dataclass(frozen=True)
class LifeSaved:
    """How many rows of each kind were new and changed, and the desa and months whose figures they touch.

    `entered_months`: of these, those whose package of services the rows go into.
    """

    merged: dict[str, Merged] = field(default_factory=dict)
    desa_months: list[tuple[int, date]] = field(default_factory=list)
    entered_months: list[tuple[int, date]] = field(default_factory=list)

    @property
    def new(self) -> int:
        return sum(one.new for one in self.merged.values())

    @property
    def changed(self) -> int:
        return sum(one.changed for one in self.merged.values())
