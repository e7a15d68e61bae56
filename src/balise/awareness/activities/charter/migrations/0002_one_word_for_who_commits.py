from django.db import migrations

OLD, NEW = "child", "children"


def to_the_words_of_a_charter(apps, _schema_editor):
    """What a centre wrote of a practice says who commits as a charter does."""
    _rename(apps, OLD, NEW)


def back(apps, _schema_editor):
    _rename(apps, NEW, OLD)


def _rename(apps, old, new):
    versions = apps.get_model("activities_charter", "PracticeVersion").objects
    for version in versions.filter(row__who=old):
        version.row["who"] = new
        version.save(update_fields=("row",))


class Migration(migrations.Migration):
    dependencies = [("activities_charter", "0001_initial")]
    operations = [migrations.RunPython(to_the_words_of_a_charter, back)]
