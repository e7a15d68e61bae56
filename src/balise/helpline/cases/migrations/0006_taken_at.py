"""Keep when a referral was taken by who has it, from when it was first taken."""

from typing import Any

from django.db import migrations, models
from django.db.models import F


def fill(apps: Any, _schema_editor: Any) -> None:
    """Give each referral that someone has taken the moment when it was first taken."""
    taken = apps.get_model("helpline_cases", "Referral").objects.exclude(taken_by="")
    taken.update(taken_at=F("first_taken_at"))


class Migration(migrations.Migration):
    dependencies = (("helpline_cases", "0005_filed_referrals"),)

    operations = (
        migrations.AddField(
            model_name="referral",
            name="taken_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    )
