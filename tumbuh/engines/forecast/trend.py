"""A monthly share that drifts: what the counts say of its pace, and where it will stand.

The model, on the logit scale: level(t+1) = level(t) + drift + wandering; figure(t) = level(t) + noise. The noise of a
month is the binomial variance of its counts times an overdispersion. How much the level wanders and how overdispersed
the counts are is not known: every pair of a grid is run through a Kalman filter and weighted by how likely it makes the
counts, alike before any data (a Bayesian average; A. C. Harvey, Forecasting, Structural Time Series Models and the
Kalman Filter, 1989, sections 2.3 and 3.2 for the model and its likelihood). Nothing is drawn at random.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
WIDE = 25.0  # variance of the first level before any count: every share from 0.01 % to 99.99 % is in reach


@dataclass(frozen=True)
class Grid:
    """Which overdispersions and monthly wanderings (sd, logit) are tried, and the prior of the drift."""

    overdispersions: Sequence[float]
    wanderings: Sequence[float]
    drift_sd_per_year: float


@dataclass(frozen=True)
class Month:
    """How many of how many; `place` is the month's number on any scale that grows by one a month."""

    place: int
    count: int
    total: int


@dataclass(frozen=True)
class State:
    """For each pair of the grid: its weight, and mean and covariance of (level, drift) at the last month."""

    place: int
    weight: FloatArray
    mean: FloatArray  # (pairs, 2)
    covariance: FloatArray  # (pairs, 2, 2)
    wandering: FloatArray  # variance a month
    noise: FloatArray  # variance of a figure counted as the last one was


def to_logit(month: Month) -> tuple[float, float]:
    """The month's share with half a child added on either side, and its binomial variance, on the logit scale."""
    share = (month.count + 0.5) / (month.total + 1)
    return float(np.log(share / (1 - share))), 1 / ((month.total + 1) * share * (1 - share))


def fit_trend(months: Sequence[Month], grid: Grid) -> State:
    """The state after all months, oldest first; months in between that are missing only widen it."""
    phi, sd = (part.ravel() for part in np.meshgrid(grid.overdispersions, grid.wanderings, indexing="ij"))
    size, wandering = len(phi), sd**2
    mean, covariance, score = np.zeros((size, 2)), np.zeros((size, 2, 2)), np.zeros(size)
    covariance[:, 0, 0] = WIDE
    covariance[:, 1, 1] = (grid.drift_sd_per_year / 12) ** 2
    place, variance = months[0].place, 1.0
    for month in months:
        mean, covariance = move(mean, covariance, wandering, month.place - place)
        value, variance = to_logit(month)
        total = covariance[:, 0, 0] + phi * variance
        miss = value - mean[:, 0]
        score -= 0.5 * (np.log(total) + miss**2 / total)
        gain = covariance[:, :, 0] / total[:, None]
        mean = mean + gain * miss[:, None]
        covariance = covariance - gain[:, :, None] * covariance[:, None, 0, :]
        place = month.place
    weight = np.exp(score - score.max())
    return State(place, weight / weight.sum(), mean, covariance, wandering, phi * variance)


def move(mean: FloatArray, covariance: FloatArray, wandering: FloatArray, steps: int) -> tuple[FloatArray, FloatArray]:
    """The state so many months later."""
    shift = np.array([[1.0, float(steps)], [0.0, 1.0]])
    moved = shift @ covariance @ shift.T
    moved[:, 0, 0] += wandering * steps
    return mean @ shift.T, moved
