"""Row-level security on what was sent back: a returned cell is reached by the region of its package.

As in the records room: the widest range of the scope first, then all of it, turned round for the planner.
"""

from django.db import migrations

LOW, HIGH = (f"(SELECT nullif(current_setting('tumbuh.{end}', true), '')::bigint)" for end in ("low", "high"))
OUTSIDE = "(SELECT '{(,)}'::int8multirange - nullif(current_setting('tumbuh.scope', true), '')::int8multirange)"
PROTECT = f"""
ALTER TABLE verification_cellreturn ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON verification_cellreturn USING (EXISTS (
    SELECT FROM verification_package p WHERE p.id = package_id
        AND (p.region_id >= {LOW} AND p.region_id <= {HIGH} OR NOT p.region_id <@ {OUTSIDE})));
"""
OPEN = """
DROP POLICY in_scope ON verification_cellreturn;
ALTER TABLE verification_cellreturn NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("verification", "0002_lock")]

    operations = [migrations.RunSQL(PROTECT, OPEN)]
