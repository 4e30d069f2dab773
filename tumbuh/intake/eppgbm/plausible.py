"""What a child can weigh and measure at all: bounds of definitions/intake/plausible.yaml."""

from bisect import bisect_right
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from tumbuh.intake.eppgbm.fields import load_yaml

DAYS_PER_MONTH = 30.4375


class Bounds(NamedTuple):
    """Lowest and highest value, both allowed."""

    low: Decimal
    high: Decimal

    def contains(self, value: Decimal) -> bool:
        """Whether the value lies within."""
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{self.low}–{self.high}"


@cache
def load_bounds() -> dict[str, Any]:
    """The whole table."""
    table: dict[str, Any] = load_yaml("plausible.yaml")
    return table


@cache
def get_possible(field: str) -> Bounds:
    """Bounds for any age under five years."""
    low, high = load_bounds()[field]["possible"]
    return Bounds(Decimal(str(low)), Decimal(str(high)))


@lru_cache(maxsize=8192)
def get_usual(field: str, age_days: int) -> Bounds:
    """Bounds at that age (days), straight lines between the months of the table."""
    table = load_bounds()
    months: list[int] = table["months"]
    age = min(max(age_days / DAYS_PER_MONTH, months[0]), months[-1])
    right = min(bisect_right(months, age), len(months) - 1)
    left = right - 1
    share = (age - months[left]) / (months[right] - months[left])

    def between(line: list[float]) -> Decimal:
        return Decimal(str(round(line[left] + share * (line[right] - line[left]), 1)))

    return Bounds(between(table[field]["low"]), between(table[field]["high"]))
