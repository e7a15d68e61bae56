"""Campaigns, and what was declared of them. Nothing here names a private person."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from balise.awareness.partnership.campaigns.rules import (
    LONGEST,
    LONGEST_HASHTAG,
    CampaignState,
    Medium,
    state_on,
)
from balise.foundation.coded import Coded
from balise.foundation.locking import Lockable


class Campaign(Lockable):
    """What the centre says from one day to another, under a code that figures carry.

    `partners` are names of organisations; `kits` are keys of pages of publications.
    """

    code = models.CharField(max_length=LONGEST, unique=True)
    name = models.CharField(max_length=120)
    edition = models.PositiveSmallIntegerField(null=True)  # of one that comes again
    hashtag = models.CharField(max_length=LONGEST_HASHTAG, blank=True)  # without its sign
    first = models.DateField()
    last = models.DateField()
    partners = models.JSONField(default=list)
    kits = models.JSONField(default=list)

    class Meta:
        ordering = ("-first", "code")
        constraints = (
            models.CheckConstraint(
                name="campaign_ends_after_it_begins", condition=Q(last__gte=F("first"))
            ),
        )

    def __str__(self) -> str:
        return self.code

    def state_on(self, day: date) -> CampaignState:
        return state_on(day, first=self.first, last=self.last)


class Declared(Lockable):
    """A number of a media plan, who declared it and when; we did not count it.

    `label` says what it is of: a network of screens, a channel or a public pseudonym.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="declared")
    medium = models.CharField(max_length=10)
    label = models.CharField(max_length=120)
    number = models.PositiveBigIntegerField()
    declared_by = models.CharField(max_length=120)  # an organisation, or the channel itself
    declared_on = models.DateField()

    stands_for = Coded(Medium, "medium")

    class Meta:
        ordering = ("-number", "label")
        constraints = (
            models.CheckConstraint(
                name="declared_is_of_a_medium_we_know", condition=Q(medium__in=Medium.values)
            ),
        )

    def __str__(self) -> str:
        return self.label
