from django.db import migrations, models


def keep_basis(apps, schema_editor):
    """Give what was sent the basis of its contact as it is: what it was on the day is not kept."""
    Notice = apps.get_model('takedown_notices', 'Notice')
    Contact = apps.get_model('takedown_directory', 'Contact')
    of_contact = Contact.objects.filter(id=models.OuterRef('contact_id')).values('basis')[:1]
    Notice.objects.filter(sent_at__isnull=False).update(basis=models.Subquery(of_contact))


class Migration(migrations.Migration):

    dependencies = [
        ('takedown_directory', '0001_initial'),
        ('takedown_notices', '0002_taken_back_in_doubt'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='basis',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.RunPython(keep_basis, migrations.RunPython.noop),
    ]
