"""The door of the proportions engine."""

from tumbuh.engines.proportions.intervals import Z95, Interval, newcombe_difference, wilson_interval

__all__ = ["Z95", "Interval", "newcombe_difference", "wilson_interval"]
