"""Figures that other systems report of a desa, and which of ours says the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

AKSI_BANGDA, DUKCAPIL = "aksi_bangda", "dukcapil"
UNDER_FIVE = "under_five"  # residents of 0-4 years, worked out by the reader of Dukcapil's list


class Reported(NamedTuple):
    """The counts of one desa in one period, as (code, number) pairs."""

    region_id: int
    period: date
    figures: tuple[tuple[str, int], ...]


class Side(NamedTuple):
    """One side of a growth indicator; `minus` takes the same side of another one off."""

    indicator: str
    part: str
    minus: str = ""


# The reported figures that growth indicators say too; those of the 29 come from the set itself.
GROWTH: Mapping[str, Side] = {
    "measured": Side("stunting", "denominator"),
    "severe": Side("severe_stunting", "numerator"),
    "short": Side("stunting", "numerator", minus="severe_stunting"),
}


@dataclass(frozen=True)
class Beside:
    """A reported number beside ours of the same desa and month; `ours` None: we do not compute it."""

    code: str
    reported: int
    ours: int | None
    desa: int

    @property
    def difference(self) -> int | None:
        return None if self.ours is None else self.reported - self.ours


def add_up(rows: Iterable[Mapping[str, int]]) -> dict[str, tuple[int, int]]:
    """code → (sum, how many rows say it)."""
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        for code, number in row.items():
            total, count = found.get(code, (0, 0))
            found[code] = (total + number, count + 1)
    return found
