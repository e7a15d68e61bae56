"""Keep when an item was first let leave, from its round or, where that was cleared, the journal."""

from typing import Any

from django.db import migrations, models
from django.db.models import F

_LEAVES = "helpline.removal.leaves"


def fill(apps: Any, _schema_editor: Any) -> None:
    """Give each item that was ever let leave its first moment; what came back is gone no more."""
    items = apps.get_model("helpline_removals", "Item").objects
    entries = apps.get_model("journal", "Entry").objects
    for item_id in items.filter(round_at=None).values_list("id", flat=True):
        left = entries.filter(subject=item_id, event=_LEAVES).order_by("id")
        for at in left.values_list("at", flat=True)[:1]:
            items.filter(id=item_id).update(first_round_at=at)
    items.exclude(round_at=None).update(first_round_at=F("round_at"))
    items.filter(state="reappeared").update(gone_at=None)


class Migration(migrations.Migration):
    dependencies = (
        ("helpline_removals", "0001_initial"),
        ("journal", "0001_initial"),
    )

    operations = (
        migrations.AddField(
            model_name="item",
            name="first_round_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    )
