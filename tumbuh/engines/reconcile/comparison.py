"""The survey against what routine counted: do they fit, what would have to hold if both are right, who is to be found.

Survey and routine count are taken to speak of the same children and time; what they do not share is for the reader to
judge, and the page says which months are compared.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import floor

from tumbuh.engines.reconcile.bounds import Bounds, Routine, adjust_for_coverage, compute_bounds
from tumbuh.engines.reconcile.survey import Basis, Survey


class Note(StrEnum):
    """What a reader must know about the comparison."""

    NO_SURVEY = "NO_SURVEY"
    NO_TARGET = "NO_TARGET"
    NOBODY_MEASURED = "NOBODY_MEASURED"
    MORE_THAN_TARGET = "MORE_THAN_TARGET"  # more measured than the target holds: the target is wrong
    EVERYBODY_MEASURED = "EVERYBODY_MEASURED"
    SURVEY_WITHOUT_INTERVAL = "SURVEY_WITHOUT_INTERVAL"
    ASSUMED_EFFECT = "ASSUMED_EFFECT"
    SURVEY_BELOW_ROUTINE = "SURVEY_BELOW_ROUTINE"
    SURVEY_ABOVE_WORST = "SURVEY_ABOVE_WORST"  # even if every unmeasured child is stunted
    SURVEY_BELOW_BEST = "SURVEY_BELOW_BEST"  # even if no unmeasured child is


@dataclass(frozen=True)
class Ratio:
    """How often the unmeasured are stunted compared with the measured: an assumption, never a finding."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Estimate:
    """A value with its bounds, None where they are not known."""

    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Comparison:
    """Everything the two numbers say together; None where something is missing for it.

    `adjusted`: all children, under the assumption about the unmeasured. `implied`: prevalence among the unmeasured if
    the survey is right; outside 0 to 1 it cannot be. `missing`: stunted children that the survey implies and no name
    holds.
    """

    routine: Routine
    survey: Survey | None
    bounds: Bounds | None
    adjusted: Estimate | None
    implied: Estimate | None
    missing: Estimate | None
    notes: tuple[Note, ...]


def compare_numbers(routine: Routine, survey: Survey | None, ratio: Ratio) -> Comparison:
    """The comparison of one place: see `Comparison`."""
    bounds = compute_bounds(routine)
    return Comparison(
        routine,
        survey,
        bounds,
        _adjust(routine, ratio),
        _imply(routine, survey),
        count_missing(routine, survey),
        tuple(_list_notes(routine, survey, bounds)),
    )


def _adjust(routine: Routine, ratio: Ratio) -> Estimate | None:
    middle = adjust_for_coverage(routine, ratio.middle)
    if middle is None:
        return None
    return Estimate(middle, adjust_for_coverage(routine, ratio.low), adjust_for_coverage(routine, ratio.high))


def _imply(routine: Routine, survey: Survey | None) -> Estimate | None:
    """Prevalence among the unmeasured if the survey is right; None when nobody is unmeasured."""
    if survey is None or not routine.is_consistent or not routine.target or routine.target == routine.measured:
        return None
    target, unmeasured = routine.target, routine.target - routine.measured

    def solve(share: float | None) -> float | None:
        return None if share is None else (share * target - routine.stunted) / unmeasured

    value = solve(survey.value)
    return None if value is None else Estimate(value, solve(survey.low), solve(survey.high))


def count_missing(routine: Routine, survey: Survey | None) -> Estimate | None:
    """Children the survey implies to be stunted less those known by name, never below 0; None without a target."""
    if survey is None or not routine.target:
        return None
    target = routine.target

    def count(share: float | None) -> float | None:
        return None if share is None else float(max(0, floor(share * target + 0.5) - routine.stunted))

    value = count(survey.value)
    return None if value is None else Estimate(value, count(survey.low), count(survey.high))


def _list_notes(routine: Routine, survey: Survey | None, bounds: Bounds | None) -> list[Note]:
    prevalence = routine.prevalence
    low, high = (survey.low, survey.high) if survey else (None, None)
    lowest, highest = (0.0, 1.0) if survey is None else (survey.value, survey.value)
    lowest, highest = lowest if low is None else low, highest if high is None else high
    told = {
        Note.NO_SURVEY: survey is None,
        Note.NO_TARGET: not routine.target,
        Note.NOBODY_MEASURED: not routine.measured,
        Note.MORE_THAN_TARGET: bool(routine.target) and not routine.is_consistent,
        Note.EVERYBODY_MEASURED: routine.measured > 0 and routine.measured == routine.target,
        Note.SURVEY_WITHOUT_INTERVAL: survey is not None and survey.basis == Basis.NONE,
        Note.ASSUMED_EFFECT: survey is not None and survey.basis == Basis.ASSUMED_EFFECT,
        Note.SURVEY_BELOW_ROUTINE: survey is not None and prevalence is not None and survey.value < prevalence,
        Note.SURVEY_ABOVE_WORST: survey is not None and bounds is not None and lowest > bounds.high,
        Note.SURVEY_BELOW_BEST: survey is not None and bounds is not None and highest < bounds.low,
    }
    return [note for note, holds in told.items() if holds]
