"""What becomes of a person's particulars in four sources: left out, written another way, mistyped, plainly wrong."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tests.factories.planted import Person, Planted, draw, plant_people, read_lists
from tumbuh.engines.linkage.api import Entry

KEYS = {"a": "sqwz", "i": "uok", "u": "yij", "e": "wrd", "o": "ipl", "n": "bhm", "s": "adw", "r": "etf", "m": "nk",
        "t": "ryg", "l": "kop", "h": "gjn", "d": "sfe", "k": "jlm", "y": "tuh"}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """How much of the people a source has, how often each particular stands in it, and how careful it is."""

    share: float
    nik: float
    kk: float
    order: float
    grams: float
    mother: float
    posyandu: float
    unnamed: float
    moved: float
    carelessness: float


# The province's application, the posyandu's own book, the hospital's births, last year's list of another office.
SOURCES = (
    Source(0.97, 0.86, 0.70, 0.55, 0.75, 0.96, 0.95, 0.004, 0.0, 1.0),
    Source(0.17, 0.55, 0.35, 0.40, 0.50, 0.94, 0.98, 0.004, 0.02, 1.5),
    Source(0.10, 0.10, 0.15, 0.85, 0.97, 0.99, 0.35, 0.28, 0.05, 1.2),
    Source(0.07, 0.80, 0.65, 0.30, 0.40, 0.92, 0.75, 0.002, 0.06, 1.3),
)


def plant(people: int, seed: int) -> Planted:
    """Entries about so many people by all sources, with the truth; the same for the same seed."""
    rng = np.random.default_rng([seed, 1])
    persons = plant_people(people, seed)
    by_family: dict[int, list[Person]] = {}
    for person in persons:
        by_family.setdefault(person.family, []).append(person)
    lines = [
        (person, source)
        for person in persons
        for place, source in enumerate(SOURCES)
        if rng.random() < source.share or (place == 0 and rng.random() < 0.5)
    ]
    planted = Planted()
    for key, at in enumerate(rng.permutation(len(lines)).tolist(), 1):
        person, source = lines[at]
        planted.entries.append(write_entry(rng, key, person, by_family[person.family], source))
        planted.persons[key], planted.families[key] = person.key, person.family
        planted.births[key] = person.birth
    return planted


def write_entry(rng: np.random.Generator, key: int, person: Person, family: list[Person], source: Source) -> Entry:
    """One source's line about a person."""
    care = source.carelessness
    desa, posyandu, kk = person.desa, person.posyandu, person.kk
    if rng.random() < source.moved:
        desa, kk = move(rng, desa), kk if rng.random() < 0.5 else kk + 10**7
        posyandu = desa * 10 + int(rng.integers(4))
    elif rng.random() < 0.06 * care:
        posyandu = desa * 10 + int(rng.integers(4))
    return Entry(
        key=key,
        name=unnamed(rng, person, family) if rng.random() < source.unnamed else write_name(rng, person.name, care),
        sex=person.sex if rng.random() > 0.005 * care else ("F" if person.sex == "M" else "M"),
        birth_date=write_birth(rng, person.birth, care),
        desa=desa,
        mother=write_mother(rng, person.mother, care) if rng.random() < source.mother else "",
        nik=write_nik_of(rng, person, family, source),
        household=kk if rng.random() < source.kk else None,
        posyandu=posyandu if rng.random() < source.posyandu else None,
        order=(person.order if rng.random() > 0.02 * care else int(rng.integers(1, 5)))
        if rng.random() < source.order else None,
        birth_grams=write_grams(rng, person.grams, care) if rng.random() < source.grams else None,
    )  # fmt: skip


def unnamed(rng: np.random.Generator, person: Person, family: list[Person]) -> str:
    """A newborn without a name; of twins it is often said which one."""
    start = str(rng.choice(["By. Ny. ", "Bayi Ny ", "By Ny. "]))
    return f"{start}{person.mother.split()[0]}"


def write_name(rng: np.random.Generator, name: str, care: float) -> str:
    """The name with other spellings, words left out or joined, and slips of the keyboard."""
    words = [write_word(rng, word) for word in name.split()]
    chance = rng.random()
    if chance < 0.05 * care and len(words) > 1:
        words.pop(int(rng.integers(len(words))))
    elif chance < 0.07 * care and len(words) > 1:
        words[-1] = words[-1][0] + ("." if rng.random() < 0.5 else "")
    elif chance < 0.08 * care and len(words) > 1:
        words = words[1:] + words[:1]
    elif chance < 0.10 * care and len(words) > 1:
        words[:2] = ["".join(words[:2])]
    elif chance < 0.106 * care:
        words = [draw(rng, "second")]
    text = " ".join(words)
    if rng.random() < 0.05 * care:
        text = slip(rng, text)
    return text.upper() if rng.random() < 0.4 else text


def write_word(rng: np.random.Generator, word: str) -> str:
    lists = read_lists()
    if word == "Muhammad":
        return str(rng.choice(lists["muhammad"])) if rng.random() < 0.5 else word
    if word in lists["writings"]:
        return str(rng.choice(lists["writings"][word])) if rng.random() < 0.16 else word
    chance = rng.random()
    if chance < 0.015:
        return word.replace("ya", "ia") if "ya" in word else word + "h" if word[-1] == "a" else word + word[-1]
    if chance < 0.03:
        return word.replace("i", "y", 1) if word.endswith("i") else word.replace("f", "p").replace("z", "s")
    return word


def slip(rng: np.random.Generator, text: str) -> str:
    """One letter left out, doubled, exchanged with its neighbour, or the key beside it."""
    at = int(rng.integers(1, max(len(text) - 1, 2)))
    kind = int(rng.integers(4))
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:] if at < len(text) else text
    if kind == 2:
        return text[: at - 1] + text[at - 1 : at + 1][::-1] + text[at + 1 :]
    near = KEYS.get(text[at : at + 1].lower(), "a")
    return text[:at] + near[int(rng.integers(len(near)))] + text[at + 1 :]


def write_mother(rng: np.random.Generator, mother: str, care: float) -> str:
    chance = rng.random()
    if chance < 0.015 * care:
        return draw(rng, "mothers")  # a grandmother, or what the neighbours call her
    words = mother.split()
    if chance < 0.10 * care and len(words) > 1:
        words = words[:1] if rng.random() < 0.7 else words[1:]
    text = write_name(rng, " ".join(words), care * 0.7)
    return f"{rng.choice(['Ny.', 'Ibu', 'Ny'])} {text}" if rng.random() < 0.05 else text


def write_birth(rng: np.random.Generator, birth: date, care: float) -> date:
    """The day, or a year beside it, day and month exchanged, one digit, a few days, the first of the month."""
    chance = rng.random() / care
    if chance > 0.05:
        return birth
    if chance < 0.011:
        return shift(birth, years=1 if rng.random() < 0.5 else -1)
    if chance < 0.023:
        return birth.replace(day=birth.month, month=birth.day) if birth.day <= 12 else birth
    if chance < 0.035:
        return change_digit(rng, birth)
    if chance < 0.043:
        return birth + timedelta(int(rng.choice([-2, -1, 1, 2])))
    if chance < 0.047:
        return birth.replace(day=1)
    return birth + timedelta(int(rng.integers(-400, 400)))


def shift(birth: date, years: int) -> date:
    return birth.replace(year=birth.year + years, day=min(birth.day, 28))


def change_digit(rng: np.random.Generator, birth: date) -> date:
    """One digit of day or month another one, where that is still a date."""
    text = f"{birth:%Y%m%d}"
    for _ in range(20):
        at = int(rng.integers(5, 8))
        other = text[:at] + str(rng.integers(10)) + text[at + 1 :]
        try:
            return date(int(other[:4]), int(other[4:6]), int(other[6:]))
        except ValueError:
            continue
    return birth


def write_nik_of(rng: np.random.Generator, person: Person, family: list[Person], source: Source) -> str:
    """The NIK, nothing, a stopgap, another's of the family, or one digit wrong."""
    if rng.random() > source.nik:
        return ""
    chance = rng.random() / source.carelessness
    if chance < 0.025:
        return str(rng.choice(["0" * 16, "9" * 16, person.nik[:12] + "0000"]))
    if chance < 0.031:
        other = family[int(rng.integers(len(family)))]
        return other.nik if other is not person else f"{person.nik[:6]}{rng.integers(10**9, 10**10)}"
    if chance < 0.046:
        at = int(rng.integers(16))
        return person.nik[:at] + str((int(person.nik[at]) + int(rng.integers(1, 10))) % 10) + person.nik[at + 1 :]
    return person.nik


def write_grams(rng: np.random.Generator, grams: int, care: float) -> int:
    chance = rng.random() / care
    if chance < 0.015:
        return int(rng.integers(200, 450)) * 10
    return round(grams, -2) if chance < 0.2 else grams


def move(rng: np.random.Generator, desa: int) -> int:
    """Mostly nearby."""
    chance = rng.random()
    if chance < 0.6:
        return desa // 1000 * 1000 + 1 + int(rng.integers(12))
    if chance < 0.9:
        return desa // 10**6 * 10**6 + (int(rng.integers(13)) + 1) * 10**4 + 2001 + int(rng.integers(12))
    return 99 * 10**8 + (int(rng.integers(9)) + 1) * 10**6 + 10**4 + 2001 + int(rng.integers(12))
