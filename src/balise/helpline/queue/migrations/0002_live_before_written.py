"""Rank what waits anew: risk A, then whoever is there, then what is not live; seats on written work.

The rank is that of `rules.rank` on the day of this change, written out: rules go on changing.
"""

from typing import Any

from django.db import migrations, models

_ORDER = {"A": 0, "B": 1, "C": 2, "D": 3, "F": 3, "E": 4}
_LIVE = ("call", "chat")
_BEHIND = 10


def rank_anew(apps: Any, _schema_editor: Any) -> None:
    """Give every open item that is neither live nor of risk A its place behind the live ones."""
    waiting = apps.get_model("helpline_queue", "Item").objects.filter(state__in=("waiting", "held"))
    written = waiting.exclude(kind__in=_LIVE).exclude(risk="A")
    for risk, order in _ORDER.items():
        for returning in (True, False):
            place = order * 2 + (0 if returning else 1) + _BEHIND
            written.filter(risk=risk, returning=returning).update(rank=place)


class Migration(migrations.Migration):
    dependencies = (("helpline_queue", "0001_initial"),)

    operations = (
        migrations.AddField(
            model_name="seat",
            name="on_written_work",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(rank_anew, migrations.RunPython.noop),
    )
