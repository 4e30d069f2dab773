"""The door of the forecasting engine."""

from tumbuh.engines.forecast.effects import Effect, apply_effect, compute_factor
from tumbuh.engines.forecast.outlook import Mixture, Outlook, TooFewMonthsError, describe, look_ahead, project
from tumbuh.engines.forecast.trend import Grid, Month, State, fit_trend

__all__ = [
    "Effect",
    "Grid",
    "Mixture",
    "Month",
    "Outlook",
    "State",
    "TooFewMonthsError",
    "apply_effect",
    "compute_factor",
    "describe",
    "fit_trend",
    "look_ahead",
    "project",
]
