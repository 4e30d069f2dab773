"""A person as a source wrote them, and the columns that are compared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tumbuh.engines.linkage.words import read_mother, read_name

NIK_DIGITS = 16
MAX_MONTH = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One line about a person; blank or None where the source says nothing.

    `desa` is a number whose leading digits are kecamatan and kabupaten, as in the state's region codes (kecamatan:
    without the last three digits, kabupaten: without the last six). `order`: which child of the mother.
    """

    key: int
    name: str
    sex: str
    birth_date: date
    desa: int
    mother: str = ""
    nik: str = ""
    household: int | None = None
    posyandu: int | None = None
    order: int | None = None
    birth_grams: int | None = None


def is_certain_nik(nik: str) -> bool:
    """Whether it can be a person's own: 16 digits, a serial number that is not zero, not one digit over and over."""
    return len(nik) == NIK_DIGITS and nik.isdigit() and not nik.endswith("0000") and len(set(nik)) > 2


def swap_date(day: date) -> date | None:
    """The date with day and month exchanged; None where there is none or it is the same."""
    if day.day > MAX_MONTH or day.day == day.month:
        return None
    return day.replace(month=day.day, day=day.month)


def prepare(entry: Entry) -> dict[str, Any]:
    """The columns of one entry as SQL and Python compare them; None where nothing is known."""
    name, mother = read_name(entry.name), read_mother(entry.name, entry.mother)
    return {
        "key": entry.key,
        "name": name.text or None,
        "sound": name.sound or None,
        "words": list(name.words) or None,
        "first": next(iter(name.words), None),
        "last": name.words[-1] if name.words else None,
        "sex": entry.sex or None,
        "birth": entry.birth_date,
        "swapped": swap_date(entry.birth_date),
        "mother": mother.text or None,
        "mother_sound": mother.sound or None,
        "mother_words": list(mother.words) or None,
        "nik": entry.nik if is_certain_nik(entry.nik) else None,
        "household": entry.household,
        "desa": entry.desa,
        "posyandu": entry.posyandu,
        "birth_order": entry.order,
        "grams": entry.birth_grams,
    }


def prepare_all(entries: Iterable[Entry]) -> dict[str, list[Any]]:
    """The columns of all entries, by key, so that the order of the lines makes no difference."""
    rows = [prepare(entry) for entry in sorted(entries, key=lambda entry: entry.key)]
    return {column: [row[column] for row in rows] for column in (rows[0] if rows else ())}
