"""The regulation's yearly targets as the pictures and sentences use them."""

from tumbuh.programme.api import list_prevalence_targets
from tumbuh.web.site.trend import Target


def list_targets() -> list[Target]:
    """The targets in order of year; empty when no regulation is loaded."""
    return sorted((Target(row.year, row.percent) for row in list_prevalence_targets()), key=lambda target: target.year)
