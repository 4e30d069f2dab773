"""Taking a batch back: what it added goes, what it changed comes back, what later data stands on stays and is named."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from tumbuh.audit.api import Actor, record_event
from tumbuh.records.actions.growth import recompute_gains
from tumbuh.records.actions.households import undo_households
from tumbuh.records.errors import BatchUndoneError
from tumbuh.records.models import SourceBatch
from tumbuh.regions.api import find_enclosing

OPEN = """
DROP TABLE IF EXISTS records_undone;
CREATE TEMPORARY TABLE records_undone (row_id bigint, person_id bigint, measurement_id bigint, before jsonb);
"""
# What the caller filled in is new to the planner: without this a large undo compares every row with every other.
PLAN = """
CREATE INDEX ON records_undone (measurement_id);
CREATE INDEX ON records_undone (person_id);
ANALYZE records_undone;
"""
# Rows of somebody who was taken into another person meanwhile are that person's now.
FOLLOW = """
UPDATE records_undone u SET person_id = m.kept_key FROM records_personmerge m
WHERE m.absorbed_key = u.person_id AND m.undone_at IS NULL
"""
# A measurement belongs to the batch that wrote it last: what a later batch changed is not this batch's any more.
KEPT_MEASUREMENTS = """
SELECT u.row_id, 'measurement', m.batch_id FROM records_undone u JOIN records_measurement m ON m.id = u.measurement_id
JOIN records_sourcebatch b ON b.id = m.batch_id
WHERE m.batch_id <> %(batch)s AND b.undone_at IS NULL AND b.recorded_at > (
    SELECT recorded_at FROM records_sourcebatch WHERE id = %(batch)s)
  AND (u.before IS NULL OR u.before ? 'measurement')
"""
BEFORE = """
DROP TABLE IF EXISTS records_touched, records_touched_days, records_touched_places;
CREATE TEMPORARY TABLE records_touched ON COMMIT DROP AS
SELECT p.id AS person_id, p.desa_id, p.registered_on, p.household_id FROM records_person p
WHERE p.id IN (SELECT person_id FROM records_undone) OR p.batch_id = %(batch)s;
CREATE TEMPORARY TABLE records_touched_days ON COMMIT DROP AS
SELECT person_id, min(measured_on) AS first FROM records_measurement WHERE batch_id = %(batch)s GROUP BY 1;
CREATE TEMPORARY TABLE records_touched_places ON COMMIT DROP AS
SELECT desa_id, min(measured_on) AS first FROM records_measurement WHERE batch_id = %(batch)s GROUP BY 1;
"""
VALUES = (
    "posyandu_id", "weight_kg", "lenhei_cm", "mode", "head_cm", "muac_cm", "oedema", "haz", "waz", "whz", "baz",
    "headz",
    "muacz", "haz_flag", "waz_flag", "whz_flag", "baz_flag", "headz_flag", "muacz_flag", "lenhei_corrected_cm",
    "weight_gain", "desa_id", "batch_id", "recorded_at",
)  # fmt: skip
RESTORE = f"""
UPDATE records_measurement m SET ({", ".join(VALUES)}) = (
    SELECT {", ".join(f"o.{column}" for column in VALUES)}
    FROM jsonb_populate_record(NULL::records_measurement, u.before->'measurement') o)
FROM records_undone u
WHERE u.measurement_id = m.id AND u.before ? 'measurement' AND m.batch_id = %(batch)s
"""
DELETE = """
DELETE FROM records_measurement m USING records_undone u
WHERE u.measurement_id = m.id AND NOT coalesce(u.before ? 'measurement', false) AND m.batch_id = %(batch)s
"""
# Restored values may come from a batch that was itself taken back meanwhile: then they go too.
DELETE_ORPHANS = """
DELETE FROM records_measurement m USING records_undone u, records_sourcebatch b
WHERE u.measurement_id = m.id AND b.id = m.batch_id AND b.undone_at IS NOT NULL
"""
PEOPLE = """
UPDATE records_person p SET
    nik_index = CASE WHEN x.nik THEN NULL ELSE p.nik_index END,
    nik_encrypted = CASE WHEN x.nik THEN NULL ELSE p.nik_encrypted END,
    nik_status = CASE WHEN x.nik THEN x.mark->>'nik_status' ELSE p.nik_status END,
    mother_name = CASE WHEN p.mother_name = x.mark->>'mother_name' THEN '' ELSE p.mother_name END,
    posyandu_id = CASE WHEN p.posyandu_id = (x.mark->>'posyandu_id')::bigint THEN NULL ELSE p.posyandu_id END,
    birth_weight_kg = CASE WHEN p.birth_weight_kg = (x.mark->>'birth_weight_kg')::numeric THEN NULL
                           ELSE p.birth_weight_kg END,
    birth_length_cm = CASE WHEN p.birth_length_cm = (x.mark->>'birth_length_cm')::numeric THEN NULL
                           ELSE p.birth_length_cm END,
    mother_id = CASE WHEN p.mother_id = (x.mark->>'mother_id')::bigint THEN NULL ELSE p.mother_id END,
    household_id = CASE WHEN p.household_id = (x.mark->>'household_id')::bigint THEN NULL ELSE p.household_id END,
    registered_on = CASE WHEN p.registered_on = (x.mark->>'registered_on')::date
                         THEN (x.mark->>'registered_before')::date ELSE p.registered_on END,
    desa_id = CASE WHEN p.desa_id = (x.mark->>'desa_id')::bigint THEN (x.mark->>'desa_before')::bigint
                   ELSE p.desa_id END
FROM (SELECT u.person_id, u.before->'person' AS mark,
             (u.before->'person' ? 'nik_index') AND q.nik_index = decode(u.before->'person'->>'nik_index', 'hex') AS nik
      FROM records_undone u JOIN records_person q ON q.id = u.person_id WHERE u.before ? 'person') x
WHERE x.person_id = p.id
"""
# A child that imports alone made is registered from its first remaining visit; one without any is gone.
DERIVE = """
UPDATE records_person p SET registered_on = d.first
FROM (SELECT person_id, min(measured_on) AS first FROM records_measurement
      WHERE person_id IN (SELECT person_id FROM records_touched) GROUP BY 1) d, records_sourcebatch b
WHERE d.person_id = p.id AND b.id = p.batch_id AND b.kind = ANY(%(derived)s) AND p.registered_on <> d.first
"""
DELETE_PEOPLE = """
DELETE FROM records_person p USING records_touched t, records_sourcebatch b
WHERE t.person_id = p.id AND b.id = p.batch_id AND b.undone_at IS NOT NULL
  AND NOT EXISTS (SELECT FROM records_measurement m WHERE m.person_id = p.id)
  AND NOT EXISTS (SELECT FROM records_person c WHERE c.mother_id = p.id)
  AND NOT EXISTS (SELECT FROM records_pregnancy l WHERE l.mother_id = p.id)
  AND NOT EXISTS (SELECT FROM records_couple l WHERE p.id IN (l.bride_id, l.groom_id))
  AND NOT EXISTS (SELECT FROM records_healthcheck l WHERE l.person_id = p.id)
  AND NOT EXISTS (SELECT FROM records_servicereceived l WHERE l.person_id = p.id)
  AND NOT EXISTS (SELECT FROM records_statement l WHERE l.person_id = p.id)
"""
KEPT_PEOPLE = """
SELECT (SELECT min(row_id) FROM records_undone u WHERE u.person_id = p.id), 'child',
       (SELECT l.batch_id FROM (
            SELECT batch_id, recorded_at FROM records_measurement WHERE person_id = p.id
            UNION ALL SELECT batch_id, recorded_at FROM records_pregnancy WHERE mother_id = p.id
            UNION ALL SELECT batch_id, recorded_at FROM records_couple WHERE p.id IN (bride_id, groom_id)
            UNION ALL SELECT batch_id, recorded_at FROM records_healthcheck WHERE person_id = p.id
            UNION ALL SELECT batch_id, recorded_at FROM records_servicereceived WHERE person_id = p.id
            UNION ALL SELECT batch_id, recorded_at FROM records_statement WHERE person_id = p.id
        ) l ORDER BY l.recorded_at DESC LIMIT 1)
FROM records_person p WHERE p.batch_id = %(batch)s
"""
TOUCHED = """
SELECT f.desa_id, g.month::date FROM (
    SELECT desa_id, min(first) AS first FROM (
        SELECT t.desa_id, least(t.registered_on, d.first) AS first FROM records_touched t
            LEFT JOIN records_touched_days d USING (person_id)
        UNION ALL SELECT p.desa_id, least(p.registered_on, d.first) FROM records_touched t
            JOIN records_person p ON p.id = t.person_id LEFT JOIN records_touched_days d ON d.person_id = t.person_id
        UNION ALL SELECT desa_id, first FROM records_touched_places
    ) x GROUP BY desa_id) f,
generate_series(date_trunc('month', f.first)::timestamp, %(last)s::timestamp, interval '1 month') AS g(month)
"""
DERIVED_KINDS = ["eppgbm"]


@dataclass(frozen=True)
class Kept:
    """Something a batch made that stays, because a later batch builds on it."""

    row_id: int | None
    what: str  # "measurement" or "child"
    batch_id: Any


@dataclass(frozen=True)
class Undone:
    """What taking a batch back did."""

    measurements_removed: int
    measurements_restored: int
    children_removed: int
    kept: list[Kept]
    desa_months: list[tuple[int, date]]


def open_undoing() -> None:
    """An empty table `records_undone`: the caller fills in what `records_saved` said when the batch was saved."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN)


@transaction.atomic
def undo_batch(*, by: Actor, batch: SourceBatch, reason: str) -> Undone:
    """Take back the batch whose rows stand in `records_undone`; indicators are the caller's to refresh."""
    locked = SourceBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.undone_at:
        raise BatchUndoneError
    values = {"batch": batch.pk, "derived": DERIVED_KINDS}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE records_undone")
        cursor.execute("SELECT max(month) FROM records_measurement")
        values["last"] = cursor.fetchone()[0]
        cursor.execute(PLAN)
        cursor.execute(FOLLOW)
        while cursor.rowcount:
            cursor.execute(FOLLOW)
        cursor.execute(KEPT_MEASUREMENTS, values)
        kept = cursor.fetchall()
        cursor.execute(BEFORE, values)
        locked.undone_at = timezone.now()
        locked.save(update_fields=["undone_at"])
        restored, removed, children = remove(cursor, values)
        cursor.execute(KEPT_PEOPLE, values)
        kept += cursor.fetchall()
        cursor.execute(TOUCHED, values)
        desa_months = cursor.fetchall()
    undone = Undone(removed, restored, children, [Kept(*line) for line in kept], desa_months)
    after = {"removed": removed, "restored": restored, "children": children, "kept": len(kept)}
    record_event(
        by=by, action="records.batch.undone", object_kind="batch", object_id=batch.pk, after=after, reason=reason,
        region_id=find_enclosing({desa_id for desa_id, _month in desa_months}),
    )  # fmt: skip
    return undone


def remove(cursor, values: dict[str, Any]) -> tuple[int, int, int]:
    """Run the statements in order; (measurements restored, measurements removed, children removed)."""
    cursor.execute(RESTORE, values)
    restored = cursor.rowcount
    cursor.execute(DELETE, values)
    removed = cursor.rowcount
    cursor.execute(DELETE_ORPHANS)
    removed += cursor.rowcount
    cursor.execute(PEOPLE)
    cursor.execute(DERIVE, values)
    recompute_gains("SELECT person_id FROM records_touched")
    children = 0
    for _generation in range(2):  # a mother goes when her children are gone
        cursor.execute(DELETE_PEOPLE)
        children += cursor.rowcount
    undo_households(cursor)
    return restored, removed, children
