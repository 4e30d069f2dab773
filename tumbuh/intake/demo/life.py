"""The rows of made-up lives, collected for one write."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tumbuh.intake.demo.kin import Family
from tumbuh.records.api import CheckRow, CoupleRow, LifeRows, PregnancyRow, ServiceRow, StatementRow


@dataclass
class Life:
    """Rows collected for one write. `months`: first days of those of which every month is told, oldest first."""

    plan: dict[str, Any]
    months: list[date]
    since: date
    until: date
    pregnancies: list[PregnancyRow] = field(default_factory=list)
    couples: list[CoupleRow] = field(default_factory=list)
    checks: list[CheckRow] = field(default_factory=list)
    services: list[ServiceRow] = field(default_factory=list)
    statements: list[StatementRow] = field(default_factory=list)

    @property
    def rows(self) -> LifeRows:
        return LifeRows(self.pregnancies, self.couples, self.checks, self.services, self.statements)

    def give(self, family: Family, person_id: int | None, code: str, day: date, quantity: int = 1) -> None:
        """A service, unless the day is still to come."""
        if day <= self.until:
            home = None if person_id else family.household_id
            self.services.append(ServiceRow(family.desa_id, code, day, person_id, home, family.posyandu_id, quantity))
