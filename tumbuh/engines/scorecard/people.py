"""One person in one quarter: what conditions may ask, and what is worked out from the dates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from tumbuh.engines.definitions.api import Columns

STATEMENTS = ("water", "latrine", "insurance", "birth_certificate", "preschool")
COLUMNS: Columns = {
    "kind": str,
    "age_months": int,
    "gestation_days": int,
    "is_delivered": bool,
    "days_since_birth": int,
    "is_risky": bool,
    "muac_mm": int,
    "haz": int,
    "whz": int,
    "oedema": bool,
    **dict.fromkeys(STATEMENTS, bool),
}
MOTHER, CHILD = "MOTHER", "CHILD"


@dataclass(frozen=True, slots=True)
class Received:
    """A service on a day, its quantities of that day together."""

    received_on: date
    quantity: int = 1


@dataclass(frozen=True)
class Life:
    """A pregnant woman or one who gave birth in the quarter (`kind` MOTHER), or a child (CHILD), as of `read_on`.

    `facts` has the columns of COLUMNS that are recorded as such: is_risky, muac_mm, haz, whz, oedema, statements.
    `received` holds the receipts by code, in the order of days. `household` tells households apart.
    """

    person_id: int
    desa_id: int
    kind: str
    first: date
    read_on: date
    born_on: date
    household: str
    pregnancy_on: date | None = None
    pregnancy_ended_on: date | None = None
    birth_on: date | None = None
    registered_on: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    received: Mapping[str, Sequence[Received]] = field(default_factory=dict)

    @cached_property
    def row(self) -> dict[str, Any]:
        """Every column of COLUMNS; None where nothing is known."""
        is_mother = self.kind == MOTHER
        end = min(self.pregnancy_ended_on or self.read_on, self.read_on)
        return {
            **dict.fromkeys(COLUMNS),
            "is_risky": False,
            "oedema": False,
            **self.facts,
            "kind": self.kind,
            "age_months": count_months(self.born_on, self.read_on),
            "gestation_days": (end - self.pregnancy_on).days if is_mother and self.pregnancy_on else None,
            "is_delivered": is_mother and self.birth_on is not None,
            "days_since_birth": (self.read_on - self.birth_on).days if is_mother and self.birth_on else None,
        }

    @cached_property
    def due_months(self) -> tuple[date, ...]:
        """First days of the quarter's months at whose end she was pregnant, or the child 1 month old or more.

        Months before the person came into the register are not due.
        """
        months = list_months(self.first, self.read_on)
        return tuple(month for month in months if self.is_due(end_month(month)))

    def is_due(self, on: date) -> bool:
        if self.registered_on is not None and self.registered_on > on:
            return False
        if self.kind == CHILD:
            return count_months(self.born_on, on) >= 1
        if self.pregnancy_on is None:
            return False
        ended = self.pregnancy_ended_on or self.birth_on
        return self.pregnancy_on <= on and (ended is None or ended > on)


def count_months(since: date, until: date) -> int:
    """Completed months."""
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)


def list_months(first: date, last: date) -> list[date]:
    """First days of the months from first to last."""
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def end_month(day: date) -> date:
    """The month's last day."""
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)


def first_of_quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def end_quarter(first: date) -> date:
    """The last day of the quarter that begins on this day."""
    return end_month(date(first.year, first.month + 2, 1))
