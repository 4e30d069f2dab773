"""Visits for the engine of measurement quality, and its slow, obvious twin: one visit after the other, plain Python."""

import math
from collections import Counter, defaultdict
from fractions import Fraction

import numpy as np

from tumbuh.engines.measuring.api import NOTHING, PARTS, Visits

NAN = math.nan
PLAIN = {
    "session": 1, "age_days": 500, "weight_kg": 9.3, "lenhei_cm": 78.4, "corrected_cm": 78.4, "is_lying": True,
    "is_standing": False, "haz": -100, "whz": 20, "is_scored": True, "is_flagged": False, "before_weight_kg": NAN,
    "before_weight_days": NAN, "before_corrected_cm": NAN, "before_corrected_age": NAN,
}  # fmt: skip
KINDS = {"session": np.int64, "age_days": np.int64, "haz": np.int64, "whz": np.int64}


def make_visit(**changes) -> dict:
    assert set(changes) <= set(PLAIN)
    return {**PLAIN, **changes}


def make_visits(rows: list[dict]) -> Visits:
    """The rows as columns."""

    def kind(name):
        return np.bool_ if name.startswith("is_") else KINDS.get(name, np.float64)

    return Visits(**{name: np.array([row[name] for row in rows], kind(name)) for name in PLAIN})


def is_there(value: float) -> bool:
    return not math.isnan(value) and value > 0


def list_doubts(rows: list[dict], *, tolerance_cm=0.7, within_days=45) -> list[set[str]]:
    """The names of what is odd about each visit."""
    pairs = Counter(
        (row["session"], round(row["weight_kg"], 3), round(row["lenhei_cm"], 2))
        for row in rows if is_there(row["weight_kg"]) and is_there(row["lenhei_cm"])
    )  # fmt: skip
    found = []
    for row in rows:
        odd = {"FLAGGED"} if row["is_flagged"] else set()
        if is_there(row["corrected_cm"]) and is_there(row["before_corrected_cm"]):
            now = row["corrected_cm"] + (0.7 if row["age_days"] >= 731 else 0)
            before = row["before_corrected_cm"] + (0.7 if row["before_corrected_age"] >= 731 else 0)
            if before - now > tolerance_cm + 1e-6:
                odd.add("SHRUNK")
        if compares_weight(row, within_days) and round(row["weight_kg"], 3) == round(row["before_weight_kg"], 3):
            odd.add("COPIED_WEIGHT")
        has_both = is_there(row["weight_kg"]) and is_there(row["lenhei_cm"])
        if has_both and pairs[row["session"], round(row["weight_kg"], 3), round(row["lenhei_cm"], 2)] > 1:
            odd.add("REPEATED_PAIR")
        if (row["is_lying"] and row["age_days"] >= 731) or (row["is_standing"] and row["age_days"] < 731):
            odd.add("WRONG_MODE")
        found.append(odd)
    return found


def compares_weight(row: dict, within_days=45) -> bool:
    there = is_there(row["weight_kg"]) and is_there(row["before_weight_kg"])
    return there and row["before_weight_days"] <= within_days


def count_slowly(groups: list[int], size: int, rows: list[dict]) -> list[list[int]]:
    """Every number of PARTS for each group, one visit at a time."""
    found = [{name: [0] * width for name, width in PARTS.items()} for _ in range(size)]
    for group, row, odd in zip(groups, rows, list_doubts(rows), strict=True):
        counts = defaultdict(int)
        both = is_there(row["weight_kg"]) and is_there(row["lenhei_cm"])
        lengths = is_there(row["corrected_cm"]) and is_there(row["before_corrected_cm"])
        for name, holds in {
            "rows": True, "scored": row["is_scored"], "flagged": "FLAGGED" in odd, "length_pairs": lengths,
            "shrunk": "SHRUNK" in odd, "weight_pairs": compares_weight(row), "copied_weight": "COPIED_WEIGHT" in odd,
            "pairs": both, "repeated_pair": "REPEATED_PAIR" in odd, "modes": row["is_lying"] or row["is_standing"],
            "wrong_mode": "WRONG_MODE" in odd,
        }.items():  # fmt: skip
            counts[name] += bool(holds)
        for name, number in counts.items():
            found[group][name][0] += number
        for name, column in (("weight_digits", "weight_kg"), ("length_digits", "lenhei_cm")):
            if is_there(row[column]):
                found[group][name][int(f"{math.floor(row[column] * 100 + 1e-6) / 100:.2f}"[-2])] += 1
        found[group]["ages"][int(Fraction(row["age_days"]) / Fraction("30.4375")) % 12] += 1
        for name in ("haz", "whz"):
            if row[name] != NOTHING:
                found[group][name] = [
                    old + new for old, new in zip(found[group][name], (1, row[name], row[name] ** 2), strict=True)
                ]
    return [[number for part in one.values() for number in part] for one in found]
