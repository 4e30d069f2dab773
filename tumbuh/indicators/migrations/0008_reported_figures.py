"""What other systems report of a desa. A row stays as it was written: an undo takes its batch back, not the row."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE FUNCTION indicators_reported_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A reported figure is never changed or removed: add another row.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER indicators_reported_kept BEFORE UPDATE OR DELETE ON indicators_reportedfigures
    FOR EACH ROW EXECUTE FUNCTION indicators_reported_kept();
"""
LET_GO = """
DROP TRIGGER indicators_reported_kept ON indicators_reportedfigures;
DROP FUNCTION indicators_reported_kept();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0007_scorecards'),
        ('records', '0021_duplicates_security'),
        ('regions', '0002_map_sheet'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportedFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(db_collation='C', max_length=20)),
                ('period', models.DateField()),
                ('figures', models.JSONField(help_text='Code of the figure: whole number.')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sourcebatch')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
            ],
            options={
                'indexes': [models.Index(fields=['source', 'region', 'period'], name='reported_region')],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
