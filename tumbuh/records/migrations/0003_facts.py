"""What the database itself refuses: a measurement before birth or in the future, a wrong month, a birth to come.

`timezone('Asia/Jakarta', …)` is immutable, so the day a row was recorded on can stand in a check.
"""

import django.db.models.deletion
from django.db import migrations, models

ADD = """
ALTER TABLE records_measurement
    ADD CONSTRAINT measurement_person_birth FOREIGN KEY (person_id, birth_date)
        REFERENCES records_person (id, birth_date) ON UPDATE CASCADE,
    ADD CONSTRAINT measurement_not_in_future
        CHECK (measured_on <= (recorded_at AT TIME ZONE 'Asia/Jakarta')::date),
    ADD CONSTRAINT measurement_month_first
        CHECK (month = make_date(extract(year FROM measured_on)::int, extract(month FROM measured_on)::int, 1));
ALTER TABLE records_person
    ADD CONSTRAINT person_born_in_past CHECK (birth_date <= (recorded_at AT TIME ZONE 'Asia/Jakarta')::date),
    ADD CONSTRAINT person_registered_in_past CHECK (registered_on <= (recorded_at AT TIME ZONE 'Asia/Jakarta')::date);
"""
REMOVE = """
ALTER TABLE records_person DROP CONSTRAINT person_born_in_past, DROP CONSTRAINT person_registered_in_past;
ALTER TABLE records_measurement
    DROP CONSTRAINT measurement_person_birth,
    DROP CONSTRAINT measurement_not_in_future,
    DROP CONSTRAINT measurement_month_first;
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0002_child_month")]

    operations = [
        # indexes that longer ones already serve; the composite key takes the place of the plain one
        migrations.AlterField(
            model_name="measurement",
            name="desa",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
            ),
        ),
        migrations.AlterField(
            model_name="measurement",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measurements",
                to="records.person",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="desa",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
            ),
        ),
        migrations.RunSQL(ADD, REMOVE),
    ]
