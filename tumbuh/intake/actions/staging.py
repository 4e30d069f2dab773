"""Rows between file and register: the incoming table, and the way into the records room's staging table."""

from uuid import UUID

from django.db import connection

from tumbuh.intake.actions.lines import NOTHING, Line, encode_lines

INCOMING = """
DROP TABLE IF EXISTS intake_incoming;
CREATE TEMPORARY TABLE intake_incoming (
    id bigint, sheet text, row integer, visit smallint, raw jsonb, parsed jsonb, nik_index bytea, outcome text,
    reasons jsonb, person_id bigint, same_as bigint
)
"""
INCOMING_COLUMNS = "id, sheet, row, visit, raw, parsed, nik_index, outcome, reasons"
# {source} is intake_incoming while checking and intake_row while saving
STAGE = """
INSERT INTO records_staged (row_id, desa_id, posyandu_id, name, name_key, sex, birth_date, mother_name, nik_encrypted,
    nik_index, nik_status, birth_weight_kg, birth_length_cm, measured_on, weight_kg, lenhei_cm, mode, head_cm, muac_cm,
    decision, candidate_id, same_as, kk_encrypted, kk_index, address, rt, rw)
SELECT r.id, p.desa_id, {posyandu}, p.name, p.name_key, p.sex, p.birth_date, p.mother_name, decode(p.nik, 'hex'),
    r.nik_index, p.nik_status, p.birth_weight_kg, p.birth_length_cm, p.measured_on, p.weight_kg, p.lenhei_cm, p.mode,
    p.head_cm, p.muac_cm, {decision}, decode(p.kk, 'hex'), decode(p.kk_index, 'hex'), coalesce(p.address, ''),
    coalesce(p.rt, ''), coalesce(p.rw, '')
FROM {source} r CROSS JOIN LATERAL jsonb_to_record(r.parsed) AS p(
    desa_id bigint, name text, name_key text, sex text, birth_date date, mother_name text, nik text, nik_status text,
    birth_weight_kg numeric, birth_length_cm numeric, measured_on date, weight_kg numeric, lenhei_cm numeric, mode text,
    head_cm numeric, muac_cm numeric, posyandu text, kk text, kk_index text, address text, rt text,
    rw text)
{join} WHERE {condition}
"""
OUTCOME = """
CASE WHEN s.verdict = 'new_child' OR s.action = 'insert' THEN 'new'
     WHEN s.action IN ('update', 'fill') THEN 'changed'
     WHEN s.action IN ('same', 'none') OR s.verdict IN ('repeat_same', 'repeat_replaced') THEN 'already_there'
     ELSE 'needs_review' END
"""


def open_incoming() -> None:
    with connection.cursor() as cursor:
        cursor.execute(INCOMING)


def close_incoming() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS intake_incoming")


def copy_lines(lines: list[Line]) -> None:
    """Write lines to the incoming table under fresh row ids."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('intake_row', 'id')) FROM generate_series(1, %s)", [len(lines)]
        )
        ids = [row_id for (row_id,) in cursor.fetchall()]
        with cursor.copy(f"COPY intake_incoming ({INCOMING_COLUMNS}) FROM STDIN WITH (NULL '{NOTHING}')") as copy:
            copy.write(encode_lines(ids, lines))


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
        join="""LEFT JOIN intake_posyandu f ON f.desa_id = p.desa_id AND f.name = p.posyandu
            LEFT JOIN intake_row o ON r.decision = 'SAME' AND o.id = r.same_as AND o.measurement_id IS NOT NULL""",
        condition="""r.owner_id = %s AND r.measurement_id IS NULL AND r.decision <> 'SKIP'
            AND r.parsed->>'desa_id' IS NOT NULL
            AND (r.decision <> '' OR (NOT %s AND r.outcome IN ('new', 'changed', 'already_there')))""",
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [import_id, only_decided])
