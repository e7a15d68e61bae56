"""Who said that a danger was over, also of those that ended before; a step is compared by words."""

from typing import Any

from django.db import migrations, models

ENDED = "helpline.danger.ended"


def fill(apps: Any, _schema_editor: Any) -> None:
    """Give each danger that ended whoever the journal says to have ended it."""
    danger = apps.get_model("helpline_console", "Danger")
    entry = apps.get_model("journal", "Entry")
    for one in danger.objects.exclude(ended_at=None).iterator():
        said = entry.objects.filter(event=ENDED, subject=one.item).order_by("-id").first()
        if said is not None:
            one.ended_by = said.actor_key
            one.save(update_fields=("ended_by",))


class Migration(migrations.Migration):
    dependencies = (("helpline_console", "0001_initial"), ("journal", "0001_initial"))

    operations = (
        migrations.AddField(
            model_name="danger",
            name="ended_by",
            field=models.CharField(blank=True, max_length=36, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveField(model_name="danger", name="version"),
    )
