"""The village scorecards of quarters: people, due and received of each line, and the day a quarter is read on."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# A missing place makes a comparison null: then it is not true.
CHECKS = """
ALTER TABLE indicators_scorecardcell
    ADD CONSTRAINT scorecardcell_three_counts CHECK (array_ndims(counts) = 1 AND cardinality(counts) = 3),
    ADD CONSTRAINT scorecardcell_within CHECK (coalesce(
        counts[1] > 0 AND counts[3] >= 0 AND counts[3] <= counts[2] AND counts[2] <= counts[1], false)),
    ADD CONSTRAINT scorecardcell_quarter CHECK (month = date_trunc('quarter', month::timestamp)::date);
ALTER TABLE indicators_scorecardquarter
    ADD CONSTRAINT scorecardquarter_first CHECK (first = date_trunc('quarter', first::timestamp)::date),
    ADD CONSTRAINT scorecardquarter_read_within CHECK (read_on >= first AND read_on < first + 92);
"""
UNCHECK = """
ALTER TABLE indicators_scorecardcell DROP CONSTRAINT scorecardcell_three_counts,
    DROP CONSTRAINT scorecardcell_within, DROP CONSTRAINT scorecardcell_quarter;
ALTER TABLE indicators_scorecardquarter DROP CONSTRAINT scorecardquarter_first,
    DROP CONSTRAINT scorecardquarter_read_within;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0006_survey_results'),
        ('regions', '0002_map_sheet'),
    ]

    operations = [
        migrations.CreateModel(
            name='ScorecardQuarter',
            fields=[
                ('first', models.DateField(primary_key=True, serialize=False)),
                ('read_on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='ScorecardCell',
            fields=[
                ('pk', models.CompositePrimaryKey('region', 'month', 'reading', 'line', blank=True, editable=False, primary_key=True, serialize=False)),
                ('level', models.PositiveSmallIntegerField()),
                ('month', models.DateField()),
                ('reading', models.CharField(blank=True, db_collation='C', max_length=20)),
                ('line', models.CharField(db_collation='C', max_length=60)),
                ('counts', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=3)),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
            ],
        ),
        migrations.RunSQL(CHECKS, UNCHECK),
    ]
