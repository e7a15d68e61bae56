"""Who does not wait for a listener whose line was cut says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("helpline_conversations", "0007_earlier"),)

    operations = (
        migrations.AddField(
            model_name="conversation",
            name="wants_another",
            field=models.BooleanField(default=False),
        ),
    )
