"""One row instead of twelve: the groups by sex and age become arrays, with their sums beside them. Figures are kept."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Func

GROUPS = [(sex, age) for sex in "MF" for age in ("0-5", "6-11", "12-23", "24-35", "36-47", "48-59")]
PLACES = range(1, len(GROUPS) + 1)
TOTAL = f"""
CREATE FUNCTION indicators_total(counts integer[]) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN {" + ".join(f"counts[{place}]" for place in PLACES)}
"""
KEEP = """
CREATE TEMPORARY TABLE indicators_kept ON COMMIT DROP AS
SELECT region_id, level, month, indicator, ARRAY[{numerators}]::integer[] AS numerators,
    ARRAY[{denominators}]::integer[] AS denominators
FROM indicators_cell GROUP BY region_id, level, month, indicator
""".format(
    **{
        f"{part}s": ", ".join(
            f"coalesce(sum({part}) FILTER (WHERE sex = '{sex}' AND age_group = '{age}'), 0)" for sex, age in GROUPS
        )
        for part in ("numerator", "denominator")
    }
)
FILL = """
INSERT INTO indicators_cell (region_id, level, month, indicator, numerators, denominators)
SELECT region_id, level, month, indicator, numerators, denominators FROM indicators_kept
ORDER BY region_id, month, indicator
"""
# A sum is null when a group is missing: then no comparison below is true.
CHECKS = f"""
ALTER TABLE indicators_cell
    ADD CONSTRAINT cell_has_someone CHECK (coalesce(indicators_total(denominators) > 0, false)),
    ADD CONSTRAINT cell_numerator_within CHECK (coalesce(
        {" AND ".join(f"numerators[{place}] BETWEEN 0 AND denominators[{place}]" for place in PLACES)}, false)),
    ADD CONSTRAINT cell_all_groups CHECK (
        array_ndims(numerators) = 1 AND cardinality(numerators) = {len(GROUPS)}
        AND array_ndims(denominators) = 1 AND cardinality(denominators) = {len(GROUPS)})
"""


def make_array():
    return django.contrib.postgres.fields.ArrayField(models.IntegerField(), size=len(GROUPS))


def make_total(field):
    expression = Func(F(field), function="indicators_total")
    return models.GeneratedField(expression=expression, output_field=models.IntegerField(), db_persist=True)


class Migration(migrations.Migration):
    dependencies = [("indicators", "0002_composite_key"), ("regions", "0001_initial")]

    operations = [
        migrations.RunSQL(TOTAL, "DROP FUNCTION indicators_total"),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.DeleteModel("Cell"),
        migrations.CreateModel(
            name="Cell",
            fields=[
                ("pk", models.CompositePrimaryKey("region", "month", "indicator", blank=True, editable=False, primary_key=True, serialize=False)),
                ("region", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region")),
                ("level", models.PositiveSmallIntegerField()),
                ("month", models.DateField()),
                ("indicator", models.CharField(db_collation="C", max_length=40)),
                ("numerators", make_array()),
                ("denominators", make_array()),
                ("numerator", make_total("numerators")),
                ("denominator", make_total("denominators")),
            ],
            options={
                "indexes": [models.Index(fields=["level", "month", "indicator", "region"], include=["numerator", "denominator"], name="cell_level_month")],
            },
        ),
        migrations.RunSQL(CHECKS, migrations.RunSQL.noop),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="MonthVersion",
            fields=[
                ("month", models.DateField(primary_key=True, serialize=False)),
                ("version", models.BigIntegerField()),
            ],
        ),
    ]
