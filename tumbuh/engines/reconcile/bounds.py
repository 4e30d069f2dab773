"""How high the prevalence of all children can be, when only some of them were measured.

Worst and best case: C. F. Manski, Partial Identification of Probability Distributions (2003), chapter 1: an unmeasured
child is stunted or not, and nothing else is assumed.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Routine:
    """Children measured, how many of them are stunted, and how many children there are (None: not known)."""

    stunted: int
    measured: int
    target: int | None

    def __post_init__(self) -> None:
        if not 0 <= self.stunted <= self.measured or (self.target is not None and self.target < 0):
            raise ValueError(f"{self.stunted} of {self.measured} of {self.target} is no count.")

    @property
    def prevalence(self) -> float | None:
        return self.stunted / self.measured if self.measured else None

    @property
    def coverage(self) -> float | None:
        """Measured ÷ target; above 1 where more were measured than there should be."""
        return self.measured / self.target if self.target else None

    @property
    def is_consistent(self) -> bool:
        """There is a target, and no more were measured than it holds."""
        return bool(self.target) and self.measured <= (self.target or 0)


@dataclass(frozen=True)
class Bounds:
    """From a share to a share."""

    low: float
    high: float


def compute_bounds(routine: Routine) -> Bounds | None:
    """Prevalence if no unmeasured child is stunted, and if every one is; None without a consistent target."""
    if not routine.is_consistent or not routine.target:
        return None
    unmeasured = routine.target - routine.measured
    return Bounds(routine.stunted / routine.target, (routine.stunted + unmeasured) / routine.target)


def adjust_for_coverage(routine: Routine, ratio: float) -> float | None:
    """Prevalence of all children, if that of the unmeasured is `ratio` times that of the measured (at most 1)."""
    if routine.prevalence is None or not routine.is_consistent or not routine.target:
        return None
    unmeasured = routine.target - routine.measured
    return (routine.stunted + unmeasured * min(1.0, ratio * routine.prevalence)) / routine.target
