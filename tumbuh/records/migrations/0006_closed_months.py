"""Measurements of a month that was sent for verification change no more, but for cells that were sent back.

Statement triggers, so that a bulk write asks once. The error has the SQLSTATE TM001.
"""

from django.db import migrations

# What people enter; what is computed from it (z-scores, gain) may follow a change elsewhere.
FIELDS = ("measured_on", "birth_date", "desa_id", "posyandu_id", "weight_kg", "lenhei_cm", "mode", "head_cm", "muac_cm",
          "oedema")  # fmt: skip
DIFFERS = "\n            OR ".join(
    f"(n.{field} IS DISTINCT FROM o.{field} AND NOT verification_cell_open("
    f"o.desa_id, o.month, 'growth', 'measurement', o.id, '{field}'))"
    for field in FIELDS
)
ADD = f"""
CREATE FUNCTION records_refuse_closed(desa bigint, of_month date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Data desa % bulan % sudah dikirim untuk verifikasi dan terkunci.', desa, to_char(of_month, 'YYYY-MM')
        USING ERRCODE = 'TM001', HINT = 'Minta pemeriksa mengembalikan isian itu, lalu perbaiki.';
END $$;

CREATE FUNCTION records_share_months(desa bigint[], months date[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(key) FROM (
        SELECT DISTINCT verification_lock_key(d, m) AS key FROM unnest(desa, months) AS t(d, m) ORDER BY 1) k;
END $$;

CREATE FUNCTION records_measurement_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed record;
BEGIN
    PERFORM records_share_months(array_agg(desa_id), array_agg(month))
        FROM (SELECT DISTINCT desa_id, month FROM changed) t HAVING count(*) > 0;
    SELECT t.desa_id, t.month INTO closed FROM (SELECT DISTINCT desa_id, month FROM changed) t
        WHERE verification_closed(t.desa_id, t.month, 'growth') LIMIT 1;
    IF FOUND THEN PERFORM records_refuse_closed(closed.desa_id, closed.month); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION records_measurement_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed record;
BEGIN
    PERFORM records_share_months(array_agg(desa_id), array_agg(month))
        FROM (SELECT desa_id, month FROM removed UNION SELECT desa_id, month FROM changed) t HAVING count(*) > 0;
    SELECT o.desa_id, o.month INTO closed FROM removed o JOIN changed n USING (id)
        WHERE (verification_closed(o.desa_id, o.month, 'growth')
               OR ((o.desa_id, o.month) IS DISTINCT FROM (n.desa_id, n.month)
                   AND verification_closed(n.desa_id, n.month, 'growth')))
          AND ({DIFFERS}) LIMIT 1;
    IF FOUND THEN PERFORM records_refuse_closed(closed.desa_id, closed.month); END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER records_measurement_inserted AFTER INSERT ON records_measurement
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION records_measurement_inserted();
CREATE TRIGGER records_measurement_deleted AFTER DELETE ON records_measurement
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION records_measurement_inserted();
CREATE TRIGGER records_measurement_updated AFTER UPDATE ON records_measurement
    REFERENCING OLD TABLE AS removed NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION records_measurement_updated();
"""
REMOVE = """
DROP TRIGGER records_measurement_updated ON records_measurement;
DROP TRIGGER records_measurement_deleted ON records_measurement;
DROP TRIGGER records_measurement_inserted ON records_measurement;
DROP FUNCTION records_measurement_updated();
DROP FUNCTION records_measurement_inserted();
DROP FUNCTION records_share_months(bigint[], date[]);
DROP FUNCTION records_refuse_closed(bigint, date);
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0005_months_once"), ("verification", "0002_lock")]
    operations = [migrations.RunSQL(ADD, REMOVE)]
