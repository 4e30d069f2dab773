"""Survey results: what may be entered, which row of a survey counts, and how a published list is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tumbuh.engines.definitions.api import DefinitionError, Text
from tumbuh.indicators.errors import SurveyError

FIRST_YEAR = 1990
KEYS = {"source": str, "indicator": str, "year": int, "document": str, "uncertain": bool, "note": dict, "results": list}
MIDDLE = 7  # the month taken for a survey of which only the year is known

SurveyKey = tuple[str, int, int]  # source folded, year, month (0: not known)


@dataclass(frozen=True)
class SurveyDetails:
    """A survey's result as it is entered: percentages, and what they rest on."""

    source: str
    year: int
    month: int | None
    value: Decimal
    low: Decimal | None
    high: Decimal | None
    sample: int | None
    design_effect: Decimal | None
    document: str
    link: str = ""
    note: str = ""


@dataclass(frozen=True)
class SurveyEntry:
    """One row of a survey's story: published with the platform (`recorded_at` None) or entered by an official."""

    details: SurveyDetails
    note: Text
    is_uncertain: bool
    is_withdrawn: bool
    recorded_at: datetime | None
    recorded_by: str
    is_current: bool = False

    @property
    def key(self) -> SurveyKey:
        return make_key(self.details.source, self.details.year, self.details.month)

    @property
    def slug(self) -> str:
        """The key as an address carries it."""
        return f"{self.details.year}-{self.details.month or 0}-{self.key[0]}"

    @property
    def held_on(self) -> date:
        return date(self.details.year, self.details.month or MIDDLE, 1)


def make_key(source: str, year: int, month: int | None) -> SurveyKey:
    """The same survey, however its name is spaced or capitalised."""
    return " ".join(source.split()).casefold(), year, month or 0


def check_survey(details: SurveyDetails, today: date) -> None:
    """Raises SurveyError with the first thing that cannot be."""
    month = details.month
    if not details.source.strip() or not details.document.strip():
        raise SurveyError("Nama survei dan dokumennya harus diisi, supaya angka dapat ditelusuri.")
    if not FIRST_YEAR <= details.year <= today.year or (month is not None and not 1 <= month <= 12):
        raise SurveyError(
            f"Tahun survei antara {FIRST_YEAR} dan {today.year}, bulan antara 1 dan 12. Perbaiki isiannya."
        )
    if not 0 <= details.value <= 100:
        raise SurveyError("Angka survei adalah persen dari 0 sampai 100. Perbaiki isiannya.")
    if (details.low is None) != (details.high is None):
        raise SurveyError("Selang memerlukan batas bawah dan batas atas. Isi keduanya, atau kosongkan keduanya.")
    low, high = details.low, details.high
    if low is not None and high is not None and not 0 <= low <= details.value <= high <= 100:
        raise SurveyError("Angka survei harus berada di dalam selangnya. Periksa batas bawah dan batas atas.")
    if details.sample is not None and details.sample < 1:
        raise SurveyError("Jumlah sampel paling sedikit 1. Kosongkan bila tidak diketahui.")
    if details.design_effect is not None and details.design_effect < 1:
        raise SurveyError("Efek rancangan paling kecil 1. Kosongkan bila tidak diketahui.")


def choose_current(entries: Iterable[SurveyEntry]) -> list[SurveyEntry]:
    """Entries given in the order of their writing, the last first; back comes the newest survey first.

    Of each survey its last row counts, unless that row takes the result away.
    """
    seen: set[SurveyKey] = set()
    found = []
    for entry in entries:
        found.append(replace(entry, is_current=entry.key not in seen and not entry.is_withdrawn))
        seen.add(entry.key)
    return sorted(found, key=lambda entry: entry.held_on, reverse=True)


def parse_published(content: Any, file: str) -> tuple[str, str, dict[str, SurveyEntry]]:
    """(indicator, source, region code → entry) of a published list; raises DefinitionError naming file and key."""
    if not isinstance(content, Mapping):
        raise DefinitionError(f"{file}: not a table of keys")
    for key, kind in KEYS.items():
        if not isinstance(content.get(key), kind):
            raise DefinitionError(f"{file}: {key} is missing or no {kind.__name__}")
    entries = {}
    for row in content["results"]:
        if not isinstance(row, Mapping) or not isinstance(row.get("region"), str) or "percent" not in row:
            raise DefinitionError(f"{file}: results: each needs a region (in quotes) and a percent")
        if row["region"] in entries:
            raise DefinitionError(f"{file}: results: {row['region']} stands twice")
        details = SurveyDetails(
            source=content["source"], year=content["year"], month=content.get("month"),
            value=Decimal(str(row["percent"])), low=_read(row, "low"), high=_read(row, "high"),
            sample=row.get("sample"), design_effect=_read(row, "design_effect"), document=content["document"],
            link=content.get("link", ""),
        )  # fmt: skip
        note = Text(content["note"].get("id", ""), content["note"].get("en", ""))
        entries[row["region"]] = SurveyEntry(details, note, content["uncertain"], False, None, "")
    return content["indicator"], content["source"], entries


def _read(row: Mapping[str, Any], name: str) -> Decimal | None:
    return None if row.get(name) is None else Decimal(str(row[name]))
