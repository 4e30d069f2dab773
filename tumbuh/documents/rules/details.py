"""What is written about a document, and whether it can be so."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tumbuh.documents.rules.kinds import Kind
from tumbuh.regions.api import Level

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_TITLE, LONGEST_NUMBER, LONGEST_NOTE = 300, 100, 2000
PERSON_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")


@dataclass(frozen=True)
class Details:
    """All that people write about a document; `region_id` and `institution_id` are keys."""

    kind: str
    title: str
    region_id: int
    number: str = ""
    issued_on: date | None = None
    year: int | None = None
    institution_id: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""


def find_faults(details: Details, kinds: Mapping[str, Kind], level: Level, today: date) -> dict[str, str]:
    """Field → what is wrong with it and what to do; empty when all is well. `level` is that of the region."""
    kind = kinds.get(details.kind)
    if kind is None:
        return {"kind": _("Jenis dokumen ini tidak dikenal. Pilih jenis dari daftar.")}
    faults = find_text_faults(details)
    if level not in kind.levels:
        faults["region"] = _("%(kind)s tidak dibuat di tingkat wilayah ini. Pilih jenis atau wilayah lain.") % {
            "kind": kind.name
        }
    if kind.is_yearly and details.year is None:
        faults["year"] = _("Tulis tahun yang dilayani dokumen ini.")
    elif details.year is not None and not FIRST_YEAR <= details.year <= LAST_YEAR:
        faults["year"] = _("Tahun %(year)s tidak wajar. Tulis empat angka, misalnya 2026.") % {"year": details.year}
    return faults | find_legal_faults(details, kind, today)


def find_text_faults(details: Details) -> dict[str, str]:
    """Texts that are missing or too long."""
    faults = {}
    if not details.title.strip():
        faults["title"] = _("Tulis judul dokumen.")
    for field, longest in (("title", LONGEST_TITLE), ("number", LONGEST_NUMBER), ("note", LONGEST_NOTE)):
        if len(getattr(details, field)) > longest:
            faults[field] = _("Teks ini lebih dari %(limit)d huruf. Persingkat.") % {"limit": longest}
    return faults


def find_legal_faults(details: Details, kind: Kind, today: date) -> dict[str, str]:
    """Number and dates that are missing or impossible."""
    faults = {}
    if kind.is_legal and not details.number.strip():
        faults["number"] = _("%(kind)s mempunyai nomor. Tulis nomornya.") % {"kind": kind.name}
    if kind.is_legal and details.issued_on is None:
        faults["issued_on"] = _("%(kind)s mempunyai tanggal penetapan. Tulis tanggalnya.") % {"kind": kind.name}
    if details.issued_on is not None and details.issued_on > today:
        faults["issued_on"] = _("Tanggal dokumen ada di masa depan. Periksa tanggalnya.")
    if details.valid_from and details.valid_to and details.valid_to < details.valid_from:
        faults["valid_to"] = _("Masa berlaku berakhir sebelum dimulai. Periksa kedua tanggalnya.")
    return faults


def count_person_numbers(text: str) -> int:
    """How many numbers of 16 digits, as NIK and KK have, stand in a text."""
    return len(PERSON_NUMBER.findall(text))
