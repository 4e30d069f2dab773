"""The columns of person_months that conditions may use, in words, and the clocks among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tumbuh.engines.convergence.days import add_days, add_months, first_of_month
from tumbuh.engines.definitions.api import Columns, Text

Row = Mapping[str, Any]  # one person and month: the columns of person_months


@dataclass(frozen=True)
class Column:
    """Its type, whether it may be missing (None), and how a person calls it."""

    kind: type
    is_nullable: bool
    text: Text


def make(kind: type, id: str, en: str, *, nullable: bool = True) -> Column:
    return Column(kind, nullable, Text(id, en))


DESCRIBED: Mapping[str, Column] = {
    "sex": make(str, "jenis kelamin", "sex", nullable=False),
    "age_months": make(int, "umur", "age", nullable=False),
    "decile": make(int, "desil kesejahteraan", "welfare decile"),
    "pregnancy_on": make(date, "hari pertama haid terakhir", "first day of the last period"),
    "gestation_days": make(int, "umur kehamilan", "weeks of pregnancy"),
    "is_risky": make(bool, "kehamilan berisiko tinggi", "high-risk pregnancy", nullable=False),
    "birth_on": make(date, "tanggal melahirkan", "day of giving birth"),
    "days_since_birth": make(int, "hari sejak melahirkan", "days since birth"),
    "months_since_birth": make(int, "bulan sejak melahirkan", "months since birth"),
    "couple_on": make(date, "tanggal terdaftar sebagai calon pengantin", "day of registering as a couple"),
    "couple_days": make(int, "hari sejak terdaftar sebagai calon pengantin", "days since registering as a couple"),
    "children_born": make(int, "jumlah anak", "number of children", nullable=False),
    "birth_gap_months": make(int, "jarak kelahiran", "time between births"),
    "muac_mm": make(int, "LiLA", "MUAC"),
    "hb_dg": make(int, "kadar Hb", "haemoglobin"),
    "bmi_tenths": make(int, "IMT", "BMI"),
    "smoke": make(bool, "paparan asap rokok", "exposure to smoke"),
    "haz": make(int, "TB/U", "height-for-age"),
    "waz": make(int, "BB/U", "weight-for-age"),
    "whz": make(int, "BB/TB", "weight-for-height"),
    "oedema": make(bool, "bengkak (edema)", "oedema", nullable=False),
    "water": make(bool, "air minum layak", "safe drinking water"),
    "latrine": make(bool, "jamban layak", "proper latrine"),
    "insurance": make(bool, "jaminan kesehatan", "health insurance"),
    "birth_certificate": make(bool, "akta kelahiran", "birth certificate"),
    "preschool": make(bool, "PAUD", "preschool"),
    "is_contact": make(bool, "wakil keluarga", "contact of the household", nullable=False),
    "has_target": make(bool, "ada sasaran dalam keluarga", "target in the family", nullable=False),
}
# Worked out from the month, not stored: the place of the month in its calendar window, from 1.
SEASONS: Mapping[str, int] = {"month_of_quarter": 3, "month_of_half": 6, "month_of_year": 12}
COLUMNS: Columns = {**{name: column.kind for name, column in DESCRIBED.items()}, **dict.fromkeys(SEASONS, int)}
NULLABLE = frozenset(name for name, column in DESCRIBED.items() if column.is_nullable)
STATEMENTS = ("water", "latrine", "insurance", "birth_certificate", "preschool")

# Columns that time alone moves on: the day from which they count, in days or in completed months.
DAY_CLOCKS = {"gestation_days": "pregnancy_on", "days_since_birth": "birth_on", "couple_days": "couple_on"}
MONTH_CLOCKS = {"months_since_birth": "birth_on", "age_months": "born_on"}


def complete_row(row: Row) -> Row:
    """The row with the columns that are worked out from its month."""
    month: date = row["month"]
    if row.get("month_of_year") == month.month:
        return row
    return {**row, **{name: (month.month - 1) % length + 1 for name, length in SEASONS.items()}}


def find_day(column: str, value: int, row: Row) -> date | None:
    """The first day on which the clock has the value. `age_months` is told to the month if no `born_on` is given."""
    if column in DAY_CLOCKS:
        start: date | None = row[DAY_CLOCKS[column]]
        return add_days(start, value) if start else None
    if column not in MONTH_CLOCKS and column not in SEASONS:
        return None
    start = row.get(MONTH_CLOCKS.get(column, ""))
    if start:
        return add_months(start, value)
    now: int | None = row[column]
    return None if now is None else add_months(first_of_month(row["month_end"]), value - now)
