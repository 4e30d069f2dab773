"""From the state of a trend to a figure to come, its interval, and the probability that it is at or under a target."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erf, sqrt

import numpy as np
from numpy.typing import NDArray

from tumbuh.engines.forecast.trend import Grid, Month, State, fit_trend, move

FloatArray = NDArray[np.float64]
HALVINGS = 32  # finds a share to within a billionth
SLIGHT = 1e-6  # pairs of the grid that weigh less are left out of an outlook


@dataclass(frozen=True)
class Mixture:
    """A figure to come on the logit scale: normals with weights."""

    weight: FloatArray
    mean: FloatArray
    sd: FloatArray

    def compute_share_under(self, share: float) -> float:
        """Probability that the figure is at or under a share."""
        if share <= 0 or share >= 1:
            return float(share >= 1)
        standard = ((np.log(share / (1 - share)) - self.mean) / (self.sd * sqrt(2))).tolist()
        return float(sum(w * (1 + erf(z)) / 2 for w, z in zip(self.weight.tolist(), standard, strict=True)))

    def find_quantile(self, part: float) -> float:
        """The share under which the figure lies with that probability, by halving."""
        low, high = 0.0, 1.0
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.compute_share_under(middle) < part else (low, middle)
        return (low + high) / 2


@dataclass(frozen=True)
class Outlook:
    """One month to come: the middle figure, its interval, and the probability to be at or under the target."""

    place: int
    target: float | None
    middle: float
    low: float
    high: float
    probability: float | None


class TooFewMonthsError(Exception):
    """There are not enough months with figures to speak of a pace."""

    code = "forecast_too_few_months"


def look_ahead(state: State, place: int, *, is_noisy: bool = True) -> Mixture:
    """The figure of a later month: with the noise of counting if `is_noisy`, else the level alone."""
    mean, covariance = move(state.mean, state.covariance, state.wandering, place - state.place)
    variance = covariance[:, 0, 0] + (state.noise if is_noisy else 0)
    told = state.weight > SLIGHT
    return Mixture(state.weight[told] / state.weight[told].sum(), mean[told, 0], np.sqrt(variance[told]))


def describe(mixture: Mixture, place: int, target: float | None, level: float) -> Outlook:
    """The mixture in three numbers and the target's probability."""
    tail = (1 - level) / 2
    low, middle, high = (mixture.find_quantile(part) for part in (tail, 0.5, 1 - tail))
    probability = None if target is None else mixture.compute_share_under(target)
    return Outlook(place, target, middle, low, high, probability)


def project(
    months: Sequence[Month], ahead: Sequence[tuple[int, float | None]], grid: Grid, *, level: float, minimum: int
) -> list[Outlook]:
    """The outlook of each (place, target) to come; TooFewMonthsError with fewer than `minimum` counted months."""
    counted = [month for month in months if month.total > 0]
    if len(counted) < minimum:
        raise TooFewMonthsError(f"{len(counted)} bulan berisi angka; perlu {minimum}. Tunggu bulan berikutnya.")
    state = fit_trend(counted, grid)
    return [describe(look_ahead(state, place), place, target, level) for place, target in ahead]
