"""Survey and routine figure of a region in one month, held beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tumbuh.engines.anthropometry.api import get_parameters
from tumbuh.engines.reconcile.api import Comparison, Ratio, Routine, Survey, compare_numbers, make_survey
from tumbuh.indicators.models import Cell
from tumbuh.indicators.queries.reported import Residents, find_residents
from tumbuh.indicators.queries.surveys import list_surveys
from tumbuh.indicators.rules.surveys import SurveyDetails, SurveyEntry
from tumbuh.regions.api import Population, Region, find_population

STUNTING, REGISTER = "stunting", "weighed_share"


@dataclass(frozen=True)
class Side:
    """The comparison against one count of all children: the register's (nothing else given), Dukcapil's of a half-year
    (`residents`) or a population table's. `registered` is how many the register has."""

    comparison: Comparison
    registered: int
    population: Population | None = None
    residents: Residents | None = None

    @property
    def is_register(self) -> bool:
        return self.population is None and self.residents is None

    @property
    def register_share(self) -> float | None:
        """How many children the register has of each that the other count says."""
        target = self.comparison.routine.target
        return self.registered / target if target and not self.is_register else None


@dataclass(frozen=True)
class TwoNumbers:
    """Everything the page tells: the sides (the one to read first is first), the survey compared, all its entries."""

    region: Region
    month: date
    sides: Sequence[Side]
    survey: SurveyEntry | None
    surveys: Sequence[SurveyEntry]
    rules: dict[str, Any]
    residents: Residents | None = None

    @property
    def main(self) -> Comparison:
        return self.sides[0].comparison

    @property
    def age_months(self) -> int | None:
        """How many months the survey is older than the routine month."""
        if self.survey is None:
            return None
        held = self.survey.held_on
        return (self.month.year - held.year) * 12 + self.month.month - held.month

    @property
    def is_old(self) -> bool:
        return self.age_months is not None and self.age_months > self.rules["old_after_months"]


def read_two_numbers(region: Region, month: date, asked: str = "") -> TwoNumbers:
    """The two numbers of a region in a month, against the newest survey or the one asked for; at most six queries."""
    rules = get_parameters("two-numbers", month)
    surveys = list_surveys(region, STUNTING)
    survey = choose_survey(surveys, asked)
    stunted, measured, registered = count_routine(region, month)
    told = to_survey(survey.details, rules) if survey else None
    residents = find_residents(region, month)
    targets: list[tuple[dict[str, Any], int | None]] = [({}, registered or None)]
    if residents is not None and residents.is_whole and residents.people:
        targets.append(({"residents": residents}, residents.people))
    else:
        population = find_population(region, group=rules["population_group"], year=month.year)
        targets += [({"population": population}, population.people)] if population else []
    sides = [
        Side(compare_numbers(Routine(stunted, measured, target), told, Ratio(**rules["ratio"])), registered, **held)
        for held, target in targets
    ]
    sides.sort(key=lambda side: (not side.comparison.routine.is_consistent, side.is_register))
    return TwoNumbers(region, month, sides, survey, surveys, rules, residents)


def choose_survey(surveys: Sequence[SurveyEntry], asked: str) -> SurveyEntry | None:
    """The current entry of the survey asked for, the newest for none."""
    current = [entry for entry in surveys if entry.is_current]
    return next((entry for entry in current if entry.slug == asked), current[0] if current else None)


def to_survey(details: SurveyDetails, rules: dict[str, Any]) -> Survey:
    """The survey as the engine takes it: shares instead of percentages."""

    def share(value: Any) -> float | None:
        return None if value is None else float(value) / 100

    return make_survey(
        float(details.value) / 100,
        low=share(details.low),
        high=share(details.high),
        sample=details.sample,
        design_effect=float(details.design_effect) if details.design_effect else None,
        assumed_effect=rules["assumed_design_effect"],
    )


def count_routine(region: Region, month: date) -> tuple[int, int, int]:
    """Stunted, measured for it, registered; one query."""
    cells = Cell.objects.filter(region=region, month=month, indicator__in=(STUNTING, REGISTER))
    held = {cell.indicator: cell for cell in cells}
    stunting, register = held.get(STUNTING), held.get(REGISTER)
    return (
        stunting.numerator if stunting else 0,
        stunting.denominator if stunting else 0,
        register.denominator if register else 0,
    )
