"""The roles of the four tiers; the analyst of the province becomes the analyst of any region."""

from django.db import migrations, models


RENAME = "UPDATE accounts_assignment SET role = '%s' WHERE role = '%s'"


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(RENAME % ("ANALYST", "PROVINSI_ANALYST"), RENAME % ("PROVINSI_ANALYST", "ANALYST")),
        migrations.AlterField(
            model_name='assignment',
            name='role',
            field=models.CharField(choices=[('KADER', 'Kader posyandu'), ('MIDWIFE', 'Bidan desa'), ('DESA_OPERATOR', 'Operator desa'), ('KECAMATAN_VERIFIER', 'Verifikator kecamatan/puskesmas'), ('KABUPATEN_VERIFIER', 'Verifikator kabupaten/kota'), ('PROVINSI_VERIFIER', 'Verifikator provinsi'), ('KABUPATEN_ANALYST', 'Pengelola data kabupaten/kota'), ('ANALYST', 'Analis'), ('OPD_OFFICER', 'Penanggung jawab OPD'), ('SUPERVISOR', 'Pengawas'), ('COMPLAINT_OFFICER', 'Petugas pengaduan'), ('CURATOR', 'Kurator pengetahuan'), ('TEACHER', 'Pengajar'), ('PARTNER', 'Mitra'), ('REGION_ADMIN', 'Admin wilayah'), ('PROVINSI_ADMIN', 'Admin provinsi')], max_length=30),
        ),
    ]
