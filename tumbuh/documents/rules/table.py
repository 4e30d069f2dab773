"""The table of a bulk upload: its columns, and what each cell means."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from tumbuh.documents.rules.kinds import Kind

Cell = str | int | float | bool | date | datetime | None
# field → heading; those in NEEDED make a row the heading row
COLUMNS = {
    "region": "kode wilayah", "region_name": "nama wilayah", "kind": "jenis dokumen", "title": "judul",
    "number": "nomor", "issued_on": "tanggal", "year": "tahun", "file": "nama berkas",
}  # fmt: skip
OTHER_HEADINGS = {
    "kode": "region", "kode desa": "region", "nama": "region_name", "nama desa": "region_name", "jenis": "kind",
    "nomor dokumen": "number", "tanggal dokumen": "issued_on", "tahun anggaran": "year", "berkas": "file",
    "file": "file",
}  # fmt: skip
NEEDED = frozenset({"region", "kind", "file"})
MONTHS = "januari februari maret april mei juni juli agustus september oktober november desember".split()
NUMERIC_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
WORD_DATE = re.compile(r"(\d{1,2})\s+([a-z]+)\s+(\d{4})")


@dataclass(frozen=True)
class Line:
    """A line of the table with the number that the spreadsheet shows, its cells by field."""

    number: int
    cells: dict[str, Cell]


class CellError(ValueError):
    """A cell that cannot be understood; the text says why and what to do."""


def read_headings(row: Sequence[Cell]) -> dict[int, str] | None:
    """Column → field when this is the heading row, else None."""
    names = {heading: field for field, heading in COLUMNS.items()} | OTHER_HEADINGS
    found: dict[int, str] = {}
    for column, cell in enumerate(row):
        field = names.get(" ".join(str(cell or "").lower().split()))
        if field and field not in found.values():
            found[column] = field
    return found if set(found.values()) >= NEEDED else None


def read_lines(rows: Iterable[tuple[int, Sequence[Cell]]]) -> list[Line] | None:
    """The lines below the heading row that name a file; None when there is no heading row."""
    headings: dict[int, str] | None = None
    lines = []
    for number, row in rows:
        if headings is None:
            headings = read_headings(row)
            continue
        cells = {field: row[column] for column, field in headings.items() if column < len(row)}
        if str(cells.get("file") or "").strip():
            lines.append(Line(number, cells))
    return None if headings is None else lines


def read_text(value: Cell) -> str:
    """A cell as text: a number without its decimals where it has none."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def read_kind(value: Cell, kinds: Mapping[str, Kind]) -> Kind:
    """The kind by its code, its label, or the short form in the label's brackets."""
    text = read_text(value)
    for kind in kinds.values():
        short = re.search(r"\(([^)]*)\)", kind.label)
        names = {
            kind.code,
            kind.code.replace("_", " "),
            kind.label,
            kind.label_en,
            short.group(1) if short else kind.code,
        }
        if text.casefold() in {name.casefold() for name in names}:
            return kind
    raise CellError(_("Jenis “%(text)s” tidak dikenal. Pakai kode dari lembar Jenis dokumen.") % {"text": text[:40]})


def read_date(value: Cell) -> date | None:
    """A date as people write it; None for an empty cell."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    text = read_text(value).lower()
    if not text:
        return None
    try:
        if found := ISO_DATE.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := NUMERIC_DATE.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if (found := WORD_DATE.fullmatch(text)) and found[2] in MONTHS:
            return date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    except ValueError:
        pass
    raise CellError(_("Tanggal “%(text)s” tidak terbaca. Tulis seperti 30/09/2026.") % {"text": text[:40]})


def read_year(value: Cell) -> int | None:
    """A year; None for an empty cell."""
    text = read_text(value)
    if not text:
        return None
    if not text.isdecimal() or len(text) != 4:
        raise CellError(_("Tahun “%(text)s” tidak terbaca. Tulis empat angka, misalnya 2026.") % {"text": text[:40]})
    return int(text)
