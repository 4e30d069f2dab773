"""Row-level security on households, people and measurements: who works reaches the regions of its scope only.

The backend says the scope (tumbuh.config.postgresql). Unsaid it is NULL, and nothing is reached. The condition is turned
round (not outside the scope) because the planner takes "not among few" for nearly all rows: plans stay what they were.
"""

from django.db import migrations

PROTECT = """
CREATE FUNCTION tumbuh_outside() RETURNS int8multirange LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT '{(,)}'::int8multirange - nullif(current_setting('tumbuh.scope', true), '')::int8multirange $$;
CREATE FUNCTION tumbuh_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('tumbuh.user', true), '')::bigint $$;
ALTER TABLE records_household ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE records_person ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE records_measurement ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON records_household USING (NOT desa_id <@ (SELECT tumbuh_outside()));
CREATE POLICY in_scope ON records_person USING (NOT desa_id <@ (SELECT tumbuh_outside()));
-- a child that moved brings the visits of its former desa along
CREATE POLICY in_scope ON records_measurement USING (
    NOT desa_id <@ (SELECT tumbuh_outside()) OR EXISTS (SELECT FROM records_person p WHERE p.id = person_id));
ALTER VIEW records_child_month SET (security_invoker = true);
"""
OPEN = """
ALTER VIEW records_child_month RESET (security_invoker);
DROP POLICY in_scope ON records_measurement;
DROP POLICY in_scope ON records_person;
DROP POLICY in_scope ON records_household;
ALTER TABLE records_measurement NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE records_person NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE records_household NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
DROP FUNCTION tumbuh_user();
DROP FUNCTION tumbuh_outside();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0005_months_once")]

    operations = [migrations.RunSQL(PROTECT, OPEN)]
