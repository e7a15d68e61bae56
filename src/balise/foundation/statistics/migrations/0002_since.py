from datetime import datetime

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Min
from django.utils import timezone


def say_since(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was counted until now was counted since the centre's first fact."""
    entries = apps.get_model("journal", "Entry").objects.using(schema_editor.connection.alias)
    first: datetime | None = entries.aggregate(at=Min("at"))["at"]
    counted = apps.get_model("statistics", "Counted").objects.using(schema_editor.connection.alias)
    counted.update(since=first or timezone.now())


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_initial"), ("journal", "0001_initial")]

    operations = [
        migrations.AddField("counted", "since", models.DateTimeField(null=True)),
        migrations.RunPython(say_since, migrations.RunPython.noop),
        migrations.AlterField("counted", "since", models.DateTimeField()),
    ]
