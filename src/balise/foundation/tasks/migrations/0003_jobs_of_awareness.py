from importlib import import_module
from typing import Any

from django.db import migrations

move = import_module("balise.foundation.tasks.migrations.0002_jobs_of_onward").move

MOVED = {
    f"balise.awareness.{before}.": f"balise.awareness.{after}."
    for before, after in (
        ("events", "learning.events"),
        ("network.campaigns", "partnership.campaigns"),
        ("network.fieldwork", "places.fieldwork"),
        ("network.orders", "places.orders"),
        ("network.partners", "partnership.partners"),
        ("network.structures", "places.structures"),
        ("network.training", "learning.training"),
        ("network.trends", "partnership.trends"),
    )
}


def forwards(apps: Any, _schema: Any) -> None:
    for before, after in MOVED.items():
        move(apps, before, after)


def backwards(apps: Any, _schema: Any) -> None:
    for before, after in MOVED.items():
        move(apps, after, before)


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0002_jobs_of_onward'),
    ]

    operations = [
        migrations.RunPython(forwards, backwards),
    ]
