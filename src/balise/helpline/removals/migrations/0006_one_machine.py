from typing import Any

from django.db import migrations, models

URGENCIES = {"now": "immediate", "soon": "urgent", "day": "steady"}
RUNGS = {
    "t1": "reminder",
    "t2": "other-way",
    "t3": "call",
    "t4": "complaint",
    "t5": "coordinator",
}
DECISIONS = {"no-action": "refused", "out-of-scope": "not-theirs"}


def take_their_codes(apps: Any, _schema: Any) -> None:
    """Say urgencies, rungs and decisions in the codes of notices."""
    request, item = (apps.get_model("helpline_removals", name) for name in ("Request", "Item"))
    for before, after in URGENCIES.items():
        request.objects.filter(urgency=before).update(urgency=after)
    for before, after in RUNGS.items():
        item.objects.filter(reached=before).update(reached=after)
    for before, after in DECISIONS.items():
        item.objects.filter(decision=before).update(decision=after)
    for one in item.objects.exclude(taken="").only("taken").iterator():
        one.taken = " ".join(sorted(RUNGS[code] for code in one.taken.split()))
        one.save(update_fields=("taken",))


class Migration(migrations.Migration):

    dependencies = [
        ('helpline_removals', '0005_law_of_the_day'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='item',
            name='item_that_waits_at_a_platform_was_sent',
        ),
        migrations.RemoveConstraint(
            model_name='item',
            name='clock_stands_still_exactly_while_the_platform_asks',
        ),
        *(
            migrations.RemoveField(model_name='item', name=name)
            for name in ('acknowledged_at', 'paused_at', 'paused_s', 'sent_at')
        ),
        migrations.AlterField(
            model_name='item',
            name='decision',
            field=models.CharField(blank=True, max_length=28),
        ),
        migrations.AlterField(
            model_name='item',
            name='reached',
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AlterField(
            model_name='item',
            name='taken',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name='request',
            name='urgency',
            field=models.CharField(max_length=10),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ('state__in', ['acknowledged', 'answered', 'info-requested', 'sent']),
                    _negated=True,
                ) | models.Q(('notice__isnull', False)),
                name='item_that_waits_at_a_platform_has_a_notice',
            ),
        ),
        migrations.RunPython(take_their_codes, migrations.RunPython.noop),
    ]
