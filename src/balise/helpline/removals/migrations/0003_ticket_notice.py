"""A platform's number is that of a notice, so that it is asked where it gave it."""

from typing import Any

from django.db import migrations, models
from django.db.models import F


def fill(apps: Any, _schema_editor: Any) -> None:
    """Give each number its notice, where the item's way is still the one that gave it."""
    numbered = apps.get_model("helpline_removals", "Item").objects.exclude(ticket="")
    numbered.filter(way_kind="api").update(ticket_notice=F("notice"))


class Migration(migrations.Migration):
    dependencies = (("helpline_removals", "0002_first_round"),)

    operations = (
        migrations.AddField(
            model_name="item",
            name="ticket_notice",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    )
