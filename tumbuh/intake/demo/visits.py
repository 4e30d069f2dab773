"""The made-up visits: who came, on which day, and what scale and board showed."""

from dataclasses import dataclass

import numpy as np

from tumbuh.intake.demo.population import Children, Plan

LYING, STANDING = 1, 2
STANDING_FROM_DAYS = 731
STANDING_IS_SHORTER_CM = 0.7
OPERATION_MONTHS = (2, 8)  # the months of vitamin A, when nearly everybody comes
LEAN_MONTHS = np.array([-0.12, -0.10, -0.04, 0.02, 0.06, 0.08, 0.08, 0.05, 0.02, -0.02, -0.07, -0.11])


@dataclass(frozen=True)
class Curves:
    """WHO's curves for both sexes (0 boys, 1 girls): length by day, weight by length in millimetres.

    `length[sex, day]` is the median, `length_sd[sex, day]` one SD; `weight[sex, z, step]` is the weight at z −4…+4 for
    lengths from `weight_from_cm` in steps of 1 mm.
    """

    length: np.ndarray
    length_sd: np.ndarray
    weight: np.ndarray
    weight_from_cm: float


@dataclass(frozen=True)
class Visits:
    """One entry a visit, in order of child and date; `child` is a position in Children."""

    child: np.ndarray
    month: np.ndarray
    measured_on: np.ndarray
    weight_kg: np.ndarray
    lenhei_cm: np.ndarray
    mode: np.ndarray
    head_cm: np.ndarray
    muac_cm: np.ndarray


def draw_attendance(rng: np.random.Generator, plan: Plan, children: Children) -> tuple[np.ndarray, np.ndarray]:
    """Child and month of each visit: alive, under five on the posyandu's day, and present."""
    starts = plan.month_starts
    day = posyandu_days(children)
    child, month = [], []
    for index in range(plan.months):
        calendar_month = starts[index].astype("datetime64[M]").astype(int) % 12 + 1
        present = children.attendance + (0.12 if calendar_month in OPERATION_MONTHS else 0.0)
        age = (starts[index] + day - children.born).astype(int)
        older = np.where(age > 1100, 0.88, 1.0)  # fewer come once the last immunisation is done
        came = (rng.random(children.size) < present * older) & (age >= 3) & (age < 1820)
        child.append(np.flatnonzero(came))
        month.append(np.full(came.sum(), index))
    child, month = np.concatenate(child), np.concatenate(month)
    order = np.lexsort((month, child))
    return child[order], month[order]


def posyandu_days(children: Children) -> np.ndarray:
    """The day of the month (0 = the first) on which each child's posyandu meets."""
    return (children.desa * 7 + children.posyandu * 3) % 20 + 3


def age_effect(age_days: np.ndarray) -> np.ndarray:
    """How mean HAZ falls with age: from −0.37 at birth to about −1.2 at two years, then flat."""
    return -0.37 - 0.83 * np.clip(age_days / 720, 0, 1) ** 0.8


def look_up_weight(curves: Curves, sex: np.ndarray, length_cm: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Weight in kg at a z-score for a length, linear between whole z-scores."""
    step = np.clip(np.rint((length_cm - curves.weight_from_cm) * 10).astype(int), 0, curves.weight.shape[2] - 1)
    z = np.clip(z, -3.9, 3.9)
    low = np.floor(z).astype(int)
    part = z - low
    return curves.weight[sex, low + 4, step] * (1 - part) + curves.weight[sex, low + 5, step] * part


def heap(rng: np.random.Generator, values: np.ndarray, share: np.ndarray, step: float) -> np.ndarray:
    """Some readings rounded to whole or half units, the way tired eyes read a board; the rest to one decimal."""
    rounded = np.where(rng.random(values.size) < share, np.round(values / step) * step, np.round(values, 1))
    return np.round(rounded, 1)


def make_visits(plan: Plan, children: Children, curves: Curves) -> Visits:
    """All visits of the plan, the same for the same seed."""
    rng = np.random.default_rng(plan.seed + 1)
    child, month = draw_attendance(rng, plan, children)
    measured_on = plan.month_starts[month] + posyandu_days(children)[child]
    age = (measured_on - children.born[child]).astype(int)
    sex = children.is_girl[child].astype(int)
    haz = children.haz[child] + age_effect(age) + 0.10 * month / plan.months
    true_cm = curves.length[sex, age] + haz * curves.length_sd[sex, age]
    whz = whz_of_the_day(rng, plan, children, child, month)
    weight = look_up_weight(curves, sex, true_cm, whz) * (1 + rng.normal(0, 0.005, age.size))
    mode = np.where(age < STANDING_FROM_DAYS, LYING, STANDING)
    wrong = rng.random(age.size) < 0.03
    mode = np.where(wrong & (age > 400) & (age < 1000), 3 - mode, mode)
    read_cm = true_cm - np.where(mode == STANDING, STANDING_IS_SHORTER_CM, 0) + rng.normal(0, 0.45, age.size)
    sloppiness = rng.beta(1.2, 6, children.desa.max() + 1)[children.desa[child]]
    lenhei = spoil(rng, heap(rng, read_cm, sloppiness, 0.5), share=0.004)
    return Visits(
        child=child,
        month=month,
        measured_on=measured_on,
        weight_kg=np.round(np.clip(spoil(rng, heap(rng, weight, sloppiness / 2, 0.5), share=0.002), 1.2, 45), 1),
        lenhei_cm=np.clip(np.where(rng.random(age.size) < 0.04, np.nan, lenhei), 35, 135),
        mode=mode,
        head_cm=np.round(31 + 16 * (1 - np.exp(-age / 330)) + rng.normal(0, 1.1, age.size), 1),
        muac_cm=np.where(age > 180, np.round(14.2 + 0.9 * whz + rng.normal(0, 0.4, age.size), 1), np.nan),
    )


def whz_of_the_day(
    rng: np.random.Generator, plan: Plan, children: Children, child: np.ndarray, month: np.ndarray
) -> np.ndarray:
    """True weight-for-length z of each visit: the child's own, the season, and a passing illness now and then."""
    calendar = plan.month_starts[month].astype("datetime64[M]").astype(int) % 12
    ill = rng.random(child.size) < 0.04
    return children.whz[child] - 0.32 + LEAN_MONTHS[calendar] + rng.normal(0, 0.10, child.size) - 0.7 * ill


def spoil(rng: np.random.Generator, values: np.ndarray, *, share: float) -> np.ndarray:
    """A few gross errors, as when two digits change places: these are what the flags must find."""
    wrong = rng.random(values.size) < share
    return np.where(wrong, np.round(values * rng.choice([0.72, 0.82, 1.22, 1.35], values.size), 1), values)
