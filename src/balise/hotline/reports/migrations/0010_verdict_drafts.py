"""A verdict is kept as it is typed, for whoever takes its content next."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("hotline_reports", "0009_bands_of_ages"),)

    operations = (
        migrations.CreateModel(
            name="VerdictDraft",
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
                    "content",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="hotline_reports.content",
                    ),
                ),
            ],
        ),
    )
