from django.db import migrations, models

from balise.foundation.encryption.sealing import blinder


def hide(apps, schema_editor):
    """Blind the ids that exchanges gave. Who is asked something of a call that lasts does it by hand."""
    Call = apps.get_model('helpline_telephony', 'Call')
    CallEvent = apps.get_model('helpline_telephony', 'CallEvent')
    for call in Call.objects.only('source', 'ref').iterator():
        call.ref_index = blinder('helpline', 'telephony.ref')(f'{call.source}|{call.ref}')
        call.save(update_fields=['ref_index'])
    for event in CallEvent.objects.only('source', 'event_id', 'digest').iterator():
        event.event_index = blinder('helpline', 'telephony.event')(f'{event.source}|{event.event_id}')
        event.digest = blinder('helpline', 'telephony.content')(bytes(event.digest).hex())
        event.save(update_fields=['event_index', 'digest'])


class Migration(migrations.Migration):

    dependencies = [
        ('helpline_telephony', '0005_commands'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='call', name='a_call_is_known_once'),
        migrations.RemoveConstraint(model_name='callevent', name='a_call_event_is_known_once'),
        migrations.AddField(
            model_name='call',
            name='ref_index',
            field=models.BinaryField(default=b'', max_length=16),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='call',
            name='sealed_ref',
            field=models.BinaryField(default=b''),
        ),
        migrations.AddField(
            model_name='callevent',
            name='event_index',
            field=models.BinaryField(default=b'', max_length=16),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='callevent',
            name='digest',
            field=models.BinaryField(max_length=16),
        ),
        migrations.RunPython(hide, migrations.RunPython.noop),
        migrations.RemoveField(model_name='call', name='ref'),
        migrations.RemoveField(model_name='callevent', name='event_id'),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.UniqueConstraint(fields=('source', 'ref_index'), name='a_call_is_known_once'),
        ),
        migrations.AddConstraint(
            model_name='callevent',
            constraint=models.UniqueConstraint(fields=('source', 'event_index'), name='a_call_event_is_known_once'),
        ),
    ]
