"""Writing what was staged and matched: children, blanks that the file fills, measurements. All set-based."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from tumbuh.accounts.api import whole_country
from tumbuh.records.actions.growth import compute_staged
from tumbuh.records.actions.households import mark_households, save_households
from tumbuh.records.models import SourceBatch

CHILDREN = """
DROP TABLE IF EXISTS records_children;
CREATE TEMPORARY TABLE records_children AS
SELECT child, nextval(pg_get_serial_sequence('records_person', 'id')) AS person_id
FROM (SELECT DISTINCT child FROM records_staged WHERE verdict = 'new_child' ORDER BY child) c;
CREATE UNIQUE INDEX ON records_children (child);
ANALYZE records_children;
DROP TABLE IF EXISTS records_taken;
CREATE TEMPORARY TABLE records_taken AS
SELECT DISTINCT p.nik_index FROM records_staged s JOIN records_person p ON p.nik_index = s.nik_index
WHERE s.verdict = 'new_child';
ANALYZE records_staged (child, person_id, measurement_id, verdict, action);
"""
# min() and not the first row, so that the order of the rows makes no difference
PEOPLE = """
WITH c AS (
    SELECT child, min(desa_id) AS desa_id, min(posyandu_id) AS posyandu_id, min(name) AS name,
           min(name_key) AS name_key,
           min(sex) AS sex, min(birth_date) AS birth_date, coalesce(min(nullif(mother_name, '')), '') AS mother_name,
           min(encode(nik_index, 'hex')) AS nik, min(encode(nik_encrypted, 'hex')) AS nik_text,
           bool_or(nik_status = 'DAMAGED') AS damaged, min(birth_weight_kg) AS birth_weight_kg,
           min(birth_length_cm) AS birth_length_cm, min(measured_on) AS registered_on
    FROM records_staged WHERE verdict = 'new_child' GROUP BY child
), n AS (
    SELECT c.*, nik IS NOT NULL AND row_number() OVER (PARTITION BY nik ORDER BY child) = 1
        AND NOT EXISTS (SELECT FROM records_taken t WHERE t.nik_index = decode(nik, 'hex')) AS has_nik
    FROM c
)
INSERT INTO records_person (id, public_id, desa_id, posyandu_id, name, name_key, sex, birth_date, mother_name,
    nik_encrypted, nik_index, nik_status, birth_weight_kg, birth_length_cm, registered_on, left_reason, is_synthetic,
    household_id, batch_id)
SELECT k.person_id, gen_random_uuid(), desa_id, posyandu_id, name, name_key, sex, birth_date, mother_name,
    CASE WHEN has_nik THEN decode(nik_text, 'hex') END, CASE WHEN has_nik THEN decode(nik, 'hex') END,
    CASE WHEN has_nik THEN 'VALID' WHEN damaged THEN 'DAMAGED' ELSE 'MISSING' END,
    birth_weight_kg, birth_length_cm, registered_on, '', %(is_synthetic)s, h.household_id,
    %(batch)s
FROM n JOIN records_children k USING (child) LEFT JOIN records_homes h USING (child)
"""
MARKS = """
DROP TABLE IF EXISTS records_fill_marks;
CREATE TEMPORARY TABLE records_fill_marks AS
SELECT f.row_id, f.person_id, jsonb_strip_nulls(jsonb_build_object(
    'nik_index', encode(f.nik_index, 'hex'), 'nik_status', CASE WHEN f.nik_index IS NOT NULL THEN p.nik_status END,
    'mother_name', f.mother_name, 'posyandu_id', f.posyandu_id, 'birth_weight_kg', f.birth_weight_kg,
    'birth_length_cm', f.birth_length_cm, 'household_id', f.household_id,
    'registered_on', f.registered_on,
    'registered_before', CASE WHEN f.registered_on IS NOT NULL THEN p.registered_on END,
    'desa_id', f.desa_id, 'desa_before', CASE WHEN f.desa_id IS NOT NULL THEN p.desa_id END)) AS mark
FROM records_fills f JOIN records_person p ON p.id = f.person_id;
"""
FILL = """
UPDATE records_person p SET
    nik_index = coalesce(p.nik_index, f.nik_index), nik_encrypted = coalesce(p.nik_encrypted, f.nik_encrypted),
    nik_status = CASE WHEN f.nik_index IS NOT NULL THEN 'VALID' ELSE p.nik_status END,
    mother_name = coalesce(f.mother_name, p.mother_name), posyandu_id = coalesce(p.posyandu_id, f.posyandu_id),
    birth_weight_kg = coalesce(p.birth_weight_kg, f.birth_weight_kg),
    birth_length_cm = coalesce(p.birth_length_cm, f.birth_length_cm),
    household_id = coalesce(p.household_id, f.household_id),
    registered_on = coalesce(f.registered_on, p.registered_on), desa_id = coalesce(f.desa_id, p.desa_id)
FROM records_fills f WHERE f.person_id = p.id;
"""
# Known by now: the id of each measurement, new ones too, so that what is saved can be told without looking it up again.
MERGED = """
DROP TABLE IF EXISTS records_merged;
CREATE TEMPORARY TABLE records_merged AS
SELECT s.row_id, p.id AS person_id, s.measurement_id,
       coalesce(s.measurement_id, nextval(q.name)) AS id, s.desa_id,
       s.verdict = 'new_child' AS is_new, p.desa_id AS home_id, p.registered_on,
       coalesce(s.posyandu_id, m.posyandu_id) AS posyandu_id,
       p.sex, p.birth_date, s.measured_on, coalesce(s.weight_kg, m.weight_kg) AS weight_kg,
       coalesce(s.lenhei_cm, m.lenhei_cm) AS lenhei_cm, coalesce(nullif(s.mode, ''), m.mode, '') AS mode,
       coalesce(s.head_cm, m.head_cm) AS head_cm, coalesce(s.muac_cm, m.muac_cm) AS muac_cm,
       s.oedema OR coalesce(m.oedema, false) AS oedema
FROM records_staged s
CROSS JOIN (SELECT pg_get_serial_sequence('records_measurement', 'id')::regclass AS name OFFSET 0) q
LEFT JOIN records_children k ON s.verdict = 'new_child' AND k.child = s.child
JOIN records_person p ON p.id = CASE WHEN s.verdict = 'new_child' THEN k.person_id ELSE s.person_id END
LEFT JOIN (SELECT m.*, o.row_id FROM records_staged o JOIN records_measurement m ON m.id = o.measurement_id
           WHERE o.measurement_id IS NOT NULL) m ON m.row_id = s.row_id
WHERE s.action IN ('insert', 'update');
CREATE UNIQUE INDEX ON records_merged (row_id);
CREATE INDEX ON records_merged (person_id);
ANALYZE records_merged;
"""
SCORES = (
    "haz, waz, whz, baz, headz, muacz, haz_flag, waz_flag, whz_flag, baz_flag, headz_flag, muacz_flag, "
    "lenhei_corrected_cm, weight_gain"
)
VALUES = "posyandu_id, weight_kg, lenhei_cm, mode, head_cm, muac_cm, oedema"


def prefix(table: str, columns: str) -> str:
    """The columns of a list, each with its table."""
    return ", ".join(f"{table}.{column.strip()}" for column in columns.split(","))


KEPT = f"{VALUES}, {SCORES}, desa_id, batch_id, recorded_at"
INSERT = f"""
INSERT INTO records_measurement (id, person_id, desa_id, birth_date, measured_on, month, {VALUES}, {SCORES}, batch_id)
SELECT id, person_id, desa_id, birth_date, measured_on,
       date_trunc('month', measured_on)::date, {VALUES}, {SCORES}, %(batch)s
FROM records_merged JOIN records_results USING (row_id) WHERE measurement_id IS NULL ORDER BY person_id, measured_on
"""
SAVED = f"""
DROP TABLE IF EXISTS records_saved;
CREATE TEMPORARY TABLE records_saved AS
SELECT row_id, person_id, id AS measurement_id, NULL::jsonb AS before FROM records_merged WHERE measurement_id IS NULL
UNION ALL
SELECT g.row_id, g.person_id, g.id, jsonb_build_object('measurement',
       (SELECT to_jsonb(old) FROM (SELECT {prefix("m", KEPT)}) old))
FROM records_merged g JOIN records_measurement m ON m.id = g.measurement_id WHERE g.measurement_id IS NOT NULL
"""
UPDATE = f"""
UPDATE records_measurement m SET ({VALUES}, {SCORES}, desa_id, batch_id) = (
    SELECT {prefix("g", VALUES)}, {prefix("r", SCORES)},
           g.desa_id, %(batch)s::uuid)
FROM records_merged g JOIN records_results r USING (row_id)
WHERE m.id = g.measurement_id AND g.measurement_id IS NOT NULL
"""
MARK = """
INSERT INTO records_saved (row_id, person_id, measurement_id)
SELECT s.row_id, coalesce(s.person_id, k.person_id), s.measurement_id FROM records_staged s
LEFT JOIN records_children k ON s.verdict = 'new_child' AND k.child = s.child
WHERE s.action IN ('same', 'fill', 'none');
UPDATE records_saved s SET before = coalesce(s.before, '{}') || jsonb_build_object('person', f.mark)
FROM records_fill_marks f WHERE f.row_id = s.row_id;
CREATE UNIQUE INDEX ON records_saved (row_id);
ANALYZE records_saved (row_id);
"""
# Months from the first one that a child's write can touch to the last month with data, for the desa of the child
# and that of the visit.
TOUCHED = """
WITH firsts AS (
    SELECT desa_id, min(first) AS first FROM (
        SELECT home_id AS desa_id, CASE WHEN is_new THEN least(measured_on, registered_on) ELSE measured_on END AS first
        FROM records_merged
        UNION ALL SELECT desa_id, measured_on FROM records_merged WHERE desa_id <> home_id
        UNION ALL SELECT p.desa_id, p.registered_on
            FROM records_fill_marks f JOIN records_person p ON p.id = f.person_id
            WHERE f.mark ?| array['registered_on', 'desa_id']
        UNION ALL SELECT (f.mark->>'desa_before')::bigint, p.registered_on
            FROM records_fill_marks f JOIN records_person p ON p.id = f.person_id WHERE f.mark ? 'desa_id'
    ) t GROUP BY desa_id
)
SELECT f.desa_id, g.month::date FROM firsts f, generate_series(date_trunc('month', f.first)::timestamp,
    (SELECT max(month) FROM records_measurement)::timestamp, interval '1 month') AS g(month)
"""

ENTERED = "SELECT DISTINCT desa_id, date_trunc('month', measured_on)::date FROM records_merged"


@dataclass(frozen=True)
class Saved:
    """What a bulk write did: how many, and the desa and months whose figures it touched."""

    children_new: int
    children_changed: int
    measurements_new: int
    measurements_changed: int
    desa_months: list[tuple[int, date]]
    entered_months: list[tuple[int, date]]  # of these, those that measurements were written to


def save_staged(*, batch: SourceBatch, is_synthetic: bool = False) -> Saved:
    """Write the matched rows of the staging table in the caller's transaction; the caller records the event.

    `records_saved` then holds (row_id, person_id, measurement_id, before) for each row that stands in the register.
    """
    values = {"batch": batch.pk, "is_synthetic": is_synthetic}
    with connection.cursor() as cursor:
        with whole_country("matching"):  # a NIK or a family card may be known elsewhere
            cursor.execute(CHILDREN)
            save_households(cursor)
        cursor.execute(PEOPLE, values)
        children_new = cursor.rowcount
        with whole_country("matching"):  # a child may move in from elsewhere, by a person's decision
            cursor.execute(MARKS)
            cursor.execute(FILL)
            children_changed = cursor.rowcount
        cursor.execute(MERGED)
        compute_staged()
        cursor.execute(SAVED)
        cursor.execute(INSERT, values)
        measurements_new = cursor.rowcount
        cursor.execute(UPDATE, values)
        measurements_changed = cursor.rowcount
        cursor.execute(MARK)
        mark_households(cursor)
        with whole_country("roll-up"):
            cursor.execute(TOUCHED)
        desa_months = cursor.fetchall()
        cursor.execute(ENTERED)
        entered = cursor.fetchall()
    return Saved(children_new, children_changed, measurements_new, measurements_changed, desa_months, entered)
