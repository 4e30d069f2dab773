"""Children's measurements of a list, on the same way into the register as those of e-PPGBM."""

from typing import Any

from django.db import connection

from tumbuh.intake.actions.lists.entries import Entry
from tumbuh.intake.actions.lists.facts import Ledger
from tumbuh.records.api import (
    COLUMNS,
    Person,
    Saved,
    SourceBatch,
    close_staging,
    copy_staged,
    match_staged,
    open_staging,
    save_staged,
)

SAVED = "SELECT row_id, measurement_id, before FROM records_saved"
ACTIONS = "SELECT row_id, verdict, action FROM records_staged"


def save_visits(ledger: Ledger, batch: SourceBatch) -> Saved | None:
    """Match and save them; each entry learns whether its measurement was new, changed or cannot be saved."""
    if not ledger.visits:
        return None
    entries = {entry.row.pk: entry for entry, _values in ledger.visits}
    people = ledger.known.people
    open_staging()
    copy_staged(write_row(entry, people[entry.ids["self"]], values) for entry, values in ledger.visits)
    match_staged()
    saved = save_staged(batch=batch)
    with connection.cursor() as cursor:
        cursor.execute(ACTIONS)
        for row_id, verdict, action in cursor.fetchall():
            judge(entries[row_id], verdict, action)
        cursor.execute(SAVED)
        for row_id, measurement_id, before in cursor.fetchall():
            entries[row_id].before |= {"measurement_id": measurement_id} | as_marks(before)
    close_staging()
    return saved


def judge(entry: Entry, verdict: str, action: str) -> None:
    if verdict == "month_closed":
        entry.say(
            "Tanggal Periksa", "VISIT_NOT_SAVED", value="data bulan itu sudah dikirim untuk verifikasi dan terkunci"
        )
    entry.is_new |= action == "insert" and verdict in ("known_child", "new_child")
    entry.is_changed |= action in ("update", "fill")


def as_marks(before: Any) -> dict[str, Any]:
    return {"visit": before} if before else {}


def write_row(entry: Entry, person: Person, values: dict[str, Any]) -> list[Any]:
    """The values of COLUMNS; who the child is was decided before."""
    row = {
        "row_id": entry.row.pk, "desa_id": person.desa_id, "posyandu_id": person.posyandu_id, "name": person.name,
        "name_key": person.name_key, "sex": person.sex, "birth_date": person.birth_date, "mother_name": "",
        "nik_status": "MISSING", "oedema": False, "decision": "SAME", "candidate_id": person.pk, "address": "",
        "rt": "", "rw": "", **values,
    }  # fmt: skip
    return [row.get(column) for column in COLUMNS]
