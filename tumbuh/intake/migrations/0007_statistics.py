"""Statistics of the rows of an import: only the owner of a table may gather them, and imports work under another role."""

from django.db import migrations

GATHER = """
CREATE FUNCTION intake_gather_statistics() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    ANALYZE public.intake_row (id, owner_id, outcome);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_row_level_security")]

    operations = [migrations.RunSQL(GATHER, "DROP FUNCTION intake_gather_statistics()")]
