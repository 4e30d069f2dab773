"""Reading figures from the cells: one query each."""

from datetime import date

from tumbuh.indicators.rules.values import Value
from tumbuh.regions.api import Level


def find_value(indicator: str, region: str, month: date) -> Value | None:
    """The figure of a region (by code) and month, None where nothing was ever recorded."""
    raise NotImplementedError


def list_values(
    *, indicator: str, month: date, level: Level | int | None = None, within: str | None = None, by: str | None = None
) -> list[Value]:
    """Figures of all active regions of a level (all levels: None) in `within` (itself included), in code order.

    Regions without data have denominator 0 and value None. `by` is "sex" or "age_group": one Value per group.
    """
    raise NotImplementedError


def list_trend(indicator: str, region: str, first: date, last: date) -> list[Value]:
    """One figure per month from first to last, both included; months without data have value None."""
    raise NotImplementedError


def latest_month(region: str | None = None) -> date | None:
    """The newest month in which a child was weighed there (anywhere: None)."""
    raise NotImplementedError
