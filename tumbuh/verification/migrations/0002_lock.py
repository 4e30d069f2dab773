"""What the database itself asks before data changes: is this desa's month open, and which cells of it.

A write of data and a step of its package exclude each other: both take the lock of kabupaten and month, writers shared.
"""

from django.db import migrations

ADD = """
CREATE FUNCTION verification_lock_key(desa bigint, month date) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT 7306003000000000 + (desa / 1000000) * 100000 + extract(year FROM month)::bigint * 12
           + extract(month FROM month)::bigint
$$;
CREATE FUNCTION verification_closed(desa bigint, of_month date, kind text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM verification_package p WHERE p.region_id = desa AND p.month = of_month
                   AND p.data_set = kind AND NOT p.is_whole_open)
$$;
CREATE FUNCTION verification_cell_open(desa bigint, of_month date, kind text, of_kind text, of_object bigint,
                                       of_field text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM verification_package p JOIN verification_cellreturn c ON c.package_id = p.id
                   WHERE p.region_id = desa AND p.month = of_month AND p.data_set = kind AND p.state = 'RETURNED_DESA'
                   AND c.closed_at IS NULL AND c.object_kind = of_kind AND c.object_id = of_object
                   AND c.field = of_field)
$$;
"""
REMOVE = """
DROP FUNCTION verification_cell_open(bigint, date, text, text, bigint, text);
DROP FUNCTION verification_closed(bigint, date, text);
DROP FUNCTION verification_lock_key(bigint, date);
"""


class Migration(migrations.Migration):
    dependencies = [("verification", "0001_initial")]
    operations = [migrations.RunSQL(ADD, REMOVE)]
