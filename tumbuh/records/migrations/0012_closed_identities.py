"""Sex and birth date of a child, from which its z-scores come, stay as they are while a month with it is closed.

The lock of measurements already sees a birth date that changes; sex was not looked at, nor months without a measurement.
"""

from django.db import migrations

ADD = """
CREATE FUNCTION records_person_identity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed text;
BEGIN
    PERFORM records_share_months(array_agg(m.desa_id), array_agg(m.month))
        FROM (SELECT DISTINCT desa_id, month FROM records_measurement WHERE person_id = OLD.id) m HAVING count(*) > 0;
    SELECT string_agg(to_char(c.month, 'YYYY-MM'), ', ' ORDER BY c.month) INTO closed FROM (
        SELECT m.month FROM records_measurement m WHERE m.person_id = OLD.id
            AND verification_closed(m.desa_id, m.month, 'growth')
        UNION
        SELECT p.month FROM verification_package p WHERE p.region_id = OLD.desa_id AND p.data_set = 'growth'
            AND NOT p.is_whole_open AND p.month + interval '1 month' > OLD.registered_on
            AND (OLD.left_on IS NULL OR OLD.left_on > p.month)
            AND p.month < greatest(OLD.birth_date, NEW.birth_date) + 1827) c;
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'Jenis kelamin dan tanggal lahir ikut menentukan angka bulan % yang terkunci.', closed
            USING ERRCODE = 'TM001', HINT = 'Minta paket bulan itu kembali, lalu perbaiki.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER records_person_identity BEFORE UPDATE OF sex, birth_date ON records_person FOR EACH ROW
    WHEN ((OLD.sex, OLD.birth_date) IS DISTINCT FROM (NEW.sex, NEW.birth_date))
    EXECUTE FUNCTION records_person_identity();
"""
REMOVE = """
DROP TRIGGER records_person_identity ON records_person;
DROP FUNCTION records_person_identity();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0011_plans_of_triggers"), ("verification", "0002_lock")]

    operations = [migrations.RunSQL(ADD, REMOVE)]
