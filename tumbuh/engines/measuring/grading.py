"""From counts to signs, from signs to a grade.

Digit preference is told by the index of dissimilarity: half the sum of the distances between each digit's share and an
even share, the part of the readings that would have to end otherwise (O. D. Duncan and B. Duncan, American Sociological
Review 20 (1955) 210-217; for terminal digits a relative of R. J. Myers' blended index, Transactions of the Actuarial
Society of America 41 (1940) 395-415). Few readings are never even: what chance gives on the average is taken off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tumbuh.engines.measuring.counting import PLACES

IntArray = NDArray[np.int64]
SHARES = {  # sign → (what is counted, among what)
    "flagged": ("flagged", "scored"),
    "shrunk": ("shrunk", "length_pairs"),
    "copied_weight": ("copied_weight", "weight_pairs"),
    "repeated_pair": ("repeated_pair", "pairs"),
    "wrong_mode": ("wrong_mode", "modes"),
}
DIGITS = {"weight_digits": "weight_digits", "length_digits": "length_digits", "age_heaping": "ages"}
ROUNDS = {"weight_rounds": "weight_digits", "length_rounds": "length_digits"}
SPREADS = {"haz_spread": "haz", "whz_spread": "whz"}


@dataclass(frozen=True)
class Sign:
    """One sign of a group: its value (a share, an index, a standard deviation), the cases behind it, what it costs.

    `cost` is 0 to 1, None where there are too few cases to tell; `value` None where there are none at all.
    """

    code: str
    value: float | None
    cases: int
    cost: float | None


@dataclass(frozen=True)
class Grade:
    """A to D with its points (0 to 100); both None where there are too few visits for one."""

    rows: int
    points: float | None
    letter: str | None
    signs: tuple[Sign, ...]


def grade_counts(counts: IntArray, rules: Mapping[str, Any]) -> Grade:
    """The grade of one group's counts (a row of `count_visits`, or a sum of such rows)."""
    signs = tuple(_judge(code, counts, rule) for code, rule in rules["signs"].items())
    rows = int(counts[PLACES["rows"]].sum())
    told = [(sign.cost, rules["signs"][sign.code]["weight"]) for sign in signs if sign.cost is not None]
    if rows < rules["minimum_rows"] or not told:
        return Grade(rows, None, None, signs)
    points = 100 * (1 - sum(cost * weight for cost, weight in told) / sum(weight for _, weight in told))
    return Grade(rows, points, find_letter(points, rules["grades"]), signs)


def find_letter(points: float, grades: Sequence[Mapping[str, Any]]) -> str:
    """The best letter whose limit the points reach."""
    ordered = sorted(grades, key=lambda grade: grade["from"], reverse=True)
    return str(next(grade["grade"] for grade in ordered if points >= grade["from"]))


def _judge(code: str, counts: IntArray, rule: Mapping[str, Any]) -> Sign:
    value, cases = measure_sign(code, counts)
    if value is None or cases < rule["minimum"]:
        return Sign(code, value, cases, None)
    excess = value
    if code in DIGITS:
        excess = value - expect_dissimilarity(cases, PLACES[DIGITS[code]].stop - PLACES[DIGITS[code]].start)
    elif code in ROUNDS:
        excess = value - 0.2
    elif code in SPREADS:
        excess = max(rule["low"] - value, value - rule["high"], 0.0)
    share = (excess - rule["from"]) / (rule["to"] - rule["from"])
    return Sign(code, value, cases, min(1.0, max(0.0, share)))


def measure_sign(code: str, counts: IntArray) -> tuple[float | None, int]:
    """The sign's value as it is shown, and how many cases it rests on."""
    if code in SHARES:
        part, whole = (int(counts[PLACES[name]].sum()) for name in SHARES[code])
        return (part / whole if whole else None), whole
    if code in SPREADS:
        return compute_spread(*(int(number) for number in counts[PLACES[SPREADS[code]]]))
    found = counts[PLACES[DIGITS.get(code) or ROUNDS[code]]]
    total = int(found.sum())
    if not total:
        return None, 0
    if code in ROUNDS:
        return int(found[0] + found[5]) / total, total
    return float(np.abs(found / total - 1 / len(found)).sum() / 2), total


def compute_spread(cases: int, total: int, squares: int) -> tuple[float | None, int]:
    """Standard deviation of z-scores from their number, sum and sum of squares in hundredths."""
    if cases < 2:
        return None, cases
    return sqrt(max(0, cases * squares - total * total) / (cases * (cases - 1))) / 100, cases


def expect_dissimilarity(cases: int, kinds: int) -> float:
    """The index that chance alone gives on the average (normal approximation of each kind's share)."""
    share = 1 / kinds
    return kinds / 2 * sqrt(2 / pi) * sqrt(share * (1 - share) / cases)
