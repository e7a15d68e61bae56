"""Results of surveys: computed from the stored answers, or read as they were published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from balise.awareness.questions.rules.questions import Question, QuestionKind
from balise.awareness.surveys import access
from balise.awareness.surveys.models import Edition, Survey
from balise.awareness.surveys.queries.answers import (
    Answered,
    Version,
    answers_of,
    asked_alike,
    texts_of,
    versions_of,
)
from balise.awareness.surveys.rules import editions as editions_rules
from balise.awareness.surveys.rules.computing import Computed, Left, compute
from balise.awareness.surveys.rules.disclosure import Parted
from balise.awareness.surveys.rules.promises import SurveyState
from balise.awareness.surveys.rules.results import Results
from balise.awareness.surveys.rules.tabulating import Column
from balise.awareness.surveys.rules.weighting import Population, population
from balise.foundation.actors import Actor
from balise.foundation.finding import NotHere, find


@dataclass(frozen=True, slots=True)
class Published:
    """An edition as everyone reads it, and the survey it is of."""

    survey: Survey
    number: int
    published_on: date
    version: Version
    results: Results
    population: Population
    texts: Mapping[str, Sequence[str]]

    @property
    def shown(self) -> list[Question]:
        """Return the questions that have results, in order."""
        asked = self.version.questionnaire.questions
        return [each for each in asked if each.kind is not QuestionKind.TEXT]


def published(slug: str, number: int = 0) -> Published:
    """Return an edition of a survey's results, the last where none is named. Raises NotHere."""
    found = Edition.objects.filter(survey__slug=slug).defer("left")
    found = found.order_by("-number").select_related("survey")
    row = (found.filter(number=number) if number else found).first()
    if row is None:
        raise NotHere
    versions = versions_of(row.survey_id)
    (version,) = (each for each in versions if each.number == row.wording)
    return Published(
        row.survey,
        row.number,
        row.published_on,
        version,
        Results.read(row.told),
        population(version.source, version.questionnaire),
        texts_of(row.survey, version, versions, edition=row.number),
    )


def editions(survey_id: UUID) -> list[tuple[int, date]]:
    """Return the number and day of each edition, the last first."""
    found = Edition.objects.filter(survey=survey_id).defer("left").order_by("-number")
    return list(found.values_list("number", "published_on"))


def for_staff(slug: str, number: int = 0, *, by: Actor) -> Published:
    """Return an edition, for those who read results inside: nobody sees more than was published."""
    access.require_results(by)
    return published(slug, number)


def to_publish(*, by: Actor) -> Sequence[Survey]:
    """Return the surveys that have answers or had them, the last first."""
    access.require_results(by)
    return list(Survey.objects.exclude(state=SurveyState.DRAFT).order_by("-opens_on", "slug"))


def survey(slug: str, *, by: Actor) -> Survey:
    """Return a survey that was opened, for those who read results. Raises NotHere."""
    access.require_results(by)
    return find(Survey.objects.exclude(state=SurveyState.DRAFT), slug=slug)


def computed(row: Survey, *, weighted: bool, before: Sequence[Left] = ()) -> Computed:
    """Return the results of what is stored now. Raises CannotWeigh, TooFew."""
    answered = answers_of(row.id)
    editions_rules.check_many(answered.many, (), minimum=row.minimum)
    return compute_all(answered, minimum=row.minimum, weighted=weighted, before=before)


def compute_all(
    answered: Answered, *, minimum: int, weighted: bool, before: Sequence[Left] = ()
) -> Computed:
    """Return the results of the newest version; a question takes no answers to other words."""
    newest = answered.versions[-1]
    says = population(newest.source, newest.questionnaire)
    if not weighted:
        says = Population((), None, says.crossed_by)
    asked = [each for each in newest.questionnaire.questions if each.kind is not QuestionKind.TEXT]
    same = {each.code: asked_alike(each, answered.versions) for each in asked}
    return compute(
        newest.questionnaire,
        {each.code: _column(answered, each.code, same[each.code]) for each in asked},
        says,
        minimum=minimum,
        before=before,
        versions=same,
    )


def left_of(row: Edition) -> Left:
    """Return the tables that an edition told."""
    tables: Mapping[str, Sequence[object] | None] = row.left
    return {code: None if one is None else Parted.read(one) for code, one in tables.items()}


def _column(answered: Answered, code: str, versions: tuple[int, ...]) -> Column:
    column = answered.by_question[code]
    if len(versions) == len(answered.versions):
        return Column.read(column)
    return Column.read(
        [
            answer if number in versions else ""
            for answer, number in zip(column, answered.wordings, strict=True)
        ]
    )
