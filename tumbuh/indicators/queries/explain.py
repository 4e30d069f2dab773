"""Why a figure is what it is: formula, counts, who was left out, which imports it came from."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tumbuh.indicators.rules.definitions import Definition, Text
from tumbuh.indicators.rules.values import Value


@dataclass(frozen=True)
class Excluded:
    """Registered children who are not in the denominator, by reason."""

    code: str
    text: Text
    children: int


@dataclass(frozen=True)
class Contribution:
    """A batch (import, form) whose measurements are in the figure."""

    batch_id: UUID
    kind: str
    name: str
    recorded_at: datetime
    children: int


@dataclass(frozen=True)
class Explanation:
    """Everything the Mengapa panel shows. `registered` = denominator + sum of `excluded`."""

    definition: Definition
    value: Value
    registered: int
    excluded: tuple[Excluded, ...]
    contributions: tuple[Contribution, ...]


def explain(indicator: str, region: str, month: date) -> Explanation:
    """The story of one figure; raises IndicatorNotFound, Region.DoesNotExist."""
    raise NotImplementedError
