from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("helpline_vault", "0004_uploads"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name="invitation",
                name=name,
                field=models.BinaryField(blank=True, default=b"", max_length=32),
            )
            for name in ("committed", "answered_to", "answer", "revealed")
        ),
        migrations.AddField(
            model_name="invitation",
            name="rounds",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
