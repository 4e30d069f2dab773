"""The slow, obvious growth z-scores: one child at a time, plain Python numbers, the rules in the order WHO states them.

It shares only the source tables with the fast kernel. The specification tables and a property test hold them together.
"""

import math
from dataclasses import dataclass, field
from functools import cache

from tumbuh.engines.anthropometry.tables import read_source_table

FLAGS = {"haz": (-6, 6), "waz": (-6, 5), "whz": (-5, 5), "baz": (-5, 5), "headz": (-5, 5), "muacz": (-5, 5)}


@dataclass
class Child:
    """What is known of one child; None where not known. Mode is "l", "h" or "" (any other is a mistake)."""

    sex: int
    age_days: float | None = None
    weight_kg: float | None = None
    lenhei_cm: float | None = None
    mode: str = ""
    oedema: bool = False
    head_cm: float | None = None
    muac_cm: float | None = None


@dataclass
class Result:
    z: dict[str, float | None] = field(default_factory=dict)
    unrounded: dict[str, float | None] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    lenhei_corrected_cm: float | None = None


@cache
def read_table(name: str, sex: int) -> dict[int, tuple[float, float, float]]:
    """Day, or tenths of a centimetre, → (L, M, S)."""
    by_length = name in ("wfl", "wfh")
    source = read_source_table(name, "male" if sex == 1 else "female")
    return {
        round(float(key) * (10 if by_length else 1)): (float(row["l"]), float(row["m"]), float(row["s"]))
        for key, row in source.items()
    }


def compute_one(child: Child, age_rule: str = "days") -> Result:
    """All six indicators of one child."""
    result = Result()
    day, months = find_age(child.age_days, age_rule)
    is_usable = child.sex in (1, 2) and (child.age_days is None or 0 <= child.age_days < math.inf)
    is_young = months is not None and months < 60
    weight, lenhei = keep_positive(child.weight_kg), keep_positive(child.lenhei_cm)
    lenhei = correct(lenhei, child.mode, day, months)
    result.lenhei_corrected_cm = lenhei
    if child.oedema:
        weight = None
    bmi = weight / (lenhei / 100) ** 2 if weight and lenhei else None
    measures = {
        "haz": ("lfa", lenhei),
        "waz": ("wfa", weight),
        "baz": ("bmifa", bmi),
        "headz": ("hcfa", keep_positive(child.head_cm)),
        "muacz": ("acfa", keep_positive(child.muac_cm)),
    }
    raw: dict[str, float | None] = dict.fromkeys(FLAGS)
    if is_usable:
        for indicator, (table, measure) in measures.items():
            if measure and is_young and day in read_table(table, child.sex):
                raw[indicator] = compute_z(measure, *read_table(table, child.sex)[day])
        if months is None or is_young:
            raw["whz"] = compute_whz(weight, lenhei, child, day)
    result.unrounded = raw
    for indicator, z in raw.items():
        rounded = None if z is None else max(-327.67, min(327.67, round(z, 2)))
        result.z[indicator] = rounded
        low, high = FLAGS[indicator]
        result.flags[indicator] = rounded is not None and (rounded < low or rounded > high)
    return result


def find_age(age_days: float | None, age_rule: str) -> tuple[int | None, float | None]:
    """(day for the tables, unrounded age in months)."""
    if age_days is None or not math.isfinite(age_days):
        return None, None
    months = age_days / 30.4375
    exact = math.floor(months) * 30.4375 if age_rule == "completed-months" else age_days
    return math.floor(exact + 0.5), months


def keep_positive(value: float | None) -> float | None:
    return value if value is not None and 0 < value < math.inf else None


def correct(lenhei: float | None, mode: str, day: int | None, months: float | None) -> float | None:
    """The length on the 0.1 mm grid, with 0.7 cm added or taken where position and age do not agree."""
    if lenhei is None or mode not in ("l", "h", ""):
        return None
    if abs(lenhei - round(lenhei, 2)) < 0.00005:
        lenhei = round(lenhei, 2)
    if day is None or months is None:
        return lenhei
    if mode == "h" and months >= 9 and day < 731:
        return lenhei + 0.7
    if mode == "l" and day >= 731:
        return lenhei - 0.7
    return lenhei


def compute_whz(weight: float | None, lenhei: float | None, child: Child, day: int | None) -> float | None:
    """Weight-for-length below 731 days, weight-for-height from there; without age by mode, else below 87 cm."""
    if weight is None or lenhei is None:
        return None
    uses_length = child.mode == "l" or (child.mode != "h" and lenhei < 87)
    if day is not None:
        uses_length = day < 731
    table = read_table("wfl" if uses_length else "wfh", child.sex)
    first, last = (450, 1100) if uses_length else (650, 1200)
    tenths = round(lenhei * 10, 6)
    if not first <= tenths <= last:
        return None
    row, share = int(tenths), tenths - int(tenths)
    lms = table[row]
    if share > 0:
        lms = tuple(a + share * (b - a) for a, b in zip(table[row], table[row + 1], strict=True))
    return compute_z(weight, *lms)


def compute_z(y: float, l: float, m: float, s: float) -> float:  # noqa: E741
    """WHO's formula with the restricted tails."""
    z = ((y / m) ** l - 1) / (s * l)
    if -3 <= z <= 3:
        return z
    sign = 1 if z > 0 else -1
    at_3 = m * (1 + l * s * 3 * sign) ** (1 / l)
    at_2 = m * (1 + l * s * 2 * sign) ** (1 / l)
    return sign * 3 + (y - at_3) / abs(at_3 - at_2)
