from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from balise.foundation import clock


def say_it(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Say the day from which the gravest topics count cases, where contacts were counted before."""
    alias = schema_editor.connection.alias
    entries = apps.get_model("journal", "Entry").objects.using(alias)
    if entries.filter(event="helpline.topic.met").exists():
        apps.get_model("steering_indicators", "Break").objects.using(alias).create(
            on=clock.today(),
            name_fr="Les sujets les plus graves comptent des dossiers",
            name_en="The gravest topics count cases",
            lines=[],
            indicators=["HEL-TOPIC"],
        )


class Migration(migrations.Migration):
    dependencies = [("steering_indicators", "0001_breaks_and_targets"), ("journal", "0001_initial")]

    operations = [migrations.RunPython(say_it, migrations.RunPython.noop)]
