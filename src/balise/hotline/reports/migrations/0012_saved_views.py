"""Filters of the queue that someone names, to come back to them."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("hotline_reports", "0011_removal_refused"),)

    operations = (
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("account", models.CharField(max_length=36)),
                ("name", models.CharField(max_length=40)),
                ("state", models.CharField(blank=True, max_length=12)),
                ("category", models.CharField(blank=True, max_length=24)),
                ("age", models.CharField(blank=True, max_length=4)),
                ("of_host", models.CharField(blank=True, max_length=64)),
                ("mine", models.BooleanField(default=False)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("deleted_at__isnull", True)),
                        fields=("account", "name"),
                        name="a_view_has_a_name_of_its_own",
                    )
                ],
            },
        ),
    )
