from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Day',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('key', models.BinaryField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name='Stock',
            fields=[
                ('budget', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('measured', models.BigIntegerField(default=0)),
                ('measured_at', models.DateTimeField(null=True)),
                ('since', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Spending',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('budget', models.CharField(max_length=80)),
                ('octets', models.BigIntegerField()),
                ('day', models.DateField(db_index=True)),
            ],
        ),
    ]
