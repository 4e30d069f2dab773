"""First look at an upload: read it once in the limited child, keep the rows, guess what the columns are."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tumbuh.accounts.api import IMPORT, get_scope
from tumbuh.intake.actions.formats import guess_name, guess_reading
from tumbuh.intake.actions.learning import read_learned
from tumbuh.intake.actions.spool import get_path, keep_chunks, open_kept, remove_files
from tumbuh.intake.actions.steps import move, report_progress, work_alone
from tumbuh.intake.eppgbm.api import Layout, SheetReading
from tumbuh.intake.errors import CancelledError, FileRefusedError
from tumbuh.intake.models import Import
from tumbuh.intake.rules import State
from tumbuh.intake.sources.api import Learned
from tumbuh.lib.spreadsheets.api import Chunk, Packed, SpreadsheetError, read_packed, read_sheets, unpack_chunk

HEAD_ROWS = 60
SAMPLES = 3
NIK_LIKE = re.compile(r"\d{13,}")


def read_import(*, import_id: UUID) -> None:
    """From UPLOADED to CONFIRM (or REFUSED with the reason). Does nothing in any other state."""
    with work_alone(import_id, State.UPLOADED) as job:
        if job is None:
            return
        try:
            source, sheets = look_at_sheets(job)
            check_usable(sheets)
        except (SpreadsheetError, FileRefusedError) as error:
            refuse(job, str(error.code), str(error))
        except CancelledError as error:
            stop(job, error)
        else:
            total = sum(sheet["rows"] for sheet in sheets if sheet["use"])
            columns = {"sheets": sheets, **find_defaults(job)}
            move(job, State.CONFIRM, source=source, columns=columns, rows_done=0, rows_total=total)


def refuse(job: Import, code: str, message: str) -> None:
    """The file cannot be taken: say why, keep nothing of it."""
    move(job, State.REFUSED, error_code=code[:40], error_message=message)
    job.chunks.all().delete()
    remove_files(job.stored_as)


def stop(job: Import, error: CancelledError) -> None:
    """The user asked to stop: nothing stays but the line in the list."""
    move(job, State.CANCELLED, error_code=error.code, error_message=str(error))
    job.rows.all().delete()
    job.chunks.all().delete()
    remove_files(job.stored_as)


def look_at_sheets(job: Import) -> tuple[str, list[dict[str, Any]]]:
    """The source, and one entry a sheet: its guessed reading, its number of rows, a few values of each column."""
    heads: dict[str, dict[str, Any]] = {}
    for number, chunk in enumerate(open_chunks(job)):
        head = heads.setdefault(
            chunk.sheet, {"first": chunk.first_row, "rows": [], "hidden": chunk.is_hidden, "count": 0}
        )
        if len(head["rows"]) < HEAD_ROWS:
            head["rows"] += unpack_chunk(chunk).rows[: HEAD_ROWS - len(head["rows"])]
        head["count"] += chunk.count
        if number % 20 == 0:
            report_progress(job, sum(entry["count"] for entry in heads.values()), chunk.sheet_rows)
    shown = [head["rows"] for head in heads.values() if not head["hidden"]]
    learned = read_learned(job.by)
    source = guess_name(job.source, shown, learned)
    return source, [describe_sheet(source, name, head, learned) for name, head in heads.items()]


def find_defaults(job: Import) -> dict[str, Any]:
    """The desa that is meant where rows name none: the only one in which the user may import."""
    spans = get_scope(job.by, IMPORT).spans
    return {"desa": spans[0].low} if len(spans) == 1 and spans[0].low == spans[0].high else {}


def describe_sheet(source: str, name: str, head: dict[str, Any], learned: Learned) -> dict[str, Any]:
    """The sheet's entry in Import.columns."""
    reading = guess_reading(source, head["rows"], sheet=name, first_row=head["first"], learned=learned)
    start = max(reading.first_data_row - head["first"], 0)
    return {
        "reading": reading.to_json(),
        "rows": max(head["count"] - start, 0),
        "hidden": head["hidden"],
        "use": reading.layout is not Layout.NONE and not head["hidden"],
        "samples": list_samples(reading, head["rows"][start:]),
    }


def list_samples(reading: SheetReading, rows: list[list[Any]]) -> dict[str, list[str]]:
    """Column position → its first values, long digit strings shortened."""
    samples: dict[str, list[str]] = {}
    for column in reading.columns:
        values = (row[column.index] for row in rows if len(row) > column.index)
        filled = (str(value) for value in values if value not in (None, ""))
        samples[str(column.index)] = [shorten(text) for text in islice(filled, SAMPLES)]
    return samples


def shorten(text: str) -> str:
    return NIK_LIKE.sub(lambda found: f"{found[0][:4]}…{found[0][-2:]}", text)[:60]


def check_usable(sheets: list[dict[str, Any]]) -> None:
    """Raises FileRefusedError when the file has no rows at all."""
    if not any(sheet["rows"] for sheet in sheets):
        raise FileRefusedError(
            "NO_ROWS", _("Tidak ada baris data di berkas ini. Periksa apakah berkas yang benar yang dikirim.")
        )


def open_chunks(job: Import) -> Iterator[Packed]:
    """The rows of the upload from its file, kept on the way; what an earlier run kept goes."""
    job.chunks.all().delete()
    return keep_chunks(job, read_packed(get_path(job.stored_as)))


def get_opener(job: Import) -> Callable[[], Iterator[Chunk]]:
    """What gives the rows of the upload, as kept or, when they are not, from the file itself; needs no database."""
    return open_kept(job) or (lambda: read_sheets(get_path(job.stored_as)))
