"""What the centre did on a day. No private person is named here."""

from django.db import models
from django.db.models import F, Q

from balise.foundation.coded import Coded
from balise.foundation.locking import Lockable
from balise.steering.diary.rules import LONGEST, EntryKind


class Entry(Lockable):
    """An entry; `titles` are by language. `marked` is the break of series that it also is."""

    kind = models.CharField(max_length=12)
    first = models.DateField()
    last = models.DateField()
    titles = models.JSONField(default=dict)
    place = models.CharField(max_length=LONGEST, blank=True)
    series = models.CharField(max_length=LONGEST, blank=True)
    edition = models.PositiveSmallIntegerField(null=True)
    since_year = models.PositiveSmallIntegerField(null=True)
    campaign = models.CharField(max_length=30, blank=True)
    marked = models.UUIDField(null=True)
    entered_by = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)

    is_a = Coded(EntryKind, "kind")

    class Meta:
        ordering = ("-first", "-last")
        constraints = (
            models.CheckConstraint(
                name="diary_is_of_a_kind_we_know", condition=Q(kind__in=EntryKind.values)
            ),
            models.CheckConstraint(
                name="diary_ends_after_it_begins", condition=Q(last__gte=F("first"))
            ),
            models.UniqueConstraint(
                name="diary_edition_once",
                fields=("series", "edition"),
                condition=Q(withdrawn_at=None, edition__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.first}"
