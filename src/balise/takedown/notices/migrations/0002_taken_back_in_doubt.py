from django.db import migrations, models

REACHED = (
    *('answered', 'hindered', 'info_asked', 'refused'),
    *('reminded', 'removed', 'sent', 'unanswered'),
)


class Migration(migrations.Migration):
    """A notice of which nobody knows whether it left can be taken back."""

    dependencies = [
        ('takedown_notices', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notice',
            name='notice_reached_its_host_once_it_was_sent',
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(
                condition=models.Q(state__in=REACHED, sent_at__isnull=False)
                | models.Q(state__in=('draft', 'queued'), sent_at__isnull=True)
                | models.Q(state__in=('failed', 'withdrawn', 'retracted')),
                name='notice_reached_its_host_once_it_was_sent',
            ),
        ),
    ]
