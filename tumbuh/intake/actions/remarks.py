"""What matching found, said in sentences on the rows."""

from typing import Any
from uuid import UUID

from django.db import connection

from tumbuh.intake.actions.lines import COLUMNS, encode
from tumbuh.intake.actions.staging import OUTCOME
from tumbuh.intake.eppgbm.api import make_reason
from tumbuh.records.api import Verdict

COLUMNS_OF_ROWS = ", ".join(f"r.{name.strip()}" for name in COLUMNS.split(",")[:-2])
# Everything is known by now, so each row is written once.
KEEP = f"""
INSERT INTO intake_row (id, owner_id, {COLUMNS}, person_id, same_as, decision)
SELECT r.id, %s, {COLUMNS_OF_ROWS}, CASE WHEN s.row_id IS NULL THEN r.outcome ELSE {OUTCOME} END,
       CASE WHEN x.id IS NULL THEN r.reasons ELSE r.reasons || x.reasons END, s.person_id, s.same_as, ''
FROM intake_incoming r LEFT JOIN records_staged s ON s.row_id = r.id
LEFT JOIN unnest(%s::bigint[], %s::jsonb[]) AS x(id, reasons) ON x.id = r.id ORDER BY r.id
"""
DOUBTS = """
SELECT s.row_id, s.verdict, w.sheet, w.row FROM records_staged s LEFT JOIN {table} w ON w.id = s.same_as
WHERE s.verdict NOT IN ('new_child', 'known_child')
"""
CHANGES = """
SELECT s.row_id, m.weight_kg, s.weight_kg, m.lenhei_cm, s.lenhei_cm, m.mode, s.mode, m.head_cm, s.head_cm, m.muac_cm,
       s.muac_cm
FROM records_staged s JOIN records_measurement m ON m.id = s.measurement_id WHERE s.action = 'update'
"""
LABELS = ("Berat", "Tinggi", "Cara Ukur", "Lingkar Kepala", "LiLA")
ADD = """
UPDATE intake_row r SET reasons = r.reasons || x.reasons FROM unnest(%s::bigint[], %s::jsonb[]) AS x(id, reasons)
WHERE x.id = r.id AND r.reasons = '[]'
"""
PLACES = {
    Verdict.NIK_OTHER_IDENTITY: "NIK",
    Verdict.NIK_OTHER_DESA: "NIK",
    Verdict.NIK_DIFFERS: "NIK",
    Verdict.MOTHER_DIFFERS: "Nama Ortu",
    Verdict.SEVERAL_CHILDREN: "Nama",
    Verdict.NEAR_NAME: "Nama",
    Verdict.REPEAT_DIFFERS: "Tanggal Pengukuran",
    Verdict.REPEAT_SAME: "Tanggal Pengukuran",
    Verdict.REPEAT_REPLACED: "Tanggal Pengukuran",
    Verdict.MONTH_CLOSED: "Tanggal Pengukuran",
}


def keep_incoming(import_id: UUID) -> None:
    """The incoming rows become the import's rows, with the outcome, child and remarks that matching found."""
    found = find_remarks("intake_incoming")
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [import_id, *encode_remarks(found)])


def add_remarks() -> None:
    """Add what is to be said of staged rows to the rows of the import, but for rows of which something was said."""
    found = find_remarks("intake_row")
    if found:
        with connection.cursor() as cursor:
            cursor.execute(ADD, encode_remarks(found))


def encode_remarks(found: dict[int, Any]) -> list[list[Any]]:
    return [list(found), [encode(reasons) for reasons in found.values()]]


def find_remarks(table: str) -> dict[int, list[dict[str, Any]]]:
    """What is to be said of staged rows, by row id; `table` is where rows that they may belong with stand."""
    found: dict[int, list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(DOUBTS.format(table=table))
        for row_id, verdict, sheet, row in cursor.fetchall():
            place = f"“{sheet}” {row}" if row else ""
            code = f"{verdict}_in_file".upper() if row and not verdict.startswith("repeat") else verdict.upper()
            found[row_id] = [make_reason(PLACES[Verdict(verdict)], code, place=place).to_json()]
        cursor.execute(CHANGES)
        for row_id, *values in cursor.fetchall():
            found[row_id] = list_changes(values)
    return {row_id: reasons for row_id, reasons in found.items() if reasons}


def list_changes(values: list[Any]) -> list[dict[str, Any]]:
    """A remark for each stored value that the file replaces; values are pairs of old and new."""
    reasons = []
    for label, old, new in zip(LABELS, values[::2], values[1::2], strict=True):
        if new not in (None, "") and new != old:
            reasons.append(make_reason(label, "VALUE_CHANGED", old=show(old), new=show(new)).to_json())
    return reasons


def show(value: Any) -> str:
    """A stored value as people write it."""
    if value in (None, ""):
        return "kosong"
    if isinstance(value, str):
        return {"L": "terlentang", "H": "berdiri"}[value]
    return f"{value.normalize():f}".replace(".", ",")
