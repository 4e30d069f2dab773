"""Row-level security on imports and all that was read of them: an import is its maker's and its region's."""

from django.db import migrations

OUTSIDE = "(SELECT '{(,)}'::int8multirange - nullif(current_setting('tumbuh.scope', true), '')::int8multirange)"
USER = "(SELECT nullif(current_setting('tumbuh.user', true), '')::bigint)"  # 0 is everybody
PROTECT = f"""
ALTER TABLE intake_import ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE intake_keptchunk ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE intake_row ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE intake_savedrow ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON intake_import USING (
    by_id = {USER} OR {USER} = 0 OR NOT region_id <@ {OUTSIDE});
CREATE POLICY in_scope ON intake_keptchunk USING (
    {USER} = 0 OR EXISTS (SELECT FROM intake_import i WHERE i.id = owner_id));
CREATE POLICY in_scope ON intake_row USING (
    {USER} = 0 OR EXISTS (SELECT FROM intake_import i WHERE i.id = owner_id));
CREATE POLICY in_scope ON intake_savedrow USING (
    {USER} = 0 OR EXISTS (SELECT FROM intake_row r WHERE r.id = row_id));
"""
OPEN = """
DROP POLICY in_scope ON intake_savedrow;
DROP POLICY in_scope ON intake_row;
DROP POLICY in_scope ON intake_keptchunk;
DROP POLICY in_scope ON intake_import;
ALTER TABLE intake_savedrow NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE intake_row NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE intake_keptchunk NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
ALTER TABLE intake_import NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_undo_and_retention"), ("records", "0007_row_level_security")]

    operations = [migrations.RunSQL(PROTECT, OPEN)]
