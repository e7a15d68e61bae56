from django.db import migrations
from django.db.models import F

POINTS_BEFORE, BAND = 60, 1_000


def lift_danger(apps, _schema_editor):
    """Danger gave points; it is a band above all points now. A content of one report says whose."""
    content = apps.get_model("hotline_reports", "Content")
    dangerous = content.objects.filter(danger=True)
    dangerous.filter(priority__lt=BAND).update(priority=F("priority") - POINTS_BEFORE + BAND)
    reports = apps.get_model("hotline_reports", "Report").objects
    reports.filter(mentions__content__in=dangerous.filter(report_count=1)).update(danger=True)


def lower_danger(apps, _schema_editor):
    dangerous = apps.get_model("hotline_reports", "Content").objects.filter(danger=True)
    dangerous.filter(priority__gte=BAND).update(priority=F("priority") - BAND + POINTS_BEFORE)


class Migration(migrations.Migration):
    dependencies = [("hotline_reports", "0006_openings_closings_danger")]
    operations = [migrations.RunPython(lift_danger, lower_danger)]
