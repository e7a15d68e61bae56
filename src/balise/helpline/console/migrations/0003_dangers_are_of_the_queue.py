"""A life in danger is the queue's: its table goes there as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (
        ("helpline_console", "0002_who_ended_a_danger"),
        ("helpline_queue", "0004_dangers"),
    )

    operations = (
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="Danger")], database_operations=[]
        ),
    )
