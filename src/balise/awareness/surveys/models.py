"""The tables of surveys: what is asked, what is on its way, what is stored of answers."""

from django.db import models
from django.db.models import F, Q

from balise.awareness.surveys.rules.promises import LEAST_GROUP, Audience, Reading, SurveyState
from balise.foundation.coded import Coded
from balise.foundation.locking import Identified, Lockable

# Surveys, the versions of their wording, the links for schools, and the counts of quotas.


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


# Answers: begun, on their way, and stored. No row of the last says who, from where, or when.
#
# What is sent waits encrypted, until a worker stores all that wait of a survey, at least as many
# as the smallest group that is shown, in one go, in random order, with the day of that night.


DRAFT = "surveys.draft.sealed"
WAITING = "surveys.waiting.sealed"
TEXT = "surveys.freetext.sealed"


class Draft(Lockable):
    """Answers that are not sent yet; `index` is the blind index of the six words that open them.

    `sealed` opens with these words alone. `version` grows with each answer, so that two tabs do not
    overwrite each other.
    """

    index = models.BinaryField(max_length=16, unique=True)
    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="drafts")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, null=True)
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=0)
    changed_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)


class Sent(models.Model):
    """That what six words opened is sent, so that it counts once. It leads to no answer."""

    mark = models.BinaryField(max_length=16, primary_key=True)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="marks")

    class Meta:
        verbose_name_plural = "sent"

    def __str__(self) -> str:
        return "sent"


class Waiting(Identified):
    """An answer that was sent and is not stored yet; no person's page opens it."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="waiting")
    wording = models.ForeignKey(Wording, on_delete=models.CASCADE)
    sealed = models.BinaryField()

    class Meta:
        verbose_name_plural = "waiting"

    def __str__(self) -> str:
        return str(self.id)


class AnswerSet(Identified):
    """What one person answered, as codes (`rules.storing`); `day` is that of the whole batch."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="answer_sets")
    day = models.DateField()
    answers = models.TextField()

    def __str__(self) -> str:
        return str(self.id)


class FreeText(Lockable):
    """What someone wrote of their own, with no link to their other answers.

    `sealed` is as it was written; `shown` is what someone of the team made of it once they read it.
    `edition` is the number of the first edition of results that has it.
    """

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="free_texts")
    question = models.CharField(max_length=60)
    sealed = models.BinaryField()
    shown = models.TextField(blank=True)
    reading = models.CharField(
        max_length=12, choices=Reading.choices, default=Reading.WAITING, db_index=True
    )
    edition = models.PositiveSmallIntegerField(null=True)

    stands = Coded(Reading, "reading")

    def __str__(self) -> str:
        return str(self.id)


# Results as they were published, and what the next edition is compared with.


class Edition(Identified):
    """An edition of a survey's results; it never changes.

    `told` is what everyone reads (`rules.results`), of `wording` and those before it. `left` holds
    the numbers of people that it tells, small ones withheld, for no later edition to tell of few by
    its difference; the public door does not read it.
    """

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    wording = models.PositiveSmallIntegerField()  # number of the newest version
    published_on = models.DateField()
    told = models.JSONField()
    left = models.JSONField()

    class Meta:
        ordering = ("survey", "-number")
        constraints = [
            models.UniqueConstraint(fields=("survey", "number"), name="one_edition_of_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.number}"


LINE = "awareness"
