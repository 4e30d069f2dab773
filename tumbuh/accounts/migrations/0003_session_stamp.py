"""A stamp on each user; raising it ends the user's sessions."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_roles'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='session_stamp',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
