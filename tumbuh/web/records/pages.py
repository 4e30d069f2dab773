"""A child put into words and rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from tumbuh.engines.anthropometry.api import Category, find_category
from tumbuh.records.api import Household, Measurement, Mode, NikStatus, Person, Sex, WeightGain, decrypt_nik, mask_nik
from tumbuh.web.records.charts import draw_growth
from tumbuh.web.templatetags.numbers import day, decimal

CHART_MONTHS = 60  # the standard ends there
LABELS = {"haz": "TB/U", "waz": "BB/U", "whz": "BB/TB"}


@dataclass(frozen=True)
class Score:
    """A z-score with its category in words; `flag` marks an implausible one."""

    z: float | None
    label: str
    flag: bool


def count_months(birth: date, on: date) -> int:
    """Completed months between two days."""
    return (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day)


def write_age(birth: date, on: date) -> str:
    """2 tahun 3 bulan."""
    years, months = divmod(max(count_months(birth, on), 0), 12)
    parts = [ngettext("%(n)d tahun", "%(n)d tahun", years) % {"n": years}] if years else []
    parts += [ngettext("%(n)d bulan", "%(n)d bulan", months) % {"n": months}] if months or not years else []
    return " ".join(parts)


def write_short_age(birth: date, on: date) -> str:
    """2 th 3 bl, for narrow columns."""
    years, months = divmod(max(count_months(birth, on), 0), 12)
    parts = [gettext("%(n)d th") % {"n": years}] if years else []
    return " ".join([*parts, gettext("%(n)d bl") % {"n": months}])


def describe_child(person: Person, today: date, *, is_nik_shown: bool = False) -> list[tuple[str, str]]:
    """Label and value of what identifies the child; the NIK masked unless it is to be shown."""
    nik = decrypt_nik(person.nik_encrypted) if person.nik_encrypted else ""
    nik = nik if is_nik_shown else mask_nik(nik) if nik else ""
    rows = [
        (gettext("Nama"), person.name),
        (gettext("NIK"), nik or gettext(NikStatus(person.nik_status).label)),
        (gettext("Jenis kelamin"), gettext(Sex(person.sex).label)),
        (gettext("Tanggal lahir"), f"{day(person.birth_date)} ({write_age(person.birth_date, today)})"),
        (gettext("Orang tua"), person.mother_name or "–"),
        (gettext("Desa/kelurahan"), person.desa.full_name),
        (gettext("Posyandu"), person.posyandu.name if person.posyandu else "–"),
    ]
    if person.household:
        rows += describe_household(person.household)
    if person.birth_weight_kg is not None:
        rows.append((gettext("Berat lahir"), f"{decimal(person.birth_weight_kg)} kg"))
    if person.birth_length_cm is not None:
        rows.append((gettext("Panjang lahir"), f"{decimal(person.birth_length_cm)} cm"))
    return rows


def describe_household(home: Household) -> list[tuple[str, str]]:
    """Label and value of what is known of a household; the KK number masked."""
    rows = []
    if home.address or home.rt or home.rw:
        numbers = [" ".join(pair) for pair in (("RT", home.rt), ("RW", home.rw)) if pair[1]]
        rows.append((gettext("Alamat"), ", ".join(filter(None, [home.address, *numbers]))))
    if home.kk_encrypted:
        rows.append((gettext("Nomor KK"), mask_nik(decrypt_nik(home.kk_encrypted))))
    return rows


def describe_siblings(siblings: Sequence[Person], today: date) -> list[tuple[Person, str, str]]:
    """Each with sex and age in words."""
    return [(other, gettext(Sex(other.sex).label).lower(), write_age(other.birth_date, today)) for other in siblings]


def score(visit: Measurement, indicator: str) -> Score:
    """One z-score of a visit in words."""
    z = getattr(visit, indicator)
    if z is None:
        return Score(None, gettext("tidak dihitung"), False)
    flag = getattr(visit, f"{indicator}_flag")
    label = gettext("tidak wajar, ukur ulang") if flag else name_of(find_category(indicator, z))
    return Score(z / 100, label, flag)


def name_of(category: Category | None) -> str:
    """The category's name in the reader's language."""
    if category is None:
        return ""
    return category.label_en if (get_language() or "id").startswith("en") else category.label


def describe_visits(visits: Sequence[Measurement]) -> list[dict[str, Any]]:
    """Visits for the table, the newest first."""
    return [
        {
            "visit": visit,
            "age": write_short_age(visit.birth_date, visit.measured_on),
            "mode": gettext(Mode(visit.mode).label),
            "gain": gettext(WeightGain(visit.weight_gain).label) if visit.weight_gain else "–",
            "scores": [score(visit, indicator) for indicator in LABELS],
        }
        for visit in reversed(visits)
    ]


def list_charts(person: Person, visits: Sequence[Measurement]) -> list[tuple[str, SafeString]]:
    """Title and picture of the three growth charts."""
    titles = {
        "haz": gettext("Panjang atau tinggi menurut umur (PB/U, TB/U)"),
        "waz": gettext("Berat menurut umur (BB/U)"),
        "whz": gettext("Berat menurut panjang atau tinggi (BB/PB, BB/TB)"),
    }
    return [(title, draw_growth(indicator, person, visits, title)) for indicator, title in titles.items()]


def is_grown(person: Person, visits: Sequence[Measurement], today: date) -> bool:
    """Past the age of growth charts, and never measured for one."""
    return not visits and count_months(person.birth_date, today) >= CHART_MONTHS


def read_aloud(person: Person, visits: Sequence[Measurement], today: date) -> str:
    """One sentence about the child that a kader can read aloud."""
    if is_grown(person, visits, today):
        return f"{person.name}, {write_age(person.birth_date, today)}."
    if not visits:
        return gettext("%(name)s, %(age)s: belum pernah diukur.") % {
            "name": person.name, "age": write_age(person.birth_date, today)}  # fmt: skip
    last = visits[-1]
    found = {label: score(last, indicator) for indicator, label in LABELS.items()}
    words = [f"{label} {entry.label.lower()}" for label, entry in found.items() if entry.z is not None]
    gain = gettext(WeightGain(last.weight_gain).label).lower() if last.weight_gain else ""
    return gettext("%(name)s, %(age)s, diukur %(day)s: %(words)s%(gain)s.") % {
        "name": person.name,
        "age": write_age(person.birth_date, last.measured_on),
        "day": day(last.measured_on),
        "words": ", ".join(words) or gettext("status gizi tidak dapat dihitung"),
        "gain": "; " + gettext("berat badan") + ": " + gain if gain else "",
    }
