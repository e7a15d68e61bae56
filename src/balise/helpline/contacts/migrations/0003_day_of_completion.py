from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('helpline_contacts', '0002_age_in_years'),
    ]

    operations = [
        migrations.AddField(
            model_name='fact',
            name='recorded',
            field=models.DateField(blank=True, null=True),
        ),
    ]
