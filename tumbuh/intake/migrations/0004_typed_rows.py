"""Rows in typed columns, and what they wrote in a table of its own; the cells as they stood are read from the file."""

import django.db.models.deletion
from django.db import migrations, models

CONVERT = """
UPDATE intake_row r SET desa_id = p.desa_id, name = p.name, name_key = p.name_key, sex = p.sex,
    birth_date = p.birth_date, mother_name = p.mother_name, nik_encrypted = decode(p.nik, 'hex'),
    nik_status = p.nik_status, birth_weight_kg = p.birth_weight_kg, birth_length_cm = p.birth_length_cm,
    measured_on = p.measured_on, weight_kg = p.weight_kg, lenhei_cm = p.lenhei_cm, mode = p.mode, head_cm = p.head_cm,
    muac_cm = p.muac_cm, posyandu = p.posyandu, puskesmas = p.puskesmas, kk_encrypted = decode(p.kk, 'hex'),
    kk_index = decode(p.kk_index, 'hex'), address = coalesce(p.address, ''), rt = coalesce(p.rt, ''),
    rw = coalesce(p.rw, '')
FROM intake_row o CROSS JOIN LATERAL jsonb_to_record(o.parsed) AS p(
    desa_id bigint, name text, name_key text, sex text, birth_date date, mother_name text, nik text, nik_status text,
    birth_weight_kg numeric, birth_length_cm numeric, measured_on date, weight_kg numeric, lenhei_cm numeric, mode text,
    head_cm numeric, muac_cm numeric, posyandu text, puskesmas text, kk text, kk_index text, address text, rt text,
    rw text)
WHERE o.id = r.id;
INSERT INTO intake_savedrow (row_id, person_id, measurement_id, before)
SELECT id, person_id, measurement_id, before FROM intake_row WHERE measurement_id IS NOT NULL OR before IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0003_decisions"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedRow",
            fields=[
                ("row_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("person_id", models.BigIntegerField(null=True)),
                ("measurement_id", models.BigIntegerField(null=True)),
                ("before", models.JSONField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="row",
            name="address",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="row",
            name="birth_date",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="row",
            name="birth_length_cm",
            field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name="row",
            name="birth_weight_kg",
            field=models.DecimalField(decimal_places=3, max_digits=6, null=True),
        ),
        migrations.AddField(
            model_name="row",
            name="desa_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="row",
            name="head_cm",
            field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name="row",
            name="kk_encrypted",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="row",
            name="kk_index",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name="row",
            name="lenhei_cm",
            field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name="row",
            name="measured_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="row",
            name="mode",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="row",
            name="mother_name",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="row",
            name="muac_cm",
            field=models.DecimalField(decimal_places=2, max_digits=5, null=True),
        ),
        migrations.AddField(
            model_name="row",
            name="name",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="row",
            name="name_key",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="row",
            name="nik_encrypted",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="row",
            name="nik_status",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="row",
            name="posyandu",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="row",
            name="puskesmas",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="row",
            name="rt",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="row",
            name="rw",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="row",
            name="sex",
            field=models.TextField(default=""),
        ),
        migrations.AddField(
            model_name="row",
            name="weight_kg",
            field=models.DecimalField(decimal_places=3, max_digits=6, null=True),
        ),
        migrations.CreateModel(
            name="KeptChunk",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("sheet", models.TextField()),
                ("is_hidden", models.BooleanField()),
                ("first_row", models.PositiveIntegerField(help_text="As Excel numbers it, from 1.")),
                ("count", models.PositiveIntegerField()),
                ("sheet_rows", models.PositiveIntegerField(null=True)),
                ("content", models.BinaryField()),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="chunks", to="intake.import"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.RunSQL(CONVERT, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="row",
            name="before",
        ),
        migrations.RemoveField(
            model_name="row",
            name="measurement_id",
        ),
        migrations.RemoveField(
            model_name="row",
            name="parsed",
        ),
        migrations.RemoveField(
            model_name="row",
            name="raw",
        ),
        migrations.AlterField(
            model_name="row",
            name="owner",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="intake.import",
            ),
        ),
        migrations.AlterField(
            model_name="row",
            name="person_id",
            field=models.BigIntegerField(help_text="The child that it may belong with.", null=True),
        ),
    ]
