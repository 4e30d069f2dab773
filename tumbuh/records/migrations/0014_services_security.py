"""Row-level security on life lines and services, as on the register, and what the database refuses: days to come."""

from importlib import import_module

from django.db import migrations

WITHIN = import_module("tumbuh.records.migrations.0007_row_level_security").WITHIN
# A person who moved brings along what was recorded in the former desa: asked only of rows outside the scope.
FOLLOWS = {
    "records_pregnancy": " OR records_reaches(mother_id)",
    "records_couple": " OR records_reaches(bride_id) OR records_reaches(groom_id)",
    "records_healthcheck": " OR records_reaches(person_id)",
    "records_servicereceived": " OR records_reaches(person_id)",
    "records_statement": " OR records_reaches(person_id)",
}
DAYS = {
    "records_pregnancy": "coalesce(ended_on, started_on)",
    "records_couple": "greatest(registered_on, coalesce(married_on, registered_on))",
    "records_healthcheck": "checked_on",
    "records_servicereceived": "received_on",
    "records_statement": "stated_on",
}
TABLES = {table + kind: follows for table, follows in FOLLOWS.items() for kind in ("", "history")}
PROTECT = "".join(
    f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY in_scope ON {table} USING ({WITHIN}{follows});
"""
    for table, follows in TABLES.items()
)
OPEN = "".join(
    f"""
DROP POLICY in_scope ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;
"""
    for table in TABLES
)
ADD = "".join(
    f"ALTER TABLE {table} ADD CONSTRAINT {table}_not_in_future"
    f" CHECK ({day} <= (recorded_at AT TIME ZONE 'Asia/Jakarta')::date);\n"
    for table, day in DAYS.items()
)
REMOVE = "".join(f"ALTER TABLE {table} DROP CONSTRAINT {table}_not_in_future;\n" for table in DAYS)

# As migration 0011 does for the register: no plan in which a trigger compares every row with every other.
FIND = """
DO $$
DECLARE f regprocedure;
BEGIN
    FOR f IN SELECT DISTINCT t.tgfoid::regprocedure FROM pg_trigger t WHERE NOT t.tgisinternal AND t.tgnewtable <> '' AND t.tgoldtable <> ''
        AND t.tgrelid = ANY(ARRAY[{tables}]::regclass[])
    LOOP
        EXECUTE format('ALTER FUNCTION %s {setting}', f);
    END LOOP;
END $$
"""
TRIGGERED = ", ".join(f"'{table}'" for table in FOLLOWS)


class Migration(migrations.Migration):
    dependencies = [("records", "0013_services")]

    operations = [migrations.RunSQL(PROTECT, OPEN), migrations.RunSQL(ADD, REMOVE)] + [
        migrations.RunSQL(FIND.format(tables=TRIGGERED, setting=f"SET {setting} = off"), FIND.format(tables=TRIGGERED, setting=f"RESET {setting}"))
        for setting in ("enable_nestloop", "jit")
    ]
