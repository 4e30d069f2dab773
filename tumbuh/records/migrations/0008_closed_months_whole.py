"""The lock of months that were sent for verification also holds against changed keys and against emptying the table."""

from django.db import migrations

ADD = """
CREATE FUNCTION records_measurement_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed record;
BEGIN
    SELECT region_id, month INTO closed FROM verification_package
        WHERE data_set = 'growth' AND NOT is_whole_open LIMIT 1;
    IF FOUND THEN PERFORM records_refuse_closed(closed.region_id, closed.month); END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER records_measurement_no_truncate BEFORE TRUNCATE ON records_measurement
    FOR EACH STATEMENT EXECUTE FUNCTION records_measurement_kept();

CREATE FUNCTION records_measurement_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Nomor sebuah pengukuran tidak pernah berubah.' USING ERRCODE = 'TM001';
END $$;
CREATE TRIGGER records_measurement_key BEFORE UPDATE OF id ON records_measurement
    FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id) EXECUTE FUNCTION records_measurement_key();
"""
REMOVE = """
DROP TRIGGER records_measurement_key ON records_measurement;
DROP FUNCTION records_measurement_key();
DROP TRIGGER records_measurement_no_truncate ON records_measurement;
DROP FUNCTION records_measurement_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0007_row_level_security")]
    operations = [migrations.RunSQL(ADD, REMOVE)]
