"""Intervals of one share and of the difference of two independent shares.

Wilson's score interval without continuity correction: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209-212; method 3 of
R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872. The difference: method 10 (hybrid score) of R. G. Newcombe,
Statistics in Medicine 17 (1998) 873-890. Both hold for random samples of independent respondents.
"""

from dataclasses import dataclass
from math import sqrt

Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution


@dataclass(frozen=True)
class Interval:
    """A share or a difference of shares, as fractions, with its lower and upper bound."""

    value: float
    low: float
    high: float


def _check(count: int, total: int) -> None:
    if not 0 <= count <= total or total == 0:
        raise ValueError(f"{count} of {total} is no share.")


def wilson_interval(count: int, total: int, z: float = Z95) -> Interval:
    """The share `count`/`total`; a ValueError unless 0 ≤ count ≤ total and total > 0."""
    _check(count, total)
    share, square = count / total, z * z
    middle = 2 * count + square
    reach = z * sqrt(square + 4 * count * (1 - share))
    below = 2 * (total + square)
    low = 0.0 if count == 0 else max(0.0, (middle - reach) / below)
    high = 1.0 if count == total else min(1.0, (middle + reach) / below)
    return Interval(share, low, high)


def newcombe_difference(count: int, total: int, other_count: int, other_total: int, z: float = Z95) -> Interval:
    """The first share less the second; a ValueError as for one share."""
    one, other = wilson_interval(count, total, z), wilson_interval(other_count, other_total, z)
    value = one.value - other.value
    low = value - sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    high = value + sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Interval(value, max(-1.0, low), min(1.0, high))
