"""What another coverage of a service would do to a prevalence, if its effect is as assumed.

The potential impact fraction (H. Morgenstern and E. Bursic, J. Community Health 7 (1982) 292-309) for a service that
reaches a child or does not: with risk ratio R between served and not, coverage c now and c' then, the prevalence of the
children concerned changes by the factor (1 - c'(1 - R)) / (1 - c(1 - R)).
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tumbuh.engines.forecast.outlook import Mixture
from tumbuh.engines.proportions.api import Z95

STEPS = 9  # points by which the assumed effect's own doubt is followed


@dataclass(frozen=True)
class Effect:
    """The risk ratio of the served, with its 95 % interval, and which share of all children is concerned."""

    ratio: float
    low: float
    high: float
    concerned: float

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.ratio <= self.high or not 0 <= self.concerned <= 1:
            raise ValueError("An effect is a ratio within its interval, and a share of children.")


def compute_factor(ratio: float, coverage: float, then: float, concerned: float) -> float:
    """By what the prevalence of all children is multiplied."""
    if not 0 <= coverage <= 1 or not 0 <= then <= 1:
        raise ValueError(f"{coverage} to {then} is no change of a coverage.")
    before = 1 - coverage * (1 - ratio)
    if before <= 0:
        return 1.0
    return 1 - concerned + concerned * (1 - then * (1 - ratio)) / before


def apply_effect(mixture: Mixture, effect: Effect, coverage: float, then: float) -> Mixture:
    """The figure to come with the other coverage: the effect's interval widens it."""
    points = (np.arange(STEPS) + 0.5) / STEPS
    spread = (np.log(effect.high) - np.log(effect.low)) / (2 * Z95)
    ratios = np.exp(np.log(effect.ratio) + spread * _normal_quantiles(points))
    parts = []
    for ratio in ratios:
        factor = compute_factor(float(ratio), coverage, then, effect.concerned)
        share = np.clip(factor / (1 + np.exp(-mixture.mean)), 1e-9, 1 - 1e-9)
        parts.append(np.log(share / (1 - share)))
    weight = np.concatenate([mixture.weight / STEPS] * STEPS)
    return Mixture(weight, np.concatenate(parts), np.concatenate([mixture.sd] * STEPS))


def _normal_quantiles(points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.array([NormalDist().inv_cdf(float(point)) for point in points])
