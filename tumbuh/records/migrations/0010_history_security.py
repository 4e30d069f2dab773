"""Row-level security on what stood in the register before, as on the register itself.

The triggers write as whoever changed the row, so the policy holds for what they write too.
"""

from importlib import import_module

from django.db import migrations

WITHIN = import_module("tumbuh.records.migrations.0007_row_level_security").WITHIN
TABLES = ("records_householdhistory", "records_personhistory", "records_measurementhistory")
FOLLOWS = {"records_measurementhistory": " OR records_reaches(person_id)"}
PROTECT = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON {table} USING ({WITHIN}{FOLLOWS.get(table, "")});
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
    dependencies = [("records", "0009_histories")]

    operations = [migrations.RunSQL(PROTECT, OPEN)]
