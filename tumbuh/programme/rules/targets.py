"""What a target asks for in each year.

The years are those of the target, or the whole term of the regulation where the text states none.

| frequency | falls due |
| --- | --- |
| sekali | once, in the last of its years |
| tahunan | in each of its years, the full quantity |
| berkelanjutan | a state that must hold in each of its years |
| bertahap | progress in each of its years, complete in the last |

A cumulative target that names one year is the running total of that year. One that names several years with a
quantity is a yearly step: the total is the step times the years so far, and a share never exceeds 100 %.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from tumbuh.programme.rules.words import Frequency, Per

WHOLE = Decimal(100)


class TargetReading(NamedTuple):
    """Our structured reading of (a part of) a target cell. `per` None: counted once for the whole province."""

    years: tuple[int, ...]
    quantity: Decimal | None
    unit: str
    per: Per | None
    frequency: Frequency
    at_least: bool = False
    cumulative: bool = False


class YearTarget(NamedTuple):
    """What is due in one year. `quantity` None: any proof. `starts` is the first year in which proof counts."""

    year: int
    starts: int
    quantity: Decimal | None
    unit: str
    per: Per | None
    frequency: Frequency
    at_least: bool
    cumulative: bool


def list_year_targets(target: TargetReading, first_year: int, last_year: int) -> list[YearTarget]:
    """The target year by year, oldest first; `first_year` and `last_year` are the regulation's term."""
    years = sorted(target.years) or list(range(first_year, last_year + 1))
    due = years[-1:] if target.frequency == Frequency.ONCE else years
    accumulates = target.cumulative or target.frequency in (Frequency.ONCE, Frequency.PHASED)
    return [
        YearTarget(
            year=year,
            starts=years[0] if accumulates else year,
            quantity=get_quantity(target, years.index(year) + 1),
            unit=target.unit,
            per=target.per,
            frequency=target.frequency,
            at_least=target.at_least,
            cumulative=target.cumulative,
        )
        for year in due
    ]


def get_quantity(target: TargetReading, ordinal: int) -> Decimal | None:
    """The quantity of the target's first, second, ... year."""
    if target.quantity is None or not target.cumulative or len(target.years) < 2:
        return target.quantity
    total = target.quantity * ordinal
    return min(total, WHOLE) if target.unit == "%" else total


def list_years(targets: Iterable[TargetReading], first_year: int, last_year: int) -> list[int]:
    """The years in which something falls due, sorted, each once."""
    return sorted({due.year for target in targets for due in list_year_targets(target, first_year, last_year)})
