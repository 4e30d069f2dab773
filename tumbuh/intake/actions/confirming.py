"""The user's word on the columns."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.intake.actions.reading import HEAD_ROWS, describe_sheet, get_opener
from tumbuh.intake.actions.spool import remove_files
from tumbuh.intake.actions.steps import about, get_for_update, move
from tumbuh.intake.eppgbm.api import load_reading
from tumbuh.intake.errors import FileRefusedError, StateError
from tumbuh.intake.models import Import
from tumbuh.intake.rules import WORKING, State


def set_fields(
    sheets: list[dict[str, Any]], choices: dict[str, dict[int, str]], used: set[str]
) -> list[dict[str, Any]]:
    """The sheets with the user's choice of field for each column (sheet → position → field) and of sheets to read."""
    changed = []
    for sheet in sheets:
        name = sheet["reading"]["sheet"]
        chosen = choices.get(name, {})
        columns = [
            {**column, "field": chosen.get(column["index"], column["field"])} for column in sheet["reading"]["columns"]
        ]
        changed.append({**sheet, "use": name in used, "reading": {**sheet["reading"], "columns": columns}})
    return changed


def check_readable(sheets: list[dict[str, Any]]) -> None:
    """Raises FileRefusedError with what is missing, when the readings that are to be used cannot be."""
    used = [load_reading(sheet["reading"]) for sheet in sheets if sheet["use"]]
    if not used:
        raise FileRefusedError(
            "NO_SHEET",
            _("Tidak ada lembar yang dapat dibaca: baris judul kolom (NIK, Nama, JK, Tgl Lahir, …) tidak ditemukan. "
              "Pilih baris judulnya, atau kirim berkas ekspor e-PPGBM."),
        )  # fmt: skip
    for reading in used:
        if not reading.is_usable:
            missing = ", ".join(reading.missing) or "-"
            raise FileRefusedError(
                "MISSING_COLUMNS",
                _("Lembar “%(sheet)s”: kolom wajib belum ada (%(missing)s). Pilih kolomnya atau lengkapi berkasnya.")
                % {"sheet": reading.sheet, "missing": missing},
            )


@transaction.atomic
def confirm_columns(*, by: User, import_id: UUID, sheets: list[dict[str, Any]] | None = None) -> Import:
    """From CONFIRM to CHECKING with the readings as they are, or as the user changed them; the check is a job."""
    job = get_for_update(by, import_id)
    sheets = job.columns["sheets"] if sheets is None else sheets
    check_readable(sheets)
    total = sum(sheet["rows"] for sheet in sheets if sheet["use"])
    move(job, State.CHECKING, columns={"sheets": sheets}, rows_done=0, rows_total=total)
    record_event(by=by, action="intake.import.confirmed", **about(job))
    return job


@transaction.atomic
def choose_header(*, by: User, import_id: UUID, sheet: str, row: int) -> Import:
    """Guess the columns of a sheet anew with the header in the given row (as Excel numbers it)."""
    job = get_for_update(by, import_id)
    if job.state != State.CONFIRM:
        raise StateError(State(job.state).label)
    rows: list[list[Any]] = []
    count = 0
    for chunk in get_opener(job)():
        if chunk.sheet == sheet:
            skip = max(row - chunk.first_row, 0)
            rows += chunk.rows[skip : skip + HEAD_ROWS - len(rows)] if len(rows) < HEAD_ROWS else []
            count += max(len(chunk.rows) - skip, 0)
    head = {"first": row, "rows": rows, "hidden": False, "count": count}
    sheets = [
        describe_sheet(sheet, head) if entry["reading"]["sheet"] == sheet else entry for entry in job.columns["sheets"]
    ]
    job.columns = {"sheets": sheets}
    job.save(update_fields=["columns"])
    record_event(by=by, action="intake.import.header_chosen", **about(job), after={"row": row})
    return job


@transaction.atomic
def go_back(*, by: User, import_id: UUID) -> Import:
    """From PREVIEW back to CONFIRM, to choose columns again."""
    job = get_for_update(by, import_id)
    move(job, State.CONFIRM, rows_done=0)
    job.rows.all().delete()
    return job


@transaction.atomic
def cancel_import(*, by: User, import_id: UUID) -> Import:
    """Stop: at once where nobody works, else the job stops at its next look, and what it began is not there."""
    job = get_for_update(by, import_id)
    if job.state in WORKING:
        job.cancel_asked = True
        job.save(update_fields=["cancel_asked"])
    else:
        move(job, State.CANCELLED)
        job.rows.all().delete()
        job.chunks.all().delete()
        remove_files(job.stored_as)
    record_event(by=by, action="intake.import.cancelled", **about(job))
    return job
