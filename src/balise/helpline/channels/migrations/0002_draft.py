import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("helpline_channels", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("author", models.CharField(max_length=36)),
                ("at", models.DateTimeField(db_index=True)),
                ("sealed", models.BinaryField()),
                (
                    "thread",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="helpline_channels.thread",
                    ),
                ),
            ],
        ),
    )
