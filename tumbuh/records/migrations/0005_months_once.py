"""The view records_child_month counts a child's completed months once a line, not once for each age group.

OFFSET 0 keeps the planner from writing the sum out again in every branch of the CASE. Columns and rows are the same.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("tumbuh.records.migrations.0002_child_month").VIEW.replace("CREATE VIEW", "CREATE OR REPLACE VIEW")
AFTER = """
CREATE OR REPLACE VIEW records_child_month AS
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
        - (extract(day FROM d.on_day) < extract(day FROM p.birth_date))::int AS months OFFSET 0
) a
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0004_households")]

    operations = [migrations.RunSQL(AFTER, BEFORE)]
