"""Surveys, the versions of their wording, the links for schools, and the counts of quotas."""

from django.db import models
from django.db.models import F, Q

from balise.awareness.surveys.rules.words import LEAST_GROUP, Audience, SurveyState
from balise.foundation.coded import Coded
from balise.foundation.locking import Lockable


class Survey(Lockable):
    """A survey, with its smallest group.

    `words` has its title, what it is for, its population, its method and perhaps its limits, by
    language. `minimum` is the fewest people of whom a number is shown. It and `audience` are what
    people are promised: they stay as they are from the first answer on. `invited` is how many
    people were asked, where that is known.
    """

    slug = models.SlugField(max_length=60, unique=True)
    words = models.JSONField()
    audience = models.CharField(max_length=12, choices=Audience.choices, default=Audience.ADULTS)
    languages = models.JSONField(default=list)
    minimum = models.PositiveSmallIntegerField(default=LEAST_GROUP)
    invited = models.PositiveIntegerField(null=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    state = models.CharField(max_length=12, choices=SurveyState.choices, default=SurveyState.DRAFT)
    closed_on = models.DateField(null=True)
    is_made_up = models.BooleanField(default=False)  # its answers are examples

    stands = Coded(SurveyState, "state")
    whom = Coded(Audience, "audience")

    class Meta:
        ordering = ("-opens_on", "slug")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="survey_closes_after"
            ),
            models.CheckConstraint(
                condition=Q(minimum__gte=LEAST_GROUP), name="survey_shows_no_small_group"
            ),
            models.CheckConstraint(
                condition=Q(state=SurveyState.CLOSED, closed_on__isnull=False)
                | Q(closed_on__isnull=True) & ~Q(state=SurveyState.CLOSED),
                name="survey_closed_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Wording(Lockable):
    """A version of a questionnaire, as data. Once published it never changes, nor does its hash.

    The one without `published_on` is in preparation; there is at most one of a survey.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="wordings")
    number = models.PositiveSmallIntegerField()
    source = models.JSONField()
    hash = models.CharField(max_length=64)  # SHA-256 of the source in canonical form
    published_on = models.DateField(null=True)

    class Meta:
        ordering = ("survey", "number")
        constraints = [
            models.UniqueConstraint(fields=("survey", "number"), name="one_wording_of_a_number"),
            models.UniqueConstraint(
                fields=("survey",),
                condition=Q(published_on__isnull=True),
                name="one_wording_in_preparation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.number}"


class Invitation(Lockable):
    """A link by which a school or structure has minors answer.

    Parents are told on `notice_on`. `sent` is how many answers came by it; no answer names it.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    structure = models.UUIDField()  # of network.structures
    notice_on = models.DateField()
    ends_on = models.DateField()
    sent = models.PositiveIntegerField(default=0)
    ended_on = models.DateField(null=True)  # before its time

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("notice_on")), name="invitation_ends_after_notice"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class QuotaCount(models.Model):
    """How many answers were sent that count for a quota; no answer is linked to it."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="quota_counts")
    quota = models.CharField(max_length=40)  # question and letter
    many = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("survey", "quota"), name="one_count_of_a_quota"),
        ]

    def __str__(self) -> str:
        return f"{self.quota}: {self.many}"
