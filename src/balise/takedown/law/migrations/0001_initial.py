import uuid

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ImportedLabels',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('namespace', models.CharField(max_length=20)),
                ('version', models.CharField(max_length=20)),
                ('digest', models.CharField(max_length=64)),
                ('contents', models.TextField()),
                ('imported_at', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'imported labels',
                'constraints': [models.UniqueConstraint(fields=('namespace', 'version'), name='a_version_of_labels_is_imported_once')],
            },
        ),
    ]
