"""The view records_child_month: one row per child under 60 months and month in the register.

A month counts once anything was measured in it. Of several measurements in a month the last is taken, none from
1,827 days of age on. The age group is by completed months on the day measured, else on the month's last day.
"""

import django.db.models.deletion
from django.db import migrations, models

VIEW = """
CREATE VIEW records_child_month AS
SELECT p.id AS person_id, p.desa_id, m.month, p.sex,
    CASE WHEN a.months < 6 THEN '0-5' WHEN a.months < 12 THEN '6-11' WHEN a.months < 24 THEN '12-23'
         WHEN a.months < 36 THEN '24-35' WHEN a.months < 48 THEN '36-47' ELSE '48-59' END AS age_group,
    x.measured_on, x.weight_kg IS NOT NULL AS is_weighed, x.lenhei_cm IS NOT NULL AS is_measured,
    coalesce(x.oedema, false) AS oedema, coalesce(x.weight_gain, '') AS weight_gain, x.haz, x.waz, x.whz, x.baz,
    coalesce(x.haz_flag, false) AS haz_flag, coalesce(x.waz_flag, false) AS waz_flag,
    coalesce(x.whz_flag, false) AS whz_flag, coalesce(x.baz_flag, false) AS baz_flag
FROM (
    SELECT g.month::date AS month, (g.month + interval '1 month')::date AS next_month
    FROM generate_series((SELECT min(month) FROM records_measurement)::timestamp,
                         (SELECT max(month) FROM records_measurement)::timestamp, interval '1 month') AS g(month)
    WHERE (SELECT min(e.month) FROM records_measurement e WHERE e.month >= g.month::date) = g.month::date
) m
JOIN records_person p ON p.birth_date < m.next_month AND p.birth_date > m.month - 1827
    AND p.registered_on < m.next_month AND (p.left_on IS NULL OR p.left_on > m.month)
LEFT JOIN LATERAL (
    SELECT * FROM records_measurement y
    WHERE y.person_id = p.id AND y.measured_on >= m.month AND y.measured_on < m.next_month
        AND y.measured_on < p.birth_date + 1827
    ORDER BY y.measured_on DESC LIMIT 1
) x ON true
CROSS JOIN LATERAL (SELECT coalesce(x.measured_on, m.next_month - 1) AS on_day) d
CROSS JOIN LATERAL (
    SELECT (extract(year FROM d.on_day)::int - extract(year FROM p.birth_date)::int) * 12
        + extract(month FROM d.on_day)::int - extract(month FROM p.birth_date)::int
        - (extract(day FROM d.on_day) < extract(day FROM p.birth_date))::int AS months
) a
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [
        migrations.AddIndex("measurement", models.Index(fields=["month"], name="measurement_month")),
        migrations.RunSQL(VIEW, "DROP VIEW records_child_month"),
        migrations.CreateModel(
            name="ChildMonth",
            fields=[
                ("pk", models.CompositePrimaryKey("person", "month", blank=True, editable=False, primary_key=True, serialize=False)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="records.person")),
                ("desa", models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="regions.region")),
                ("month", models.DateField()),
                ("sex", models.CharField(max_length=1)),
                ("age_group", models.CharField(max_length=5)),
                ("measured_on", models.DateField(null=True)),
                ("is_weighed", models.BooleanField()),
                ("is_measured", models.BooleanField()),
                ("oedema", models.BooleanField()),
                ("weight_gain", models.CharField(max_length=1)),
                ("haz", models.SmallIntegerField(null=True)),
                ("waz", models.SmallIntegerField(null=True)),
                ("whz", models.SmallIntegerField(null=True)),
                ("baz", models.SmallIntegerField(null=True)),
                ("haz_flag", models.BooleanField()),
                ("waz_flag", models.BooleanField()),
                ("whz_flag", models.BooleanField()),
                ("baz_flag", models.BooleanField()),
            ],
            options={"db_table": "records_child_month", "managed": False},
        ),
    ]
