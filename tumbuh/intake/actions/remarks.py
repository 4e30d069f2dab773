"""What matching found, said in sentences on the rows."""

from typing import Any

from django.db import connection

from tumbuh.intake.actions.lines import encode
from tumbuh.intake.actions.staging import OUTCOME
from tumbuh.intake.eppgbm.api import make_reason
from tumbuh.records.api import Verdict

APPLY = f"""
UPDATE intake_incoming r SET outcome = {OUTCOME}, person_id = s.person_id, same_as = s.same_as
FROM records_staged s WHERE s.row_id = r.id
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
UPDATE {table} r SET reasons = r.reasons || x.reasons FROM unnest(%s::bigint[], %s::jsonb[]) AS x(id, reasons)
WHERE x.id = r.id
"""
COLUMNS = {
    Verdict.NIK_OTHER_IDENTITY: "NIK",
    Verdict.NIK_OTHER_DESA: "NIK",
    Verdict.NIK_DIFFERS: "NIK",
    Verdict.MOTHER_DIFFERS: "Nama Ortu",
    Verdict.SEVERAL_CHILDREN: "Nama",
    Verdict.NEAR_NAME: "Nama",
    Verdict.REPEAT_DIFFERS: "Tanggal Pengukuran",
    Verdict.REPEAT_SAME: "Tanggal Pengukuran",
    Verdict.REPEAT_REPLACED: "Tanggal Pengukuran",
}


def remark_incoming() -> None:
    """Outcome, person and reasons of every staged row, into intake_incoming."""
    with connection.cursor() as cursor:
        cursor.execute(APPLY)
    add_reasons("intake_incoming", {})


def add_reasons(table: str, known: dict[int, Any]) -> None:
    """Write what is to be said of staged rows to the table's reasons; rows in `known` have been told already."""
    found: dict[int, list[dict[str, Any]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(DOUBTS.format(table=table))
        for row_id, verdict, sheet, row in cursor.fetchall():
            place = f"“{sheet}” {row}" if row else ""
            code = f"{verdict}_in_file".upper() if row and not verdict.startswith("repeat") else verdict.upper()
            found[row_id] = [make_reason(COLUMNS[Verdict(verdict)], code, place=place).to_json()]
        cursor.execute(CHANGES)
        for row_id, *values in cursor.fetchall():
            found[row_id] = list_changes(values)
        fresh = {row_id: reasons for row_id, reasons in found.items() if row_id not in known and reasons}
        if fresh:
            cursor.execute(ADD.format(table=table), [list(fresh), [encode(reasons) for reasons in fresh.values()]])


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
