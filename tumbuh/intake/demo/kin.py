"""Who else lives with the made-up children: mothers, big sisters, bridal couples. People as rows for the register."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from tumbuh.intake.demo.population import NO_SUCH_PROVINCE
from tumbuh.records.api import Person, PersonRow, SourceBatch

SEED = 20260106
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Child:
    """A made-up child that stands in the register."""

    id: int
    birth_date: date
    worst_whz: int | None
    worst_haz: int | None


@dataclass
class Family:
    """A household of the register with what was made up around it. `chance` is how well its desa works, 0 to 1."""

    household_id: int
    desa_id: int
    posyandu_id: int | None
    mother_name: str
    address: str
    rt: str
    rw: str
    chance: float
    children: list[Child] = field(default_factory=list)
    decile: int = 5
    mother_id: int = 0
    girl_id: int = 0

    @property
    def youngest(self) -> Child:
        return max(self.children, key=lambda child: child.birth_date)


def list_families(batch: SourceBatch, low: int, high: int, lows: dict[int, tuple[Any, Any]]) -> list[Family]:
    """The households of a batch's children in a range of desa; `lows`: lowest plausible WHZ and HAZ by child."""
    columns = ("pk", "birth_date", "household_id", "desa_id", "posyandu_id", "mother_name", "household__address",
               "household__rt", "household__rw")  # fmt: skip
    people = Person.objects.filter(batch=batch, desa_id__gte=low, desa_id__lte=high, household__isnull=False)
    families: dict[int, Family] = {}
    for pk, born, home, desa, posyandu, mother, address, rt, rw in people.order_by("pk").values_list(*columns):
        if mother:
            chance = 0.55 + 0.45 * Random(SEED + desa).betavariate(4, 1.4)  # noqa: S311 — made-up people
            family = families.setdefault(home, Family(home, desa, posyandu, mother, address, rt, rw, chance))
            family.children.append(Child(pk, born, *lows.get(pk, (None, None))))
    return list(families.values())


class Numbers:
    """Made-up NIK: of no region that exists, so nobody's; each once."""

    def __init__(self) -> None:
        self.serials: dict[str, int] = defaultdict(int)

    def draw(self, rng: Random, share: float, desa_id: int, born: date, sex: str) -> str | None:
        if rng.random() >= share:
            return None
        day = born.day + (40 if sex == "F" else 0)
        front = f"{NO_SUCH_PROVINCE}{desa_id // 10**4 % 10**4:04d}{day:02d}{born.month:02d}{born.year % 100:02d}"
        self.serials[front] += 1
        return f"{front}{self.serials[front]:04d}"


def draw_mother(rng: Random, numbers: Numbers, family: Family, since: date, share: float) -> PersonRow:
    """The mother of the family's children, 18 to 38 years older than the eldest; the family's decile with her."""
    eldest = min(child.birth_date for child in family.children)
    born = eldest - timedelta(days=int((18 + 20 * rng.betavariate(2.2, 3)) * YEAR))
    nik = numbers.draw(rng, share, family.desa_id, born, "F")
    return make_row(family, family.mother_name, "F", born, since, nik)


def draw_girl(
    rng: Random, numbers: Numbers, family: Family, until: date, since: date, share: float, name: str
) -> PersonRow:
    """A daughter of 10 to 18 years on the last day."""
    born = until - timedelta(days=int((10.1 + 8.5 * rng.random()) * YEAR))
    return make_row(family, name, "F", born, since, numbers.draw(rng, share, family.desa_id, born, "F"))


def make_row(family: Family, name: str, sex: str, born: date, since: date, nik: str | None, **values: Any) -> PersonRow:
    return PersonRow(
        desa_id=family.desa_id, name=name, sex=sex, birth_date=born, registered_on=since, nik=nik,
        posyandu_id=family.posyandu_id, family_name=family.mother_name, address=family.address, rt=family.rt,
        rw=family.rw, decile=family.decile, **values,
    )  # fmt: skip


def draw_couple(
    rng: Random, numbers: Numbers, family: Family, since: date, names: dict[str, list[str]]
) -> Iterator[PersonRow]:
    """Bride and groom, who live somewhere in the family's desa."""
    for sex, list_name, youngest in (("F", "girls", 19.2), ("M", "boys", 20.5)):
        name = f"{rng.choice(names[list_name])} {rng.choice(names['second'])}"
        born = since - timedelta(days=int((youngest + 9 * rng.betavariate(1.5, 3)) * YEAR))
        yield PersonRow(
            desa_id=family.desa_id, name=name, sex=sex, birth_date=born, registered_on=since,
            posyandu_id=family.posyandu_id, nik=numbers.draw(rng, 1, family.desa_id, born, sex),
        )  # fmt: skip


def choose_decile(rng: Random, weights: Iterable[int]) -> int:
    return rng.choices(range(1, 11), list(weights))[0]
