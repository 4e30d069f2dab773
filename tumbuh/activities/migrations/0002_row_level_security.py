"""Row-level security on the people of an activity: participants, minutes, decisions and photos are reached by its region."""

from django.db import migrations

TABLES = ("activities_participant", "activities_minutes", "activities_decision", "activities_photo")
LOW, HIGH = (f"(SELECT nullif(current_setting('tumbuh.{end}', true), '')::bigint)" for end in ("low", "high"))
OUTSIDE = "(SELECT '{(,)}'::int8multirange - nullif(current_setting('tumbuh.scope', true), '')::int8multirange)"
PROTECT = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON {table} USING (EXISTS (
    SELECT FROM activities_activity a WHERE a.id = activity_id
        AND (a.region_id >= {LOW} AND a.region_id <= {HIGH} OR NOT a.region_id <@ {OUTSIDE})));
"""
    for table in TABLES
)
OPEN = "".join(
    f"""
DROP POLICY in_scope ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""
    for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_activities")]

    operations = [migrations.RunSQL(PROTECT, OPEN)]
