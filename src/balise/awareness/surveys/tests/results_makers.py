"""Answers that are stored, and results that are published."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from balise.awareness.surveys.actions import publishing
from balise.awareness.surveys.models import AnswerSet, Wording
from balise.awareness.surveys.tests.makers import DURING, make_survey
from balise.foundation.accounts.tests.makers import make_actor


def answered(survey: UUID, lines: Sequence[str]) -> None:
    """Store answers as a batch does, without the way to it."""
    wording = Wording.objects.filter(survey=survey).latest("number")
    AnswerSet.objects.bulk_create(
        AnswerSet(id=uuid4(), wording=wording, day=DURING.date(), answers=line) for line in lines
    )


def publish(survey: UUID, *, weighted: bool = False, role: str = "awareness_lead") -> int:
    """Publish an edition of a survey's results; return its number."""
    return publishing.publish(survey_id=survey, weighted=weighted, by=make_actor(role))


def make_answered(slug: str) -> UUID:
    """Return an open survey that 100 people answered."""
    survey = make_survey(slug=slug)
    answered(survey, ["a\t"] * 60 + ["b\ta"] * 25 + ["b\tb"] * 15)
    return survey


def make_results(slug: str) -> UUID:
    """Return a survey of 100 people, of which an edition is published."""
    survey = make_answered(slug)
    publish(survey)
    return survey
