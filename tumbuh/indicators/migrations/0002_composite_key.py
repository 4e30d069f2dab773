"""Cells get their place as primary key. They are derived: `tumbuh indicators rebuild` makes them anew."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_initial"), ("regions", "0001_initial")]

    operations = [
        migrations.DeleteModel("Cell"),
        migrations.CreateModel(
            name="Cell",
            fields=[
                ("pk", models.CompositePrimaryKey("region", "month", "indicator", "sex", "age_group", blank=True, editable=False, primary_key=True, serialize=False)),
                ("region", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region")),
                ("level", models.PositiveSmallIntegerField()),
                ("month", models.DateField()),
                ("indicator", models.CharField(db_collation="C", max_length=40)),
                ("sex", models.CharField(db_collation="C", max_length=1)),
                ("age_group", models.CharField(db_collation="C", max_length=8)),
                ("numerator", models.PositiveIntegerField()),
                ("denominator", models.PositiveIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["level", "month", "indicator", "region"], include=["sex", "age_group", "numerator", "denominator"], name="cell_level_month")],
                "constraints": [models.CheckConstraint(condition=models.Q(("numerator__lte", models.F("denominator"))), name="cell_numerator_within")],
            },
        ),
    ]
