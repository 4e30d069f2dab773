"""Survey results that officials enter. A row stays as it was written: who corrects one adds another."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

KEEP = """
CREATE FUNCTION indicators_survey_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A survey result is never changed or removed: add another row.' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER indicators_survey_kept BEFORE UPDATE OR DELETE ON indicators_surveyresult
    FOR EACH ROW EXECUTE FUNCTION indicators_survey_kept();
"""
LET_GO = """
DROP TRIGGER indicators_survey_kept ON indicators_surveyresult;
DROP FUNCTION indicators_survey_kept();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0005_measuring'),
        ('regions', '0002_map_sheet'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SurveyResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator', models.CharField(max_length=40)),
                ('source', models.CharField(max_length=80)),
                ('year', models.PositiveSmallIntegerField()),
                ('month', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('value', models.DecimalField(decimal_places=2, max_digits=5)),
                ('low', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('high', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('sample', models.PositiveIntegerField(blank=True, null=True)),
                ('design_effect', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('document', models.CharField(max_length=300)),
                ('link', models.URLField(blank=True, max_length=500)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('is_withdrawn', models.BooleanField(default=False)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
            ],
            options={
                'indexes': [models.Index(fields=['region', 'indicator', 'year'], name='survey_result_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('value__range', (0, 100))), name='survey_value'), models.CheckConstraint(condition=models.Q(('month__isnull', True), ('month__range', (1, 12)), _connector='OR'), name='survey_month'), models.CheckConstraint(condition=models.Q(models.Q(('high__isnull', True), ('low__isnull', True)), models.Q(('high__isnull', False), ('high__lte', 100), ('low__gte', 0), ('low__isnull', False), ('high__gte', models.F('value')), ('low__lte', models.F('value'))), _connector='OR'), name='survey_interval'), models.CheckConstraint(condition=models.Q(('sample__isnull', True), ('sample__gt', 0), _connector='OR'), name='survey_sample'), models.CheckConstraint(condition=models.Q(('design_effect__isnull', True), ('design_effect__gte', 1), _connector='OR'), name='survey_effect')],
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
    ]
