"""The place in line is a moment of its own: what words mark had its arrival moved for it."""

from datetime import timedelta
from typing import Any

from django.db import migrations, models
from django.db.models import F, Q

AHEAD_BY = timedelta(minutes=10)
MARKED = Q(risk_from="words", risk__in=("C", "D"))


def fill(apps: Any, _schema_editor: Any) -> None:
    """Give each item its place; what is marked gets its arrival back."""
    items = apps.get_model("helpline_queue", "Item").objects
    items.update(turn_at=F("queued_at"))
    items.filter(MARKED, queued_at__lte=F("waiting_since") - AHEAD_BY).update(
        queued_at=F("queued_at") + AHEAD_BY
    )


class Migration(migrations.Migration):
    dependencies = (("helpline_queue", "0004_dangers"),)

    operations = (
        migrations.RemoveIndex(model_name="item", name="queue_turn"),
        migrations.AddField("item", "turn_at", models.DateTimeField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("item", "turn_at", models.DateTimeField()),
        migrations.AddIndex(
            "item",
            models.Index(
                fields=("rank", "turn_at", "id"), name="queue_turn", condition=Q(state="waiting")
            ),
        ),
    )
