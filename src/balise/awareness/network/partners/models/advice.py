"""Opinions of a group with their dissent, recommendations to a company with their steps."""

from django.db import models
from django.db.models import Q

from balise.awareness.network.partners.models.groups import Group, Meeting
from balise.awareness.network.partners.models.register import Organisation
from balise.awareness.network.partners.rules.advice import RecommendationState, Votes
from balise.foundation.coded import Coded
from balise.foundation.locking import Lockable


class Opinion(Lockable):
    """What a meeting adopted. It is published whole, with votes and dissent, and then stays so."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="opinions")
    meeting = models.ForeignKey(Meeting, models.PROTECT)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    text = models.TextField()
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField()
    votes_abstained = models.PositiveSmallIntegerField()
    minority = models.TextField(blank=True)
    is_waived = models.BooleanField(default=False)  # those against said that they give no opinion
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-meeting__day", "title")

    def __str__(self) -> str:
        return self.title

    @property
    def votes(self) -> Votes:
        return Votes(self.votes_for, self.votes_against, self.votes_abstained)


class Recommendation(Lockable):
    """What a group asks of a company; its words do not change once it is sent."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="recommendations")
    opinion = models.ForeignKey(Opinion, models.PROTECT, null=True, related_name="recommendations")
    company = models.ForeignKey(Organisation, models.PROTECT)
    language = models.CharField(max_length=10)
    text = models.TextField()
    answer_by = models.DateField()  # the last day for an answer
    published_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Step(Lockable):
    """What became of a recommendation, day by day; nothing of it is changed or removed."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10)
    day = models.DateField()
    words = models.TextField(blank=True)
    noted_at = models.DateTimeField()

    stands = Coded(RecommendationState, "state")

    class Meta:
        ordering = ("noted_at",)
        constraints = (
            models.CheckConstraint(
                name="step_is_of_a_state_we_know", condition=Q(state__in=RecommendationState.values)
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.day}"
