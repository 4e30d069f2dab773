"""First look at an upload: read it once in the limited child, keep the rows, guess what the columns are."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tumbuh.intake.actions.spool import get_path, get_spool, read_spool, remove_files, write_spool
from tumbuh.intake.actions.steps import move, report_progress, work_alone
from tumbuh.intake.eppgbm.api import Layout, SheetReading, guess_columns
from tumbuh.intake.errors import CancelledError, FileRefusedError
from tumbuh.intake.models import Import
from tumbuh.intake.rules import State
from tumbuh.lib.spreadsheets.api import Chunk, SpreadsheetError, read_sheets

HEAD_ROWS = 60
SAMPLES = 3
NIK_LIKE = re.compile(r"\d{13,}")


def read_import(*, import_id: UUID) -> None:
    """From UPLOADED to CONFIRM (or REFUSED with the reason). Does nothing in any other state."""
    with work_alone(import_id, State.UPLOADED) as job:
        if job is None:
            return
        try:
            sheets = look_at_sheets(job)
            check_usable(sheets)
        except (SpreadsheetError, FileRefusedError) as error:
            refuse(job, str(error.code), str(error))
        except CancelledError as error:
            stop(job, error)
        else:
            total = sum(sheet["rows"] for sheet in sheets if sheet["use"])
            move(job, State.CONFIRM, columns={"sheets": sheets}, rows_done=0, rows_total=total)


def refuse(job: Import, code: str, message: str) -> None:
    """The file cannot be taken: say why, keep nothing of it."""
    move(job, State.REFUSED, error_code=code[:40], error_message=message)
    remove_files(job.stored_as)


def stop(job: Import, error: CancelledError) -> None:
    """The user asked to stop: nothing stays but the line in the list."""
    move(job, State.CANCELLED, error_code=error.code, error_message=str(error))
    job.rows.all().delete()
    remove_files(job.stored_as)


def look_at_sheets(job: Import) -> list[dict[str, Any]]:
    """One entry a sheet: its guessed reading, its number of rows, a few values of each column."""
    heads: dict[str, dict[str, Any]] = {}
    chunks = write_spool(get_spool(job.stored_as), read_sheets(get_path(job.stored_as)))
    for number, chunk in enumerate(chunks):
        head = heads.setdefault(
            chunk.sheet, {"first": chunk.first_row, "rows": [], "hidden": chunk.is_hidden, "count": 0}
        )
        head["rows"] += chunk.rows[: HEAD_ROWS - len(head["rows"])]
        head["count"] += len(chunk.rows)
        if number % 20 == 0:
            report_progress(job, sum(entry["count"] for entry in heads.values()), chunk.sheet_rows)
    return [describe_sheet(name, head) for name, head in heads.items()]


def describe_sheet(name: str, head: dict[str, Any]) -> dict[str, Any]:
    """The sheet's entry in Import.columns."""
    reading = guess_columns(head["rows"], sheet=name, first_row=head["first"])
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


def iterate_chunks(job: Import) -> Iterator[Chunk]:
    """The rows of the upload, from the spool or, when that is gone, from the file itself."""
    spool = get_spool(job.stored_as)
    if spool.exists():
        return read_spool(spool)
    return write_spool(spool, read_sheets(get_path(job.stored_as)))
