"""The platform's own banks were called in the language of the process that made them."""

from django.conf import settings
from django.db import migrations, models
from django.utils.translation import override


def unname(apps, schema_editor):
    names = {"laboratory": {"Laboratory", "Laboratoire"}, "own": set()}
    for language, _name in settings.LANGUAGES:
        with override(language):
            names["own"].add(str(settings.CENTRE.name))
    banks = apps.get_model("hotline_banks", "Bank").objects
    for code, given in names.items():
        banks.filter(code=code, source__in=given).update(source="")
        banks.filter(code=code, name__in=given).update(name="")


class Migration(migrations.Migration):
    dependencies = [("hotline_banks", "0002_past_look_ups_in_a_list")]

    operations = [
        migrations.AlterField(
            model_name="bank",
            name="name",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.RunPython(unname, migrations.RunPython.noop),
    ]
