"""The user's word on the columns."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.intake.actions.formats import list_source_fields, list_source_names, load_confirmed
from tumbuh.intake.actions.learning import keep_headings, read_learned
from tumbuh.intake.actions.reading import HEAD_ROWS, describe_sheet, get_opener
from tumbuh.intake.actions.spool import remove_files
from tumbuh.intake.actions.steps import about, get_for_update, move
from tumbuh.intake.errors import FileRefusedError, SourceError, StateError
from tumbuh.intake.models import Import
from tumbuh.intake.rules import WORKING, State
from tumbuh.intake.sources.api import find_source


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


def check_readable(job: Import, sheets: list[dict[str, Any]]) -> None:
    """Raises FileRefusedError with what is missing, when the readings that are to be used cannot be."""
    used = [load_confirmed(job.source, sheet["reading"]) for sheet in sheets if sheet["use"]]
    labels = {field.name: field.label for field in list_source_fields(job.source)} if find_source(job.source) else {}
    if not used:
        raise FileRefusedError(
            "NO_SHEET",
            _("Tidak ada lembar yang dapat dibaca: baris judul kolom (NIK, Nama, JK, Tgl Lahir, …) tidak ditemukan. "
              "Pilih baris judulnya, atau kirim berkas ekspor e-PPGBM."),
        )  # fmt: skip
    for reading in used:
        if not reading.is_usable:
            missing = ", ".join(labels.get(name, name) for name in reading.missing) or "-"
            raise FileRefusedError(
                "MISSING_COLUMNS",
                _("Lembar “%(sheet)s”: kolom wajib belum ada (%(missing)s). Pilih kolomnya atau lengkapi berkasnya.")
                % {"sheet": reading.sheet, "missing": missing},
            )


def check_whole(job: Import, columns: dict[str, Any]) -> None:
    """FileRefusedError when a list says neither in its columns nor as a whole where or when it is about."""
    source = find_source(job.source)
    if source is None:
        return
    used = [load_confirmed(job.source, sheet["reading"]) for sheet in columns["sheets"] if sheet["use"]]
    fields = [{column.field for column in reading.columns} for reading in used]
    if "desa" not in columns and not all({"desa", "code"} & found for found in fields):
        raise FileRefusedError("DESA_NEEDED", _("Berkas ini tidak menyebut desanya. Pilih desanya, lalu lanjutkan."))
    if source.is_monthly and "month" not in columns and not all({"date", "semester"} & found for found in fields):
        raise FileRefusedError(
            "MONTH_NEEDED", _("Berkas ini tidak menyebut tanggalnya. Pilih bulan laporannya, lalu lanjutkan.")
        )


@transaction.atomic
def choose_source(*, by: User, import_id: UUID, source: str) -> Import:
    """Read the sheets as another source, while the columns wait for the user's word."""
    job = get_for_update(by, import_id)
    if job.state != State.CONFIRM:
        raise StateError(State(job.state).label)
    if source not in list_source_names():
        raise SourceError
    heads: dict[str, dict[str, Any]] = {}
    for chunk in get_opener(job)():
        head = heads.setdefault(
            chunk.sheet, {"first": chunk.first_row, "rows": [], "hidden": chunk.is_hidden, "count": 0}
        )
        head["rows"] += chunk.rows[: HEAD_ROWS - len(head["rows"])]
        head["count"] += len(chunk.rows)
    learned = read_learned(by)
    sheets = [describe_sheet(source, name, head, learned) for name, head in heads.items()]
    job.source, job.columns = source, {**job.columns, "sheets": sheets}
    job.rows_total = sum(sheet["rows"] for sheet in sheets if sheet["use"])
    job.save(update_fields=["source", "columns", "rows_total"])
    record_event(by=by, action="intake.import.source_chosen", **about(job), after={"source": source})
    return job


@transaction.atomic
def confirm_columns(
    *,
    by: User,
    import_id: UUID,
    sheets: list[dict[str, Any]] | None = None,
    month: date | None = None,
    desa_id: int | None = None,
) -> Import:
    """From CONFIRM to CHECKING with the readings as they are, or as the user changed them; the check is a job.

    `month` and `desa_id` are those of a list whose lines do not say them.
    """
    job = get_for_update(by, import_id)
    sheets = job.columns["sheets"] if sheets is None else sheets
    check_readable(job, sheets)
    columns = {**job.columns, "sheets": sheets}
    if month is not None:
        columns["month"] = month.replace(day=1).isoformat()
    if desa_id is not None:
        columns["desa"] = desa_id
    check_whole(job, columns)
    total = sum(sheet["rows"] for sheet in sheets if sheet["use"])
    move(job, State.CHECKING, columns=columns, rows_done=0, rows_total=total)
    kept = keep_headings(by, job, sheets)
    record_event(by=by, action="intake.import.confirmed", **about(job), after={"headings": kept} if kept else None)
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
    learned = read_learned(by)
    sheets = [
        describe_sheet(job.source, sheet, head, learned) if entry["reading"]["sheet"] == sheet else entry
        for entry in job.columns["sheets"]
    ]
    job.columns = {**job.columns, "sheets": sheets}
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
