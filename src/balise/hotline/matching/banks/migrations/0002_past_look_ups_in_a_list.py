"""What a list of past look-ups is narrowed by. Of those before, the asker is known by its kind."""

from django.db import migrations, models
from django.db.models import Case, Q, Value, When

ASKERS = (
    ("analyst", "An analyst"),
    ("content", "Reported content"),
    ("partner", "A partner’s program"),
    ("exchange", "A partner that asks without a bank"),
    ("laboratory", "The laboratory"),
    ("command", "A command"),
)
OUTCOMES = (
    ("known", "Known content"),
    ("undecided", "Something matches, nothing is decided"),
    ("nothing", "Nothing matches"),
    ("partial", "Not whole: part of the index did not answer"),
)
KNOWN = ("exact", "near", "clip")


def tell(apps, schema_editor):
    apps.get_model("hotline_banks", "LookUp").objects.update(
        asker=Case(
            When(actor_kind="staff", then=Value("analyst")),
            When(actor_kind="partner", then=Value("partner")),
            When(subject__isnull=False, then=Value("content")),
            default=Value(""),
        ),
        outcome=Case(
            When(rule="", then=Value("nothing")),
            When(rule="partial", then=Value("partial")),
            When(rule__in=KNOWN, then=Value("known")),
            default=Value("undecided"),
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("hotline_banks", "0001_initial")]

    operations = [
        migrations.RemoveIndex(model_name="lookup", name="look_ups_by_moment"),
        migrations.AddField(
            model_name="lookup",
            name="asker",
            field=models.CharField(blank=True, choices=ASKERS, default="", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="lookup",
            name="kinds",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="lookup",
            name="outcome",
            field=models.CharField(choices=OUTCOMES, default="nothing", max_length=9),
            preserve_default=False,
        ),
        migrations.RunPython(tell, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="lookup",
            index=models.Index(fields=["at", "id"], name="look_ups_by_moment"),
        ),
        migrations.AddIndex(
            model_name="lookup",
            index=models.Index(
                fields=["asker", "outcome", "at", "id"], name="look_ups_by_asker"
            ),
        ),
    ]
