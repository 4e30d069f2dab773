"""The view records_child_month says what a child's height-for-age was before the month, for new cases of stunting.

The value before is that of the last earlier measurement that is plausible, however long ago: definitions say how old it
may be. It is looked for only where the month's own value is plausible.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("tumbuh.records.migrations.0005_months_once").AFTER
SECURE = ";\nALTER VIEW records_child_month SET (security_invoker = true);"
DROP = "DROP VIEW records_child_month;\n"  # a view cannot be replaced by one with fewer columns
ADDED = (
    ("coalesce(x.baz_flag, false) AS baz_flag\n",
     "coalesce(x.baz_flag, false) AS baz_flag,\n    b.haz AS haz_before, b.days AS haz_before_days\n"),
    ("CROSS JOIN LATERAL (SELECT coalesce(x.measured_on, m.next_month - 1) AS on_day) d\n", """LEFT JOIN LATERAL (
    SELECT z.haz, x.measured_on - z.measured_on AS days FROM records_measurement z
    WHERE x.haz IS NOT NULL AND NOT x.haz_flag
        AND z.person_id = p.id AND z.measured_on < m.month AND z.haz IS NOT NULL AND NOT z.haz_flag
    ORDER BY z.measured_on DESC LIMIT 1
) b ON true
CROSS JOIN LATERAL (SELECT coalesce(x.measured_on, m.next_month - 1) AS on_day) d
"""),
)  # fmt: skip


def write_view() -> str:
    text = BEFORE
    for old, new in ADDED:
        if text.count(old) != 1:
            raise ValueError(old)
        text = text.replace(old, new)
    return text


class Migration(migrations.Migration):
    dependencies = [("records", "0021_duplicates_security")]

    operations = [migrations.RunSQL(write_view() + SECURE, DROP + BEFORE + SECURE)]
