"""The views records_person_month and records_receipt: who everybody is in a month, and what they received (decision 0010).

A month counts once a child was measured in it or somebody received a service. Everything is read on its last day.
The windows are cut by desa first, so that a condition on desa and month reaches the tables. What only grown-ups can have
(from nine years on) or only small children (measured before 60 months, read for half a year) is not looked for elsewhere.
"""

import django.db.models.deletion
from django.db import migrations, models

MONTHS = """
CREATE FUNCTION records_completed_months(since date, until date) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN (extract(year FROM until)::int - extract(year FROM since)::int) * 12
    + extract(month FROM until)::int - extract(month FROM since)::int
    - (extract(day FROM until) < extract(day FROM since))::int;

CREATE VIEW records_month AS
SELECT g.month::date AS month, (g.month + interval '1 month')::date AS next_month,
    (g.month + interval '1 month')::date - 1 AS month_end
FROM generate_series(
    least((SELECT min(month) FROM records_measurement), (SELECT min(month) FROM records_servicereceived))::timestamp,
    greatest((SELECT max(month) FROM records_measurement), (SELECT max(month) FROM records_servicereceived))::timestamp,
    interval '1 month') AS g(month)
WHERE (SELECT min(e.month) FROM records_measurement e WHERE e.month >= g.month::date) = g.month::date
    OR (SELECT min(s.month) FROM records_servicereceived s WHERE s.month >= g.month::date) = g.month::date;
ALTER VIEW records_month SET (security_invoker = true);
"""
STATEMENTS = ("water", "latrine", "insurance", "birth_certificate", "preschool")
LATEST = ",\n        ".join(
    f"(array_agg(s.value ORDER BY s.own DESC, s.stated_on DESC) FILTER (WHERE s.code = '{code}'))[1] AS {code}"
    for code in STATEMENTS
)
PERSON_MONTH = f"""
CREATE VIEW records_person_month AS
WITH life AS (
    SELECT p.id AS person_id, p.desa_id, p.household_id, m.month, m.month_end, p.sex, p.birth_date,
        records_completed_months(p.birth_date, m.month_end) AS age_months, h.decile,
        g.started_on AS pregnancy_on, m.month_end - g.started_on AS gestation_days,
        coalesce(g.is_risky, false) AS is_risky, b.birth_on, m.month_end - b.birth_on AS days_since_birth,
        CASE WHEN b.birth_on IS NOT NULL THEN records_completed_months(b.birth_on, m.month_end) END
            AS months_since_birth,
        c.couple_on, m.month_end - c.couple_on AS couple_days,
        coalesce(b.children_born, 0) AS children_born, b.birth_gap_months,
        k.muac_mm, k.hb_dg, k.bmi_tenths, k.smoke, z.haz, z.waz, z.whz, coalesce(z.oedema, false) AS oedema,
        {", ".join(f"s.{code}" for code in STATEMENTS)}
    FROM records_month m
    JOIN records_person p ON p.birth_date < m.next_month AND p.registered_on < m.next_month
        AND (p.left_on IS NULL OR p.left_on > m.month)
    LEFT JOIN records_household h ON h.id = p.household_id
    CROSS JOIN LATERAL (
        SELECT p.birth_date <= m.month_end - 3287 AS is_grown, p.sex = 'F' AND p.birth_date <= m.month_end - 3287 AS is_woman,
            p.birth_date > m.month_end - 2010 AS is_small OFFSET 0
    ) w
    LEFT JOIN LATERAL (
        SELECT y.started_on, y.is_risky FROM records_pregnancy y
        WHERE w.is_woman AND y.mother_id = p.id AND y.started_on <= m.month_end
            AND CASE WHEN y.ended_on IS NULL THEN m.month_end <= y.started_on + 308 ELSE y.ended_on > m.month_end END
        ORDER BY y.started_on DESC LIMIT 1
    ) g ON true
    LEFT JOIN LATERAL (
        SELECT max(d.on_day) AS birth_on, sum(d.children)::int AS children_born,
            CASE WHEN count(*) > 1 THEN records_completed_months(
                (array_agg(d.on_day ORDER BY d.on_day DESC))[2], max(d.on_day)) END AS birth_gap_months
        FROM (
            SELECT e.on_day, greatest(sum(e.children), 1) AS children FROM (
                SELECT x.birth_date AS on_day, 1 AS children FROM records_person x
                WHERE w.is_woman AND x.mother_id = p.id AND x.birth_date <= m.month_end
                UNION ALL
                SELECT y.ended_on, 0 FROM records_pregnancy y
                WHERE w.is_woman AND y.mother_id = p.id AND y.ended_on <= m.month_end AND y.outcome IN ('LIVE', 'STILL')
            ) e GROUP BY e.on_day
        ) d
    ) b ON true
    LEFT JOIN LATERAL (
        SELECT max(y.registered_on) AS couple_on FROM records_couple y
        WHERE w.is_grown AND p.id IN (y.bride_id, y.groom_id) AND y.registered_on <= m.month_end
            AND coalesce(y.married_on, y.called_off_on, m.next_month) > m.month_end
    ) c ON true
    LEFT JOIN LATERAL (
        SELECT (array_agg((y.muac_cm * 10)::int ORDER BY y.checked_on DESC) FILTER (WHERE y.muac_cm IS NOT NULL))[1] AS muac_mm,
            (array_agg((y.hb_g_dl * 10)::int ORDER BY y.checked_on DESC) FILTER (WHERE y.hb_g_dl IS NOT NULL))[1] AS hb_dg,
            (array_agg(floor(y.weight_kg * 100000 / (y.height_cm * y.height_cm))::int ORDER BY y.checked_on DESC)
                FILTER (WHERE y.weight_kg IS NOT NULL AND y.height_cm IS NOT NULL))[1] AS bmi_tenths,
            (array_agg(y.smoke ORDER BY y.checked_on DESC) FILTER (WHERE y.smoke IS NOT NULL))[1] AS smoke
        FROM records_healthcheck y
        WHERE w.is_grown AND y.person_id = p.id AND y.checked_on BETWEEN greatest(m.month_end - 365, g.started_on) AND m.month_end
    ) k ON true
    LEFT JOIN LATERAL (
        SELECT (array_agg(y.haz ORDER BY y.measured_on DESC) FILTER (WHERE NOT y.haz_flag AND y.haz IS NOT NULL))[1] AS haz,
            (array_agg(y.waz ORDER BY y.measured_on DESC) FILTER (WHERE NOT y.waz_flag AND y.waz IS NOT NULL))[1] AS waz,
            (array_agg(y.whz ORDER BY y.measured_on DESC) FILTER (WHERE NOT y.whz_flag AND y.whz IS NOT NULL))[1] AS whz,
            (array_agg(y.oedema ORDER BY y.measured_on DESC))[1] AS oedema
        FROM records_measurement y
        WHERE w.is_small AND y.person_id = p.id AND y.measured_on BETWEEN m.month_end - 183 AND m.month_end
    ) z ON true
    LEFT JOIN LATERAL (
        SELECT {LATEST}
        FROM (
            SELECT y.code, y.value, y.stated_on, true AS own FROM records_statement y
            WHERE y.person_id = p.id AND y.stated_on <= m.month_end
            UNION ALL
            SELECT y.code, y.value, y.stated_on, false FROM records_statement y
            WHERE y.household_id = p.household_id AND y.stated_on <= m.month_end
        ) s
    ) s ON true
)
SELECT person_id, desa_id, month, month_end, sex, age_months, decile, pregnancy_on, gestation_days, is_risky, birth_on,
    days_since_birth, months_since_birth, couple_on, couple_days, children_born, birth_gap_months, muac_mm, hb_dg,
    bmi_tenths, smoke, haz, waz, whz, oedema, {", ".join(STATEMENTS)},
    household_id IS NOT NULL AND person_id = first_value(person_id) OVER (
        PARTITION BY desa_id, month, household_id
        ORDER BY (pregnancy_on IS NOT NULL OR children_born > 0) DESC, birth_date, person_id) AS is_contact,
    household_id IS NOT NULL AND bool_or(
        pregnancy_on IS NOT NULL OR couple_on IS NOT NULL OR age_months < 60
        OR (sex = 'F' AND age_months >= 120 AND age_months < 228)) OVER (
        PARTITION BY desa_id, month, household_id) AS has_target
FROM life;
ALTER VIEW records_person_month SET (security_invoker = true);
"""
RECEIPT = """
CREATE VIEW records_receipt AS
SELECT s.person_id, s.desa_id, s.code, s.received_on, s.quantity::int AS quantity, s.batch_id
FROM records_servicereceived s WHERE s.person_id IS NOT NULL
UNION ALL
SELECT p.id, s.desa_id, s.code, s.received_on, s.quantity::int, s.batch_id
FROM records_servicereceived s JOIN records_person p ON p.household_id = s.household_id
UNION ALL
SELECT y.person_id, y.desa_id, 'weighed', y.measured_on, 1, y.batch_id FROM records_measurement y
WHERE y.weight_kg IS NOT NULL
UNION ALL
SELECT y.person_id, y.desa_id, 'length_measured', y.measured_on, 1, y.batch_id FROM records_measurement y
WHERE y.lenhei_cm IS NOT NULL
UNION ALL
SELECT y.person_id, y.desa_id, 'health_check', y.checked_on, 1, y.batch_id FROM records_healthcheck y
UNION ALL
SELECT y.person_id, y.desa_id, 'hb_test', y.checked_on, 1, y.batch_id FROM records_healthcheck y
WHERE y.hb_g_dl IS NOT NULL;
ALTER VIEW records_receipt SET (security_invoker = true);
"""
DROP = "DROP VIEW records_receipt; DROP VIEW records_person_month; DROP VIEW records_month;" \
    " DROP FUNCTION records_completed_months(date, date)"


class Migration(migrations.Migration):
    dependencies = [("records", "0014_services_security")]

    operations = [
        migrations.RunSQL(MONTHS + PERSON_MONTH + RECEIPT, DROP),
        migrations.CreateModel(
            name="CountingMonth",
            fields=[
                ("month", models.DateField(primary_key=True, serialize=False)),
                ("next_month", models.DateField()),
                ("month_end", models.DateField()),
            ],
            options={"db_table": "records_month", "managed": False},
        ),
        migrations.CreateModel(
            name="PersonMonth",
            fields=[
                ("pk", models.CompositePrimaryKey("person", "month", blank=True, editable=False, primary_key=True, serialize=False)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="records.person")),
                ("desa", models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="regions.region")),
                ("month", models.DateField()),
            ],
            options={"db_table": "records_person_month", "managed": False},
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("pk", models.CompositePrimaryKey("person", "code", "received_on", blank=True, editable=False, primary_key=True, serialize=False)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="records.person")),
                ("desa", models.ForeignKey(on_delete=django.db.models.deletion.DO_NOTHING, related_name="+", to="regions.region")),
                ("code", models.CharField(max_length=40)),
                ("received_on", models.DateField()),
                ("quantity", models.IntegerField()),
            ],
            options={"db_table": "records_receipt", "managed": False},
        ),
    ]
