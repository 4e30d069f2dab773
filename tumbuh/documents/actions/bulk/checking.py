"""Looking at a bulk upload: every line gets an outcome and its reasons; nothing is a document yet."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.documents.actions.bulk.archive import Archive
from tumbuh.documents.actions.documents import check_details, find_same
from tumbuh.documents.actions.files import Taken
from tumbuh.documents.errors import DetailsError, FileError, NotAllowedError, TableError
from tumbuh.documents.models import DocumentBatch
from tumbuh.documents.queries.kinds import list_kinds
from tumbuh.documents.queries.reach import get_reach
from tumbuh.documents.rules import Details
from tumbuh.documents.rules.table import (
    COLUMNS,
    Cell,
    CellError,
    Line,
    read_date,
    read_kind,
    read_lines,
    read_text,
    read_year,
)
from tumbuh.lib.attachments.api import Examiner
from tumbuh.lib.spreadsheets.api import SpreadsheetError, read_sheets
from tumbuh.regions.api import Region, find_region

MOST_LINES = 1_000
NEW, ALREADY_THERE, REFUSED = "NEW", "ALREADY_THERE", "REFUSED"


def check_batch(*, by: User, archive: BinaryIO, table: Path, name: str) -> DocumentBatch:
    """The upload as it would be saved: one entry for each line. TableError when it cannot be used as a whole.

    The accepted files are kept under their digests, the archive itself is not.
    """
    if not get_reach(by).manage.spans:
        raise NotAllowedError
    lines = read_table(table)
    files = Archive(archive)
    with Examiner() as examiner:
        entries = [check_line(by, line, files, examiner) for line in lines]
    refuse_doubles(entries)
    return keep_batch(by=by, name=name, entries=entries, unused=files.list_unused())


@transaction.atomic
def keep_batch(*, by: User, name: str, entries: list[dict[str, Any]], unused: list[str]) -> DocumentBatch:
    """The batch's row and event."""
    batch = DocumentBatch.objects.create(by=by, name=name[-130:], rows=entries, unused=unused)
    after = {"lines": len(entries), "refused": sum(entry["outcome"] == REFUSED for entry in entries)}
    record_event(
        by=by, action="documents.batch.checked", object_kind="document_batch", object_id=batch.public_id, after=after
    )
    return batch


def read_table(path: Path) -> list[Line]:
    """The lines of the first sheet that has the headings."""
    try:
        lines = read_lines(list_rows(path))
    except SpreadsheetError as error:
        is_english = (get_language() or "id").startswith("en")
        raise TableError(error.english if is_english else str(error)) from error
    if lines is None:
        needed = ", ".join(COLUMNS[field] for field in ("region", "kind", "file"))
        raise TableError(_("Tabel tidak mempunyai judul kolom %(names)s. Pakai contoh tabelnya.") % {"names": needed})
    if not lines:
        raise TableError(_("Tabel tidak menyebut satu berkas pun. Isi kolom nama berkas, lalu kirim lagi."))
    if len(lines) > MOST_LINES:
        raise TableError(_("Tabel lebih dari %(limit)d baris. Bagi menjadi beberapa kiriman.") % {"limit": MOST_LINES})
    return lines


def list_rows(path: Path) -> Iterator[tuple[int, Sequence[Cell]]]:
    """(number, cells) of the first visible sheet."""
    first = None
    for chunk in read_sheets(path):
        if chunk.is_hidden or (first is not None and chunk.sheet != first):
            continue
        first = chunk.sheet
        yield from enumerate(chunk.rows, chunk.first_row)


def check_line(by: User, line: Line, files: Archive, examiner: Examiner) -> dict[str, Any]:
    """The line's entry: what it says, what is wrong with each column, and its file."""
    faults: dict[str, str] = {}
    taken: Taken | None = None
    name = read_text(line.cells.get("file"))
    region, details = read_details(by, line, faults)
    if details is not None and not faults:
        try:
            check_details(by, details)
        except DetailsError as error:
            faults |= error.faults
    try:
        taken = files.take(examiner, name)
    except FileError as error:
        faults["file"] = str(error)
    entry: dict[str, Any] = {
        "line": line.number, "file": name[:120], "outcome": REFUSED, "place": region.full_name if region else "",
        "reasons": [{"column": COLUMNS.get(field, field), "text": text} for field, text in faults.items()],
    }  # fmt: skip
    if details is not None and taken is not None and not faults:
        is_there = find_same(details, taken.sent_sha256) is not None
        entry |= {"outcome": ALREADY_THERE if is_there else NEW, "details": pack_details(details),
                  "taken": pack_taken(taken)}  # fmt: skip
    return entry


def read_details(by: User, line: Line, faults: dict[str, str]) -> tuple[Region | None, Details | None]:
    """Region and details of the line; what is not understood is put among the faults."""
    found: dict[str, Any] = {"number": read_text(line.cells.get("number"))}
    region = find_region(read_text(line.cells.get("region")))
    if region is None or not get_reach(by).may_manage(region.pk):
        region = None
        faults["region"] = _("Kode wilayah ini tidak ada di lingkup Anda. Salin kodenya dari contoh tabel.")
    readers = {"kind": lambda cell: read_kind(cell, list_kinds()), "issued_on": read_date, "year": read_year}
    for field, read in readers.items():
        try:
            found[field] = read(line.cells.get(field))
        except CellError as error:
            faults[field] = str(error)
    if region is None or faults:
        return region, None
    kind = found.pop("kind")
    title = read_text(line.cells.get("title")) or " ".join(
        filter(None, [kind.label, region.full_name, str(found["year"] or "")])
    )
    return region, Details(kind=kind.code, title=title, region_id=region.pk, **found)


def refuse_doubles(entries: list[dict[str, Any]]) -> None:
    """A line that says the same as an earlier one is refused and told which."""
    seen: dict[tuple[Any, ...], int] = {}
    for entry in entries:
        if entry["outcome"] == REFUSED:
            continue
        details = entry["details"]
        key = (details["region_id"], details["kind"], details["year"], entry["taken"]["sent_sha256"])
        if key in seen:
            text = _("Sama dengan baris %(line)d: wilayah, jenis, tahun, dan berkasnya.") % {"line": seen[key]}
            entry |= {"outcome": REFUSED, "reasons": [{"column": COLUMNS["file"], "text": text}]}
        else:
            seen[key] = entry["line"]


def pack_details(details: Details) -> dict[str, Any]:
    """As the batch keeps them."""
    return {**asdict(details), "issued_on": details.issued_on.isoformat() if details.issued_on else None}


def pack_taken(taken: Taken) -> dict[str, Any]:
    """As the batch keeps it; words are read later."""
    return {"kind": taken.kind.value, "name": taken.name, "sha256": taken.sha256, "sent_sha256": taken.sent_sha256,
            "size_bytes": taken.size_bytes, "text_state": taken.text_state.value}  # fmt: skip
