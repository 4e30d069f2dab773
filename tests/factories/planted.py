"""People whose doubles are known: families with siblings and twins, written down by four sources with their errors."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from tumbuh.engines.linkage.api import Entry

FIRST_BIRTH, LAST_BIRTH = date(2021, 1, 1), date(2025, 12, 31)
PEOPLE_A_DESA = 112
POSYANDU_A_DESA = 4


@dataclass(slots=True)
class Person:
    """The truth about one child."""

    key: int
    family: int
    birth: date
    order: int
    grams: int
    desa: int
    posyandu: int
    mother: str
    sex: str = ""
    name: str = ""
    nik: str = ""
    kk: int = 0
    is_twin: bool = False


@dataclass
class Planted:
    """Entries in the order of their keys, and for each key the person and the mother that it is about."""

    entries: list[Entry] = field(default_factory=list)
    persons: dict[int, int] = field(default_factory=dict)
    families: dict[int, int] = field(default_factory=dict)
    births: dict[int, date] = field(default_factory=dict)  # the true ones, by key

    def list_true_pairs(self) -> set[tuple[int, int]]:
        by_person: dict[int, list[int]] = {}
        for key, person in self.persons.items():
            by_person.setdefault(person, []).append(key)
        return {
            (one, other) for keys in by_person.values() for one in sorted(keys) for other in sorted(keys) if one < other
        }


@cache
def read_lists() -> dict:
    found = yaml.safe_load((Path(__file__).parent / "planted_names.yaml").read_text())
    writings = found.pop("writings")
    lists = {kind: words.split() for kind, words in found.items()}
    lists["writings"] = {word: ways.split("," if "," in ways else None) for word, ways in writings.items()}
    return lists


@cache
def weigh(kind: str) -> np.ndarray:
    """Some names are far more common than others: the chance falls with the place in the list. Summed up."""
    places = np.arange(len(read_lists()[kind])) + 8.0
    chance = np.cumsum(places**-0.75)
    return chance / chance[-1]


def draw(rng: np.random.Generator, kind: str) -> str:
    words = read_lists()[kind]
    at = rng.random()
    return words[int(at * len(words))] if kind == "boys_before" else words[int(np.searchsorted(weigh(kind), at))]


def plant_people(people: int, seed: int) -> list[Person]:
    """So many children in their families; a desa has about 112."""
    rng = np.random.default_rng(seed)
    desas = list_desas(max(people // PEOPLE_A_DESA, 1))
    made: list[Person] = []
    taken: set[str] = set()
    family = 0
    while len(made) < people:
        family += 1
        for child in make_family(rng, family, desas[int(rng.integers(len(desas)))], len(made)):
            while child.nik in taken:
                child.nik = f"{child.nik[:12]}{int(child.nik[12:]) + 1:04d}"
            taken.add(child.nik)
            made.append(child)
    return made[:people]


def list_desas(number: int) -> list[int]:
    """Numbers of desa: 12 a kecamatan, 13 kecamatan a kabupaten; 99 is no province."""
    return [99 * 10**8 + (n // 156 + 1) * 10**6 + (n // 12 % 13 + 1) * 10**4 + 2001 + n % 12 for n in range(number)]


def make_family(rng: np.random.Generator, family: int, desa: int, start: int) -> list[Person]:
    """The children under five of one mother."""
    mother = draw(rng, "mothers") + (f" {draw(rng, 'second' if rng.random() < 0.5 else 'mothers')}"
                                     if rng.random() < 0.72 else "")  # fmt: skip
    surname = draw(rng, "second")
    posyandu = desa * 10 + int(rng.integers(POSYANDU_A_DESA))
    day = FIRST_BIRTH + timedelta(int(rng.integers((LAST_BIRTH - FIRST_BIRTH).days + 1)))
    order = int(rng.choice([1, 2, 3, 4, 5], p=[0.38, 0.31, 0.18, 0.09, 0.04]))
    children: list[Person] = []
    for _ in range(int(rng.choice([1, 2, 3], p=[0.72, 0.24, 0.04]))):
        if day > LAST_BIRTH:
            break
        number = 2 if rng.random() < 0.012 else 1
        births = [
            Person(start + len(children) + n, family, day, order + n, draw_grams(rng, number), desa, posyandu, mother,
                   kk=family, is_twin=number == 2) for n in range(number)
        ]  # fmt: skip
        name_births(rng, births, surname)
        children += births
        order += number
        day += timedelta(int(rng.integers(330, 1300)))
    for child in children:
        child.nik = write_nik(rng, child, children)
    return children


def draw_grams(rng: np.random.Generator, number: int) -> int:
    return int(np.clip(rng.normal(3100 if number == 1 else 2350, 420), 1000, 4800)) // 10 * 10


def name_births(rng: np.random.Generator, births: list[Person], surname: str) -> None:
    """Sex and name; siblings often share their last word, twins often begin alike as well."""
    is_alike = rng.random() < 0.6
    for child in births:
        child.sex = "F" if rng.random() < 0.488 else "M"
        if len(births) == 2 and is_alike:
            child.sex = births[0].sex or child.sex
    first = ""
    for child in births:
        kind = "girls" if child.sex == "F" else "boys"
        word = draw(rng, kind) if not (first and is_alike) else draw_like(rng, kind, first)
        if child is not births[0] and word == first:
            word = draw(rng, kind)
        first = word
        child.name = spell_out(rng, child.sex, word, surname)


def draw_like(rng: np.random.Generator, kind: str, other: str) -> str:
    """Another name with the same beginning."""
    alike = [word for word in read_lists()[kind] if word != other and word[:2] == other[:2]]
    alike = alike or [word for word in read_lists()[kind] if word != other and word[0] == other[0]]
    return str(rng.choice(alike)) if alike else draw(rng, kind)


def spell_out(rng: np.random.Generator, sex: str, word: str, surname: str) -> str:
    """One to four words."""
    length = int(rng.choice([1, 2, 3], p=[0.13, 0.55, 0.32]))
    words = [word]
    if length == 3:
        words.append(draw(rng, "girls" if sex == "F" else "boys"))
    if length >= 2:
        words.append(surname if rng.random() < 0.5 else draw(rng, "second"))
    if sex == "M" and rng.random() < 0.22:
        words.insert(0, draw(rng, "boys_before"))
    if sex == "F" and rng.random() < 0.05:
        words.insert(0, "Siti")
    return " ".join(words)


def write_nik(rng: np.random.Generator, child: Person, family: list[Person]) -> str:
    """A number that nobody has (province 99); twins mostly have serials one after the other."""
    day = child.birth.day + (40 if child.sex == "F" else 0)
    front = f"99{child.desa // 10**4 % 10**4:04d}{day:02d}{child.birth:%m%y}"
    same = [other for other in family if other.nik.startswith(front)]
    serial = int(same[-1].nik[-4:]) + 1 if same else int(rng.choice(np.arange(1, 40), p=SERIALS))
    return f"{front}{serial:04d}"


SERIALS = 1 / np.arange(1, 40) ** 1.1
SERIALS = SERIALS / SERIALS.sum()
