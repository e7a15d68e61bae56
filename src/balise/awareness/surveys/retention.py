"""What is deleted of surveys, and when."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.awareness.surveys.models import AnswerSet, Draft, FreeText, Sent, Waiting
from balise.awareness.surveys.rules.words import ANSWERS, DRAFTS, MARKS, TEXTS
from balise.foundation import clock
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, emptied


def _drafts_due(at: datetime) -> QuerySet[Any]:
    return Draft.objects.filter(changed_on__lte=clock.day_of(at) - DRAFTS)


def _texts_due(at: datetime) -> QuerySet[Any]:
    closed = FreeText.objects.filter(wording__survey__closed_on__lte=clock.day_of(at) - TEXTS)
    return closed.exclude(sealed=b"")


def _ended(table: type[Model], survey: str, kept: timedelta) -> Callable[[datetime], QuerySet[Any]]:
    """Return what is due of a table: rows of surveys that were closed so long ago."""

    def due(at: datetime) -> QuerySet[Any]:
        closed = {f"{survey}__closed_on__lte": clock.day_of(at) - kept}
        return table._default_manager.filter(**closed)

    return due


def _unmark(marks: Sequence[bytes]) -> int:
    return Sent.objects.filter(mark__in=marks).delete()[0]


RULES = (
    Rule(
        name="awareness.survey-drafts",
        forgets=Draft,
        says=_("Answers to a survey that were not sent are deleted 30 days after the last one."),
        due=_drafts_due,
        erase=deleted(Draft),
    ),
    Rule(
        name="awareness.survey-marks",
        forgets=Sent,
        says=_("The mark by which a survey counts an answer once is deleted 30 days after it."),
        due=_ended(Sent, "survey", MARKS),
        erase=_unmark,
    ),
    Rule(
        name="awareness.survey-waiting",
        forgets=Waiting,
        says=_("Answers that could not be stored are deleted 30 days after the survey."),
        due=_ended(Waiting, "survey", MARKS),
        erase=deleted(Waiting),
    ),
    Rule(
        name="awareness.survey-texts",
        forgets=FreeText,
        says=_(
            "Free texts of a survey, as they were written, are deleted 180 days after it; what the "
            "team read and redacted stays with the answers."
        ),
        due=_texts_due,
        erase=emptied(FreeText, "sealed"),
    ),
    Rule(
        name="awareness.survey-answers",
        forgets=AnswerSet,
        says=_("Answers to a survey, which name nobody, are deleted five years after it."),
        due=_ended(AnswerSet, "wording__survey", ANSWERS),
        erase=deleted(AnswerSet),
    ),
    Rule(
        name="awareness.survey-texts-read",
        forgets=FreeText,
        says=_("Free texts that the team redacted are deleted five years after the survey."),
        due=_ended(FreeText, "wording__survey", ANSWERS),
        erase=deleted(FreeText),
    ),
)
