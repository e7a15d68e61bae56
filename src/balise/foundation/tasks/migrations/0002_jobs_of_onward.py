from typing import Any

from django.db import migrations

BEFORE, AFTER = "balise.takedown.referrals.", "balise.takedown.onward."


def move(apps: Any, before: str, after: str) -> None:
    """Name the jobs of a package that moved: those in the queue, given up, and scheduled."""
    for model, field in (
        (apps.get_model("django_tasks_database", "DBTaskResult"), "task_path"),
        (apps.get_model("tasks", "DeadLetter"), "job"),
        (apps.get_model("tasks", "ScheduledRun"), "name"),
    ):
        rows = model.objects.filter(**{f"{field}__startswith": before})
        for path in set(rows.values_list(field, flat=True)):
            moved = after + path.removeprefix(before)
            if field == "name" and model.objects.filter(name=moved).exists():
                # A worker of this version ran before the migration: its schedule holds.
                model.objects.filter(name=path).delete()
            else:
                model.objects.filter(**{field: path}).update(**{field: moved})


def forwards(apps: Any, _schema: Any) -> None:
    move(apps, BEFORE, AFTER)


def backwards(apps: Any, _schema: Any) -> None:
    move(apps, AFTER, BEFORE)


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0001_initial'),
        ('django_tasks_database', '0021_conditional_partial_index_ordering'),
    ]

    operations = [
        migrations.RunPython(forwards, backwards),
    ]
