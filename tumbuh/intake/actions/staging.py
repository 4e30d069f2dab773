"""Rows between file and register: the incoming table, and the way into the records room's staging table."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from tumbuh.intake.actions.lines import COLUMNS, NOTHING

INCOMING = f"""
DROP TABLE IF EXISTS intake_incoming;
CREATE TEMPORARY TABLE intake_incoming AS SELECT id, {COLUMNS} FROM intake_row LIMIT 0;
ALTER TABLE intake_incoming ALTER id SET DEFAULT nextval(pg_get_serial_sequence('intake_row', 'id'));
"""
# {source} is intake_incoming while checking and intake_row while saving
STAGE = """
INSERT INTO records_staged (row_id, desa_id, posyandu_id, name, name_key, sex, birth_date, mother_name, nik_encrypted,
    nik_index, nik_status, birth_weight_kg, birth_length_cm, measured_on, weight_kg, lenhei_cm, mode, head_cm, muac_cm,
    decision, candidate_id, same_as, kk_encrypted, kk_index, address, rt, rw)
SELECT r.id, r.desa_id, {posyandu}, r.name, r.name_key, r.sex, r.birth_date, r.mother_name, r.nik_encrypted,
    r.nik_index, r.nik_status, r.birth_weight_kg, r.birth_length_cm, r.measured_on, r.weight_kg, r.lenhei_cm, r.mode,
    r.head_cm, r.muac_cm, {decision}, r.kk_encrypted, r.kk_index, r.address, r.rt, r.rw
FROM {source} r {join} WHERE {condition} ORDER BY r.id
"""
OUTCOME = """
CASE WHEN s.verdict = 'new_child' OR s.action = 'insert' THEN 'new'
     WHEN s.action IN ('update', 'fill') THEN 'changed'
     WHEN s.verdict = 'month_closed' THEN 'refused'
     WHEN s.action IN ('same', 'none') OR s.verdict IN ('repeat_same', 'repeat_replaced') THEN 'already_there'
     ELSE 'needs_review' END
"""


def open_incoming() -> None:
    with connection.cursor() as cursor:
        cursor.execute(INCOMING)


def close_incoming() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS intake_incoming")


@contextmanager
def open_copy() -> Iterator[Any]:
    """A COPY into the incoming table under fresh row ids: write blocks of encode_lines to it. All of it, or nothing.

    The connection can do nothing else meanwhile.
    """
    statement = f"COPY intake_incoming ({COLUMNS}) FROM STDIN WITH (NULL '{NOTHING}')"
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as copy:
        yield copy


def stage_incoming() -> None:
    """All incoming rows that nothing speaks against."""
    statement = STAGE.format(
        source="intake_incoming", posyandu="NULL", decision="'', NULL, NULL", join="", condition="r.outcome = ''"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)


def stage_rows(import_id: UUID, *, only_decided: bool) -> None:
    """All rows of an import that are to be saved: accepted ones (unless told not to), and those a person decided on.

    `same_as` becomes the person where that row has been saved meanwhile. Expects intake_posyandu.
    """
    statement = STAGE.format(
        source="intake_row",
        posyandu="f.facility_id",
        decision="""CASE WHEN r.decision IN ('SAME', 'OTHER') THEN r.decision ELSE '' END,
            CASE WHEN r.decision = 'SAME' THEN coalesce(o.person_id, CASE WHEN r.same_as IS NULL THEN r.person_id END)
            END, CASE WHEN r.decision = 'SAME' THEN r.same_as END""",
        join="""LEFT JOIN intake_posyandu f ON f.desa_id = r.desa_id AND f.name = r.posyandu
            LEFT JOIN intake_savedrow o ON r.decision = 'SAME' AND o.row_id = r.same_as AND o.measurement_id IS NOT NULL
            LEFT JOIN intake_savedrow v ON v.row_id = r.id""",
        condition="""r.owner_id = %s AND v.measurement_id IS NULL AND r.decision <> 'SKIP'
            AND r.desa_id IS NOT NULL
            AND (r.decision <> '' OR (NOT %s AND r.outcome IN ('new', 'changed', 'already_there')))""",
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [import_id, only_decided])
