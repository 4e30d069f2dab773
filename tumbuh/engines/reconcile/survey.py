"""What a survey says, and how far it may be off: as published, worked out from its sample, or not known."""

from dataclasses import dataclass
from enum import StrEnum

from tumbuh.engines.proportions.api import Z95, wilson_interval


class Basis(StrEnum):
    """Where a survey's interval comes from."""

    PUBLISHED = "PUBLISHED"  # stated by the survey itself
    OWN_EFFECT = "OWN_EFFECT"  # from its sample and the design effect that it states
    ASSUMED_EFFECT = "ASSUMED_EFFECT"  # from its sample and a design effect that we assume
    NONE = "NONE"  # neither interval nor sample: nothing is made up


@dataclass(frozen=True)
class Survey:
    """A prevalence as a fraction, with its bounds (None where nothing is known of them)."""

    value: float
    low: float | None
    high: float | None
    basis: Basis


def make_survey(
    value: float,
    *,
    low: float | None = None,
    high: float | None = None,
    sample: int | None = None,
    design_effect: float | None = None,
    assumed_effect: float,
) -> Survey:
    """The survey with the best interval that can be had: published first, then from the sample, else none.

    From the sample: Wilson's interval of 95 % for sample ÷ design effect independent children.
    """
    if not 0 <= value <= 1:
        raise ValueError(f"{value} is no share.")
    if low is not None and high is not None:
        if not low <= value <= high:
            raise ValueError(f"{value} lies outside {low} to {high}.")
        return Survey(value, low, high, Basis.PUBLISHED)
    if not sample:
        return Survey(value, None, None, Basis.NONE)
    effective = max(1, round(sample / (design_effect or assumed_effect)))
    interval = wilson_interval(round(value * effective), effective, Z95)
    basis = Basis.OWN_EFFECT if design_effect else Basis.ASSUMED_EFFECT
    return Survey(value, min(interval.low, value), max(interval.high, value), basis)
