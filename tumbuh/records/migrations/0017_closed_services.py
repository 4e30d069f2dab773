"""Services and checks of a month that was sent for verification change no more, but for cells that were sent back.

As 0006 does for measurements, for packages of services: statement triggers, so that a bulk write asks once, and the
error TM001. A row as a whole is sent back as the field `row`: only then it can go. Nothing moves into a closed month.
"""

from django.db import migrations

KINDS = {
    "servicereceived": ("service", "received_on", ("person_id", "household_id", "desa_id", "posyandu_id", "code",
                                                   "received_on", "quantity")),
    "healthcheck": ("check", "checked_on", ("person_id", "desa_id", "checked_on", "weight_kg", "height_cm", "muac_cm",
                                            "hb_g_dl", "smoke")),
}  # fmt: skip
EVERY = ("servicereceived", "healthcheck", "pregnancy", "couple", "statement")
START = """
CREATE FUNCTION records_month_of(day date) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN make_date(extract(year FROM day)::int, extract(month FROM day)::int, 1);

CREATE FUNCTION records_refuse_services(desa bigint, of_month date, what_now text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Data layanan desa % bulan % sudah dikirim untuk verifikasi dan terkunci.', desa,
        to_char(of_month, 'YYYY-MM') USING ERRCODE = 'TM001', HINT = what_now;
END $$;

CREATE FUNCTION records_services_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed record;
BEGIN
    SELECT region_id, month INTO closed FROM verification_package
        WHERE data_set = 'services' AND NOT is_whole_open LIMIT 1;
    IF FOUND THEN PERFORM records_refuse_services(closed.region_id, closed.month, 'Hapus catatan satu per satu.'); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION records_key_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Nomor sebuah catatan tidak pernah berubah.' USING ERRCODE = 'TM001';
END $$;
"""
STOP = """
DROP FUNCTION records_key_kept();
DROP FUNCTION records_services_kept();
DROP FUNCTION records_refuse_services(bigint, date, text);
DROP FUNCTION records_month_of(date);
"""
WHOLE = """
CREATE TRIGGER records_{table}_no_truncate BEFORE TRUNCATE ON records_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION records_services_kept();
CREATE TRIGGER records_{table}_key BEFORE UPDATE OF id ON records_{table}
    FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id) EXECUTE FUNCTION records_key_kept();
"""
NOT_WHOLE = """
DROP TRIGGER records_{table}_key ON records_{table};
DROP TRIGGER records_{table}_no_truncate ON records_{table};
"""
LATE = "Yang terlambat dicatat setelah pemeriksa mengembalikan paket bulan itu."
CELL = "Minta pemeriksa mengembalikan isian itu, lalu perbaiki."
ADD = """
CREATE FUNCTION records_{table}_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed record;
BEGIN
    PERFORM records_share_months(array_agg(t.desa), array_agg(t.month)) FROM (
        SELECT DISTINCT desa_id AS desa, records_month_of({day}) AS month FROM changed) t HAVING count(*) > 0;
    SELECT t.desa, t.month INTO closed FROM (
        SELECT DISTINCT desa_id AS desa, records_month_of({day}) AS month FROM changed) t
        WHERE verification_closed(t.desa, t.month, 'services') LIMIT 1;
    IF FOUND THEN PERFORM records_refuse_services(closed.desa, closed.month, '{late}'); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION records_{table}_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed record;
BEGIN
    PERFORM records_share_months(array_agg(t.desa), array_agg(t.month)) FROM (
        SELECT DISTINCT desa_id AS desa, records_month_of({day}) AS month FROM removed) t HAVING count(*) > 0;
    SELECT t.desa_id, records_month_of(t.{day}) AS month INTO closed FROM removed t
        WHERE verification_closed(t.desa_id, records_month_of(t.{day}), 'services')
          AND NOT verification_cell_open(t.desa_id, records_month_of(t.{day}), 'services', '{kind}', t.id, 'row') LIMIT 1;
    IF FOUND THEN PERFORM records_refuse_services(closed.desa_id, closed.month, '{cell}'); END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION records_{table}_updated() RETURNS trigger LANGUAGE plpgsql
    SET enable_nestloop = off SET jit = off AS $$
DECLARE closed record;
BEGIN
    PERFORM records_share_months(array_agg(t.desa), array_agg(t.month)) FROM (
        SELECT desa_id AS desa, records_month_of({day}) AS month FROM removed
        UNION SELECT desa_id, records_month_of({day}) FROM changed) t HAVING count(*) > 0;
    SELECT o.desa_id, records_month_of(o.{day}) AS month INTO closed FROM removed o JOIN changed n USING (id)
        WHERE verification_closed(o.desa_id, records_month_of(o.{day}), 'services') AND ({differs}) LIMIT 1;
    IF FOUND THEN PERFORM records_refuse_services(closed.desa_id, closed.month, '{cell}'); END IF;
    SELECT n.desa_id, records_month_of(n.{day}) AS month INTO closed FROM removed o JOIN changed n USING (id)
        WHERE (o.desa_id, records_month_of(o.{day})) IS DISTINCT FROM (n.desa_id, records_month_of(n.{day}))
          AND verification_closed(n.desa_id, records_month_of(n.{day}), 'services') LIMIT 1;
    IF FOUND THEN PERFORM records_refuse_services(closed.desa_id, closed.month, '{late}'); END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER records_{table}_inserted AFTER INSERT ON records_{table}
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION records_{table}_inserted();
CREATE TRIGGER records_{table}_deleted AFTER DELETE ON records_{table}
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION records_{table}_deleted();
CREATE TRIGGER records_{table}_updated AFTER UPDATE ON records_{table}
    REFERENCING OLD TABLE AS removed NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION records_{table}_updated();
"""
REMOVE = """
DROP TRIGGER records_{table}_updated ON records_{table};
DROP TRIGGER records_{table}_deleted ON records_{table};
DROP TRIGGER records_{table}_inserted ON records_{table};
DROP FUNCTION records_{table}_updated();
DROP FUNCTION records_{table}_deleted();
DROP FUNCTION records_{table}_inserted();
"""


def write(template: str, table: str) -> str:
    """The template for a table, with its fields that only open as cells."""
    kind, day, fields = KINDS[table]
    differs = " OR ".join(
        f"(n.{field} IS DISTINCT FROM o.{field} AND NOT verification_cell_open("
        f"o.desa_id, records_month_of(o.{day}), 'services', '{kind}', o.id, '{field}'))"
        for field in fields
    )
    return template.format(table=table, kind=kind, day=day, differs=differs, late=LATE, cell=CELL)


class Migration(migrations.Migration):
    dependencies = [("records", "0016_counted_from"), ("verification", "0008_data_sets")]
    operations = [
        migrations.RunSQL(START, STOP),
        *(migrations.RunSQL(write(ADD, table), write(REMOVE, table)) for table in KINDS),
        *(migrations.RunSQL(WHOLE.format(table=table), NOT_WHOLE.format(table=table)) for table in EVERY),
    ]
