"""Triggers that join what a statement removed with what it wrote never compare every row with every other.

Their plan is made for the first statement of a connection and kept: after a change of one row, a change of 8,000 took
17 seconds. Without loops as a choice it takes half a second, whatever came first; without compiling, one row is quick.
"""

from django.db import migrations

FIND = """
DO $$
DECLARE f regprocedure;
BEGIN
    FOR f IN SELECT DISTINCT t.tgfoid::regprocedure FROM pg_trigger t WHERE NOT t.tgisinternal AND t.tgnewtable <> '' AND t.tgoldtable <> ''
        AND t.tgrelid IN ('records_household'::regclass, 'records_person'::regclass, 'records_measurement'::regclass)
    LOOP
        EXECUTE format('ALTER FUNCTION %s {}', f);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0010_history_security")]

    operations = [
        migrations.RunSQL(FIND.format(f"SET {setting} = off"), FIND.format(f"RESET {setting}"))
        for setting in ("enable_nestloop", "jit")
    ]
