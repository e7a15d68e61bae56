"""Answers: begun, on their way, and stored. No row of the last says who, from where, or when.

What is sent waits encrypted, until a worker stores all that wait of a survey, at least as many as
the smallest group that is shown, in one go, in random order, with the day of that night.
"""

from django.db import models

from balise.awareness.surveys.models.asking import Invitation, Survey, Wording
from balise.awareness.surveys.rules.words import Reading
from balise.foundation.coded import Coded
from balise.foundation.locking import Identified, Lockable

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
