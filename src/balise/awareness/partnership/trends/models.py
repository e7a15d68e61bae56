"""The notebook, the briefings that are made of it, and who receives them."""

from django.db import models
from django.db.models import Q

from balise.awareness.partnership.trends.rules.notebook import By, ReferenceKind, Source, UseState
from balise.foundation.coded import Coded
from balise.foundation.locking import Lockable
from balise.foundation.mail.subscribers import Subscriber

LINE = "awareness"
ADDRESS = "network_trends.reader.sealed"


class EmergingUse(Lockable):
    """Something that the young do online, new or changed, that someone noticed.

    `first_seen` is a day on which someone saw it; `evidence` is an address as text, never a link.
    """

    title = models.CharField(max_length=160)
    signal = models.TextField()
    topic = models.CharField(max_length=40)
    source = models.CharField(max_length=10)
    first_seen = models.DateField()
    seen_by = models.CharField(max_length=10)
    evidence = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=10, default=UseState.NOTICED.value)
    confirmed_on = models.DateField(null=True)
    over_on = models.DateField(null=True)
    noted_at = models.DateTimeField()

    stands = Coded(UseState, "state")
    came_from = Coded(Source, "source")
    seen_by_role = Coded(By, "seen_by")

    class Meta:
        ordering = ("-first_seen", "title")
        constraints = (
            models.CheckConstraint(
                name="use_is_in_a_state_we_know", condition=Q(state__in=UseState.values)
            ),
            models.CheckConstraint(
                name="use_is_from_a_source_we_know", condition=Q(source__in=Source.values)
            ),
            models.CheckConstraint(
                name="use_was_seen_by_a_role_we_know", condition=Q(seen_by__in=By.values)
            ),
        )

    def __str__(self) -> str:
        return self.title


class Reference(Lockable):
    """A national policy or a good practice, of a day and a country."""

    kind = models.CharField(max_length=10)
    day = models.DateField()
    country = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    text = models.TextField()
    topic = models.CharField(max_length=40)
    address = models.CharField(max_length=400, blank=True)
    noted_at = models.DateTimeField()

    of_kind = Coded(ReferenceKind, "kind")

    class Meta:
        ordering = ("-day", "title")
        constraints = (
            models.CheckConstraint(
                name="trend_reference_is_of_a_kind_we_know",
                condition=Q(kind__in=ReferenceKind.values),
            ),
        )

    def __str__(self) -> str:
        return self.title


class Sheet(models.Model):
    """What is told of an emerging use to Insafe, in English."""

    use = models.OneToOneField(EmergingUse, models.CASCADE, primary_key=True, related_name="sheet")
    issue = models.CharField(max_length=160)
    topic = models.CharField(max_length=80)
    description = models.TextField()
    done = models.TextField()
    contact = models.CharField(max_length=160)
    written_on = models.DateField()

    def __str__(self) -> str:
        return self.issue


class Briefing(Lockable):
    """A briefing to partners: a draft, or an edition with its number, which does not change.

    `chosen` has ids and keys of what a draft is made of; `told` all that an edition says.
    """

    language = models.CharField(max_length=10)
    title = models.CharField(max_length=160)
    intro = models.TextField(blank=True)
    chosen = models.JSONField(default=dict)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    drafted_at = models.DateTimeField()
    number = models.PositiveIntegerField(null=True, unique=True)
    sent_at = models.DateTimeField(null=True)
    told = models.JSONField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-drafted_at",)
        constraints = (
            models.CheckConstraint(
                name="edition_has_number_moment_and_words",
                condition=Q(number__isnull=True, sent_at__isnull=True, told__isnull=True)
                | Q(number__isnull=False, sent_at__isnull=False, told__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title


class Reader(Subscriber):
    """A partner's contact who asked for briefings; `told` is an edition's number."""

    line = LINE
    field = "reader.address"
    place = ADDRESS

    organisation = models.UUIDField()
