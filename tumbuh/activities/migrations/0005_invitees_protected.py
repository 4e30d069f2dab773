"""Those invited are reached by the activity's region, and stay as they are once the record is put forward."""

from django.db import migrations

LOW, HIGH = (f"(SELECT nullif(current_setting('tumbuh.{end}', true), '')::bigint)" for end in ("low", "high"))
OUTSIDE = "(SELECT '{(,)}'::int8multirange - nullif(current_setting('tumbuh.scope', true), '')::int8multirange)"
PROTECT = f"""
ALTER TABLE activities_invitee ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON activities_invitee USING (EXISTS (
    SELECT FROM activities_activity a WHERE a.id = activity_id
        AND (a.region_id >= {LOW} AND a.region_id <= {HIGH} OR NOT a.region_id <@ {OUTSIDE})));
CREATE TRIGGER closed BEFORE INSERT OR UPDATE OR DELETE ON activities_invitee
    FOR EACH ROW EXECUTE FUNCTION activities_refuse_closed();
"""
OPEN = """
DROP TRIGGER closed ON activities_invitee;
DROP POLICY in_scope ON activities_invitee;
ALTER TABLE activities_invitee NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0004_invitees")]

    operations = [migrations.RunSQL(PROTECT, OPEN)]
