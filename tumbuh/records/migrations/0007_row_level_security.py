"""Row-level security on households, people and measurements: work reaches the regions of its scope only.

The backend says the scope (tumbuh.config.postgresql). Unsaid it is NULL, and nothing is reached. First comes the widest
range of the scope, cheap to compare; then all of it, turned round (not outside the scope) because the planner takes "not
among few" for nearly all rows, so that plans stay what they were. Settings stand in sub-selects: they are read once a
statement and not once a row.
"""

from django.db import migrations

LOW, HIGH = (f"(SELECT nullif(current_setting('tumbuh.{end}', true), '')::bigint)" for end in ("low", "high"))
OUTSIDE = "(SELECT '{(,)}'::int8multirange - nullif(current_setting('tumbuh.scope', true), '')::int8multirange)"
WITHIN = f"desa_id >= {LOW} AND desa_id <= {HIGH} OR NOT desa_id <@ {OUTSIDE}"
PROTECT = f"""
ALTER TABLE records_household ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE records_person ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE records_measurement ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON records_household USING ({WITHIN});
CREATE POLICY in_scope ON records_person USING ({WITHIN});
-- A child that moved brings the visits of its former desa along. Asked only of visits outside the scope, by a function
-- that the planner does not look into: planning a desa's query would take longer than the query.
CREATE FUNCTION records_reaches(person bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE COST 0.1
    AS $$
BEGIN
    RETURN EXISTS (SELECT FROM records_person p WHERE p.id = person);
END $$;
CREATE POLICY in_scope ON records_measurement USING ({WITHIN} OR records_reaches(person_id));
ALTER VIEW records_child_month SET (security_invoker = true);
"""
OPEN = """
ALTER VIEW records_child_month RESET (security_invoker);
DROP POLICY in_scope ON records_measurement;
DROP FUNCTION records_reaches(bigint);
DROP POLICY in_scope ON records_person;
DROP POLICY in_scope ON records_household;
ALTER TABLE records_measurement NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE records_person NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE records_household NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0006_closed_months")]

    operations = [migrations.RunSQL(PROTECT, OPEN)]
