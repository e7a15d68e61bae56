"""Bands of ages that cross neither 15 nor 18 stand beside those of before, which stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("helpline_cases", "0006_taken_at"),)

    operations = (
        migrations.AlterField(
            model_name="referral",
            name="age_band",
            field=models.CharField(
                blank=True,
                choices=[
                    ("under-13", "Under 13"),
                    ("13-14", "13 or 14"),
                    ("15-17", "15 to 17"),
                    ("adult", "18 or over"),
                    ("13-15", "13 to 15 (earlier band)"),
                    ("16-17", "16 or 17"),
                ],
                max_length=10,
            ),
        ),
    )
