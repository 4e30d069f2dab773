"""The day on which somebody left stays as it is where another one would change who was counted in a closed month.

Somebody is counted in a month when they left after its first day, so months from the earlier of two days on are asked.
"""

from django.db import migrations

ADD = """
CREATE FUNCTION records_person_leaving() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closed text;
    first date := least(OLD.left_on, NEW.left_on);
    last date := CASE WHEN num_nulls(OLD.left_on, NEW.left_on) = 0 THEN greatest(OLD.left_on, NEW.left_on) END;
BEGIN
    PERFORM records_share_months(array_agg(OLD.desa_id), array_agg(g.month::date)) FROM generate_series(
        date_trunc('month', first::timestamp), (now() AT TIME ZONE 'Asia/Jakarta')::date::timestamp,
        interval '1 month') AS g(month) HAVING count(*) > 0;
    SELECT string_agg(DISTINCT to_char(p.month, 'YYYY-MM'), ', ') INTO closed FROM verification_package p
    WHERE p.region_id = OLD.desa_id AND NOT p.is_whole_open AND p.month >= first AND (last IS NULL OR p.month < last)
        AND p.month + interval '1 month' > OLD.registered_on
        AND (p.data_set <> 'growth' OR p.month < OLD.birth_date + 1827);
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'Tanggal keluar ikut menentukan angka bulan % yang terkunci.', closed
            USING ERRCODE = 'TM001', HINT = 'Minta paket bulan itu kembali, lalu perbaiki.';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER records_person_leaving BEFORE UPDATE OF left_on ON records_person FOR EACH ROW
    WHEN (OLD.left_on IS DISTINCT FROM NEW.left_on) EXECUTE FUNCTION records_person_leaving();
"""
REMOVE = """
DROP TRIGGER records_person_leaving ON records_person;
DROP FUNCTION records_person_leaving();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0018_closed_lives"), ("verification", "0002_lock")]

    operations = [migrations.RunSQL(ADD, REMOVE)]
