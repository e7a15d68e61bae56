"""Press items, the topics and sequences that they are counted by, and groups of one article."""

from django.db import models
from django.db.models import Q

from balise.foundation.coded import Coded, CodedIfAny
from balise.foundation.journal.events import Code
from balise.foundation.locking import Identified, Lockable
from balise.foundation.statistics.quantities import Bound
from balise.steering.press.events import PressCounted
from balise.steering.press.rules.files import LONGEST, LONGEST_SUMMARY, LONGEST_TITLE, HeadingKind
from balise.steering.press.rules.syndication import (
    LONGEST as LONGEST_ADDRESS,
    LONGEST_CODE,
    Medium,
    Tone,
)


class Heading(Identified):
    """A topic, or a sequence: a moment that the centre's press work is told by."""

    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=LONGEST_CODE)
    name = models.CharField(max_length=LONGEST)

    class Meta:
        ordering = ("kind", "name")
        constraints = (
            models.UniqueConstraint(name="heading_has_one_code", fields=("kind", "code")),
            models.CheckConstraint(
                name="heading_is_of_a_kind_we_know", condition=Q(kind__in=HeadingKind.values)
            ),
        )

    def __str__(self) -> str:
        return self.code


class Group(Lockable):
    """Items that a person confirmed to be one article of several outlets."""

    confirmed_by = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField()


class Apart(Identified):
    """Items that look alike and are not one article: the digest of their ids."""

    digest = models.CharField(max_length=64, unique=True)


class Item(Lockable):
    """What one outlet published on a day. Its words are public.

    `address_key` and `twin_key` are by what it is known again. `audience` is None where nobody
    told it, `equivalent` (euros) where the centre does not keep it. `evidence` is the digest of a
    file that the office keeps.
    """

    day = models.DateField()
    outlet = models.CharField(max_length=LONGEST)
    programme = models.CharField(max_length=LONGEST, blank=True)
    title = models.CharField(max_length=LONGEST_TITLE)
    summary = models.CharField(max_length=LONGEST_SUMMARY, blank=True)
    medium = models.CharField(max_length=12)
    topic = models.CharField(max_length=LONGEST_CODE, blank=True)
    sequence = models.CharField(max_length=LONGEST_CODE, blank=True)
    campaign = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    address_key = models.CharField(max_length=LONGEST_ADDRESS, blank=True)
    twin_key = models.CharField(max_length=64)
    audience = models.BigIntegerField(null=True)
    bound = models.CharField(max_length=10, default=Bound.EXACT.value)
    tone = models.CharField(max_length=12, blank=True)
    evidence = models.CharField(max_length=64, blank=True)
    equivalent = models.BigIntegerField(null=True)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="items")
    is_repeat = models.BooleanField(default=False)  # in a group, and not its first
    brought = models.UUIDField(null=True)  # the file it came in
    entered_by = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=500, blank=True)

    is_of = Coded(Medium, "medium")
    speaks = CodedIfAny(Tone, "tone")

    class Meta:
        ordering = ("-day", "outlet", "title")
        constraints = (
            models.UniqueConstraint(
                name="press_address_stands_once",
                fields=("address_key",),
                condition=Q(withdrawn_at=None) & ~Q(address_key=""),
            ),
            models.UniqueConstraint(
                name="press_twin_stands_once",
                fields=("twin_key",),
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="press_is_of_a_medium_we_know", condition=Q(medium__in=Medium.values)
            ),
            models.CheckConstraint(
                name="press_counts_from_zero",
                condition=(Q(audience=None) | Q(audience__gte=0))
                & (Q(equivalent=None) | Q(equivalent__gte=0)),
            ),
        )
        indexes = (models.Index(name="press_by_day", fields=("-day",)),)

    def __str__(self) -> str:
        return self.title

    def counted(self, sign: int) -> PressCounted:
        """Return the fact that adds this item to the figures (1), or takes it out (-1)."""
        return self._fact(items=sign, articles=0 if self.is_repeat else sign)

    def article(self, sign: int) -> PressCounted:
        """Return the fact that it begins to be an article of its own (1), or ends (-1)."""
        return self._fact(items=0, articles=sign)

    def _fact(self, *, items: int, articles: int) -> PressCounted:
        return PressCounted(
            subject=self.id,
            day=self.day,
            medium=Code(self.medium),
            topic=Code(self.topic),
            sequence=Code(self.sequence),
            campaign=Code(self.campaign),
            items=items,
            audience=items * (self.audience or 0),
            articles=articles,
        )
