"""Errors of the indicators room."""


class IndicatorError(Exception):
    """Base of the room's errors."""

    code = "indicator"


class IndicatorNotFound(IndicatorError):
    """No indicator has this code."""

    code = "indicator_not_found"


class IsolationError(IndicatorError):
    """The database runs at an isolation level at which figures could miss another writer's rows."""

    code = "indicator_isolation"


class RegionNotFound(IndicatorError):
    """No active region has this code."""

    code = "indicator_region_not_found"


class SurveyError(IndicatorError):
    """A survey result that cannot be entered; the message says what to correct."""

    code = "indicator_survey"
