"""Which files are public: those that a public page names."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('awareness_publications', '0005_shelved'),
    ]

    operations = [
        migrations.AlterField(
            model_name='edition',
            name='folder',
            field=models.CharField(db_index=True, max_length=120),
        ),
        migrations.CreateModel(
            name='PublicFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(db_index=True, max_length=300)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='awareness_publications.published')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('page', 'name'), name='a_page_names_a_file_once')],
            },
        ),
    ]
