"""Row-level security on pairs and merges: whoever reaches both people, or both desa, and nobody else.

A pair one of whom was taken into the other is out of reach until the merge is taken back: the merge tells of it.
"""

from importlib import import_module

from django.db import migrations

WITHIN = import_module("tumbuh.records.migrations.0007_row_level_security").WITHIN
PROTECT = f"""
ALTER TABLE records_duplicatecandidate ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON records_duplicatecandidate USING (records_reaches(one_id) AND records_reaches(other_id));
ALTER TABLE records_personmerge ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON records_personmerge
    USING (({WITHIN}) AND ({WITHIN.replace("desa_id", "absorbed_desa_id")}));
"""
OPEN = "".join(
    f"""
DROP POLICY in_scope ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""
    for table in ("records_personmerge", "records_duplicatecandidate")
)


class Migration(migrations.Migration):
    dependencies = [("records", "0020_duplicates")]

    operations = [migrations.RunSQL(PROTECT, OPEN)]
