"""A life in danger has a life of its own: the console's table, with who proposed its end and how."""

from typing import Any
from uuid import uuid4

from django.db import migrations, models
from django.db.models import F, Q

from balise.helpline.queue.rules import Risk, WaitKind
from balise.helpline.queue.rules.dangers import NotADanger, Outcome, SaidBy

OPEN = ("waiting", "held")
FROM = {"declared": SaidBy.PERSON, "words": SaidBy.WORDS}


def fill(apps: Any, _schema_editor: Any) -> None:
    """Tell of each danger whom it is about; declare those that nobody had joined yet.

    One that had ended was ended by one supervisor, who knew.
    """
    danger = apps.get_model("helpline_queue", "Danger")
    items = apps.get_model("helpline_queue", "Item").objects
    for one in danger.objects.iterator():
        item = items.filter(id=one.item).first()
        one.kind = item.kind if item else WaitKind.CHAT
        one.subject = item.subject if item else one.item
        one.said_by = SaidBy.LISTENER
        one.listener = item.held_by if item else ""
        if one.ended_at is not None:
            one.is_alone, one.proposed_by, one.read_by = True, one.ended_by, one.ended_by or "?"
        one.save()
    known = danger.objects.values("item")
    for item in items.filter(risk=Risk.A, state__in=OPEN).exclude(id__in=known):
        danger.objects.create(
            id=uuid4(),
            kind=item.kind,
            subject=item.subject,
            item=item.id,
            said_by=FROM.get(item.risk_from, SaidBy.LISTENER),
            declared_at=item.waiting_since,
            listener=item.held_by,
        )


class Migration(migrations.Migration):
    dependencies = (
        ("helpline_queue", "0003_risk_from"),
        ("helpline_console", "0002_who_ended_a_danger"),
    )

    operations = (
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE helpline_console_danger RENAME TO helpline_queue_danger",
                    "ALTER TABLE helpline_queue_danger RENAME TO helpline_console_danger",
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Danger",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid4, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("item", models.UUIDField(unique=True)),
                        ("declared_by", models.CharField(max_length=36)),
                        ("declared_at", models.DateTimeField(db_index=True)),
                        ("joined_by", models.CharField(blank=True, max_length=36)),
                        ("joined_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_by", models.CharField(blank=True, max_length=36)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("sealed", models.BinaryField(default=b"")),
                    ],
                ),
            ],
        ),
        migrations.AlterField(
            model_name="danger", name="item", field=models.UUIDField(db_index=True)
        ),
        migrations.AlterField(
            model_name="danger",
            name="declared_by",
            field=models.CharField(blank=True, max_length=36),
        ),
        migrations.AddField(
            model_name="danger",
            name="kind",
            field=models.CharField(choices=WaitKind.choices, default=WaitKind.CHAT, max_length=9),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="danger",
            name="subject",
            field=models.UUIDField(default=uuid4),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="danger",
            name="said_by",
            field=models.CharField(choices=SaidBy.choices, default=SaidBy.LISTENER, max_length=8),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="danger",
            name="confirmed_by",
            field=models.CharField(blank=True, max_length=36),
        ),
        migrations.AddField(
            model_name="danger",
            name="listener",
            field=models.CharField(blank=True, max_length=36),
        ),
        migrations.AddField(
            model_name="danger",
            name="proposed_by",
            field=models.CharField(blank=True, max_length=36),
        ),
        migrations.AddField(
            model_name="danger",
            name="proposed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="danger",
            name="outcome",
            field=models.CharField(blank=True, choices=Outcome.choices, max_length=11),
        ),
        migrations.AddField(
            model_name="danger",
            name="risk_now",
            field=models.CharField(blank=True, choices=Risk.choices, max_length=1),
        ),
        migrations.AddField(
            model_name="danger",
            name="set_aside",
            field=models.CharField(blank=True, choices=NotADanger.choices, max_length=8),
        ),
        migrations.AddField(
            model_name="danger",
            name="is_alone",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="danger",
            name="read_by",
            field=models.CharField(blank=True, max_length=36),
        ),
        migrations.AddField(
            model_name="danger",
            name="ending",
            field=models.BinaryField(default=b""),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="danger",
            index=models.Index(
                fields=["item"], name="dangers_on", condition=Q(ended_at__isnull=True)
            ),
        ),
        migrations.AddConstraint(
            model_name="danger",
            constraint=models.UniqueConstraint(
                fields=("kind", "subject"),
                name="one_danger_is_on_for_each_person",
                condition=Q(ended_at__isnull=True),
            ),
        ),
        migrations.AddConstraint(
            model_name="danger",
            constraint=models.CheckConstraint(
                name="danger_is_ended_by_two_or_seen_to_be_ended_by_one",
                condition=Q(ended_at__isnull=True, ended_by="", set_aside="", is_alone=False)
                | Q(ended_at__isnull=False)
                & (
                    Q(is_alone=True)
                    | Q(said_by=SaidBy.WORDS, confirmed_by="") & ~Q(set_aside="")
                    | ~Q(proposed_by="") & ~Q(ended_by="") & ~Q(proposed_by=F("ended_by"))
                ),
            ),
        ),
    )
