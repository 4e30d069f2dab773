"""What target groups were due and received of each service, by region and month."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

PLACES = range(1, 7)
TOTAL = f"""
CREATE FUNCTION indicators_strata_total(counts integer[]) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN {" + ".join(f"counts[{place}]" for place in PLACES)}
"""
# A sum is null when a place is missing: then no comparison below is true.
CHECKS = f"""
ALTER TABLE indicators_servicecell
    ADD CONSTRAINT servicecell_has_someone CHECK (coalesce(indicators_strata_total(due) > 0, false)),
    ADD CONSTRAINT servicecell_received_within CHECK (coalesce(
        {" AND ".join(f"received[{place}] BETWEEN 0 AND due[{place}]" for place in PLACES)}, false)),
    ADD CONSTRAINT servicecell_missing_within CHECK (coalesce(
        {" AND ".join(f"only_missing[{place}] BETWEEN 0 AND due[{place}] - received[{place}]" for place in PLACES)}, false)),
    ADD CONSTRAINT servicecell_all_strata CHECK (array_ndims(due) = 1 AND cardinality(due) = 6
        AND array_ndims(received) = 1 AND cardinality(received) = 6
        AND array_ndims(only_missing) = 1 AND cardinality(only_missing) = 6)
"""
UNCHECK = "ALTER TABLE indicators_servicecell " + ", ".join(
    f"DROP CONSTRAINT servicecell_{name}"
    for name in ("has_someone", "received_within", "missing_within", "all_strata")
)


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0003_groups_as_arrays'),
        ('regions', '0002_map_sheet'),
    ]

    operations = [
        migrations.RunSQL(TOTAL, "DROP FUNCTION indicators_strata_total"),
        migrations.CreateModel(
            name='ServiceCell',
            fields=[
                ('pk', models.CompositePrimaryKey('region', 'month', 'target_group', 'service', blank=True, editable=False, primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField()),
                ('month', models.DateField()),
                ('target_group', models.CharField(db_collation='C', max_length=20)),
                ('service', models.CharField(db_collation='C', max_length=40)),
                ('due', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=6)),
                ('received', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=6)),
                ('only_missing', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=6)),
                ('due_total', models.GeneratedField(db_persist=True, expression=models.Func(models.F('due'), function='indicators_strata_total'), output_field=models.IntegerField())),
                ('received_total', models.GeneratedField(db_persist=True, expression=models.Func(models.F('received'), function='indicators_strata_total'), output_field=models.IntegerField())),
                ('only_missing_total', models.GeneratedField(db_persist=True, expression=models.Func(models.F('only_missing'), function='indicators_strata_total'), output_field=models.IntegerField())),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
            ],
            options={
                'indexes': [models.Index(fields=['level', 'month', 'service', 'target_group', 'region'], include=('due_total', 'received_total', 'only_missing_total'), name='servicecell_level_month')],
            },
        ),
        migrations.RunSQL(CHECKS, UNCHECK),
    ]
