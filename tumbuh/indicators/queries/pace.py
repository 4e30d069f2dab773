"""Where a region's stunting is going at its present pace, and what another coverage of a service would do to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tumbuh.engines.anthropometry.api import get_parameters
from tumbuh.engines.forecast.api import (
    Effect,
    Grid,
    Month,
    Outlook,
    apply_effect,
    describe,
    fit_trend,
    look_ahead,
)
from tumbuh.indicators.models import Cell
from tumbuh.indicators.queries.measuring import shift
from tumbuh.indicators.queries.two_numbers import REGISTER, STUNTING
from tumbuh.regions.api import Region


@dataclass(frozen=True)
class Change:
    """What is asked: an effect, and a coverage now and then, as shares."""

    effect: Effect
    now: float
    then: float


@dataclass(frozen=True)
class Year:
    """The last month of a target year: its outlook at the present pace, and with the change asked about."""

    year: int
    target: Decimal
    pace: Outlook
    changed: Outlook | None


@dataclass(frozen=True)
class Pace:
    """The months read and the years to come; `years` is empty while there are too few months."""

    months: Sequence[tuple[date, int, int]]  # month, stunted, measured
    coverage_shift: float | None
    years: Sequence[Year]
    rules: dict[str, Any]

    @property
    def is_ready(self) -> bool:
        return len(self.months) >= self.rules["minimum_months"]

    @property
    def is_shifting(self) -> bool:
        """So many more or fewer came that the pace may only tell who came."""
        return self.coverage_shift is not None and abs(self.coverage_shift) > self.rules["coverage_shift_points"]


def make_change(*, ratio: float, low: float, high: float, concerned: float, now: float, then: float) -> Change:
    """A change of coverage with the effect that is assumed; ValueError where the effect cannot be."""
    return Change(Effect(ratio, low, high, concerned), now, then)


def read_service_effects(on: date) -> list[dict[str, Any]]:
    """The services whose effect has a published source, as their definition says them."""
    services: list[dict[str, Any]] = get_parameters("service-effects", on)["services"]
    return services


def number(month: date) -> int:
    return month.year * 12 + month.month - 1


def read_pace(
    region: Region, newest: date, targets: Sequence[tuple[int, Decimal]], change: Change | None = None
) -> Pace:
    """The pace up to the newest month and the outlook for each (year, percent) not yet over; one query."""
    rules = get_parameters("pace", newest)
    first = shift(newest, 1 - rules["window_months"])
    cells = list(Cell.objects.filter(region=region, month__range=(first, newest), indicator__in=(STUNTING, REGISTER)))
    months = sorted((c.month, c.numerator, c.denominator) for c in cells if c.indicator == STUNTING)
    weighed = sorted((c.month, c.numerator / c.denominator) for c in cells if c.indicator == REGISTER)
    ahead = [(year, value) for year, value in targets if date(year, 12, 1) >= newest]
    years = make_years(months, ahead, change, rules) if len(months) >= rules["minimum_months"] else []
    return Pace(months, measure_shift([share for _, share in weighed]), years, rules)


def measure_shift(shares: Sequence[float]) -> float | None:
    """Points of coverage between the first and the last quarter of the months; None with fewer than four."""
    size = len(shares) // 4
    if not size:
        return None
    return 100 * (sum(shares[-size:]) - sum(shares[:size])) / size


def make_years(
    months: Sequence[tuple[date, int, int]],
    ahead: Sequence[tuple[int, Decimal]],
    change: Change | None,
    rules: dict[str, Any],
) -> list[Year]:
    """The outlook for December of each year."""
    grid = Grid(rules["overdispersions"], rules["wanderings"], rules["drift_sd_per_year"])
    state = fit_trend([Month(number(month), part, whole) for month, part, whole in months], grid)
    years = []
    for year, value in ahead:
        place, target = number(date(year, 12, 1)), float(value) / 100
        mixture = look_ahead(state, place)
        changed = None
        if change is not None:
            other = apply_effect(mixture, change.effect, change.now, change.then)
            changed = describe(other, place, target, rules["level"])
        years.append(Year(year, value, describe(mixture, place, target, rules["level"]), changed))
    return years
