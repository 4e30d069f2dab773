"""The made-up children: where and when they were born, and how they tend to grow."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from tumbuh.intake.demo.families import Homes, draw_homes, pair_children, part_names
from tumbuh.intake.demo.names import draw_children_names, draw_mothers_names

MIN_CHILDREN_A_DESA = 8
UNDER_FIVE_DAYS = 1826
NO_SUCH_PROVINCE = "99"  # first digits of every made-up NIK: no region has this code, so no real person has this NIK


@dataclass(frozen=True)
class Plan:
    """What to make. `first_month` is the first day of the first of `months` months."""

    children: int
    first_month: date
    months: int = 12
    seed: int = 20251231

    @property
    def month_starts(self) -> np.ndarray:
        """First days of the months and of the one after the last, as datetime64[D]."""
        first = np.datetime64(self.first_month, "M")
        return (first + np.arange(self.months + 1)).astype("datetime64[D]")


@dataclass(frozen=True)
class Desa:
    """What the generator must know of a desa."""

    id: int
    is_urban: bool


@dataclass(frozen=True)
class Children:
    """One entry a child; `desa` and `posyandu` are positions, `haz` and `whz` the true mean z-scores."""

    desa: np.ndarray
    posyandu: np.ndarray
    is_girl: np.ndarray
    born: np.ndarray
    haz: np.ndarray
    whz: np.ndarray
    attendance: np.ndarray
    names: list[str]
    mothers: list[str]
    niks: list[str | None]
    homes: Homes

    @property
    def size(self) -> int:
        return self.desa.size


def draw_region_effects(rng: np.random.Generator, desas: list[Desa]) -> np.ndarray:
    """A shift of mean HAZ for each desa: shared by kabupaten and kecamatan, so that neighbours resemble each other."""
    ids = np.array([desa.id for desa in desas])
    effect = np.where([desa.is_urban for desa in desas], 0.20, 0.0)
    for divisor, spread in ((10**6, 0.17), (10**4, 0.12), (1, 0.15)):
        _, position = np.unique(ids // divisor, return_inverse=True)
        effect = effect + rng.normal(0, spread, position.max() + 1)[position]
    return effect - effect.mean()


def draw_sizes(rng: np.random.Generator, plan: Plan, desas: list[Desa]) -> np.ndarray:
    """Children of each desa; they add up to the plan's number, no desa is empty."""
    weight = rng.lognormal(0, 0.45, len(desas)) * np.where([desa.is_urban for desa in desas], 2.2, 1.0)
    free = max(plan.children - MIN_CHILDREN_A_DESA * len(desas), 0)
    return MIN_CHILDREN_A_DESA + rng.multinomial(free, weight / weight.sum())


def draw_births(rng: np.random.Generator, plan: Plan, size: int) -> np.ndarray:
    """Birth dates of children who are under five on at least one day of the plan's months."""
    first, end = plan.month_starts[0], plan.month_starts[-1]
    days = (end - first).astype(int) + UNDER_FIVE_DAYS - 30
    return first - (UNDER_FIVE_DAYS - 30) + rng.integers(0, days, size)


def write_niks(
    rng: np.random.Generator, desa_ids: np.ndarray, born: np.ndarray, is_girl: np.ndarray, is_twin: np.ndarray
) -> list[str | None]:
    """A made-up NIK for about 93 % of the children and every twin, None for the others; unique, and nobody's."""
    serials: dict[str, int] = {}
    niks: list[str | None] = []
    has_nik = ((rng.random(born.size) < 0.93) | is_twin).tolist()
    for desa_id, day, girl, present in zip(desa_ids.tolist(), born.tolist(), is_girl.tolist(), has_nik, strict=True):
        if not present:
            niks.append(None)
            continue
        day_of_month = day.day + (40 if girl else 0)
        front = f"{NO_SUCH_PROVINCE}{desa_id // 10**4 % 10**4:04d}{day_of_month:02d}{day.month:02d}{day.year % 100:02d}"
        serials[front] = serials.get(front, 0) + 1
        niks.append(f"{front}{serials[front]:04d}")
    return niks


def make_children(plan: Plan, desas: list[Desa]) -> Children:
    """All children of the plan, the same for the same seed."""
    rng = np.random.default_rng(plan.seed)
    sizes = draw_sizes(rng, plan, desas)
    desa = np.repeat(np.arange(len(desas)), sizes)
    posyandus = np.clip(sizes // 35 + 1, 1, 6)
    size = desa.size
    is_girl = rng.random(size) < 0.488
    head, born, is_twin = pair_children(rng, desa, draw_births(rng, plan, size))
    mothers = draw_mothers_names(rng, size)
    attendance_of_desa = rng.beta(12, 2.6, len(desas))
    ids = np.array([item.id for item in desas])
    return Children(
        desa=desa,
        posyandu=(rng.random(size) * posyandus[desa]).astype(int)[head],
        is_girl=is_girl,
        born=born,
        haz=draw_region_effects(rng, desas)[desa] + rng.normal(0, 1.02, size),
        whz=rng.normal(0, 0.98, size) + 0.25 * draw_region_effects(rng, desas)[desa],
        attendance=np.clip(attendance_of_desa[desa] * rng.beta(9, 0.9, size), 0.02, 0.99),
        names=part_names(draw_children_names(rng, is_girl), head, is_twin, is_girl),
        mothers=[mothers[child] for child in head.tolist()],
        niks=write_niks(rng, ids[desa], born, is_girl, is_twin),
        homes=draw_homes(rng, np.array([item.is_urban for item in desas])[desa], head),
    )
