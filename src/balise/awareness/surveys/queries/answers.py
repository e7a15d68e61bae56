"""The answers of a survey, question by question: what results are computed from."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from balise.awareness.questions.rules.questions import Question, QuestionKind, Questionnaire
from balise.awareness.surveys.models import AnswerSet, FreeText, Survey, Wording
from balise.awareness.surveys.rules import editions, tabulating, weighting as wordings
from balise.awareness.surveys.rules.promises import Reading


@dataclass(frozen=True, slots=True)
class Version:
    """A published version of a wording."""

    number: int
    hash: str
    published_on: date
    source: wordings.Source
    questionnaire: Questionnaire


@dataclass(frozen=True, slots=True)
class Answered:
    """All answers of a survey, in an order that means nothing; row n is one person everywhere.

    `by_question` has the answers of each question: "" where it was not asked of that person,
    `tabulating.LEFT_OUT` where it was left out. `wordings` are the numbers of the versions.
    """

    many: int
    by_question: Mapping[str, Sequence[str]]
    wordings: Sequence[int]
    days: Sequence[date]
    versions: Sequence[Version]


def versions_of(survey_id: UUID) -> list[Version]:
    """Return the published versions of a survey's wording, the first first."""
    found = Wording.objects.filter(survey=survey_id, published_on__isnull=False).order_by("number")
    return [version(row) for row in found]


def version(row: Wording) -> Version:
    """Return a wording with its questions read."""
    return Version(
        row.number,
        row.hash,
        row.published_on or date.max,
        row.source,
        wordings.questionnaire(row.source),
    )


def answers_of(survey_id: UUID) -> Answered:
    """Return all stored answers of a survey; those that wait are not among them."""
    found = versions_of(survey_id)
    numbers: list[int] = []
    days: list[date] = []
    parts: list[Mapping[str, Sequence[str]]] = []
    for each in found:
        rows = AnswerSet.objects.filter(wording__survey=survey_id, wording__number=each.number)
        stored = list(rows.order_by("id").values_list("day", "answers"))
        names, columns = tabulating.columns(
            each.questionnaire, [answers for _day, answers in stored]
        )
        parts.append(dict(zip(names, columns, strict=True)))
        numbers += [each.number] * len(stored)
        days += [day for day, _answers in stored]
    return Answered(len(numbers), _joined(parts, found, numbers), numbers, days, found)


def asked_alike(question: Question, versions: Sequence[Version]) -> tuple[int, ...]:
    """Return the numbers of the versions that ask a question in the same words."""
    return tuple(
        each.number for each in versions if each.questionnaire.question(question.code) == question
    )


def texts_read(
    survey_id: UUID, question: Question, versions: Sequence[Version]
) -> QuerySet[FreeText]:
    """Return the free texts to a question, in these words, that the team lets be shown."""
    return FreeText.objects.filter(
        wording__survey=survey_id,
        wording__number__in=asked_alike(question, versions),
        question=question.code,
        reading=Reading.SHOWN,
    )


def texts_of(
    survey: Survey, version: Version, versions: Sequence[Version], *, edition: int
) -> dict[str, list[str]]:
    """Return the redacted texts that an edition has, by question, each by alphabet.

    A question of which fewer are left than the smallest group has none. No key is needed for it,
    nor a column that tells one person's texts together.
    """
    found: dict[str, list[str]] = {}
    for question in version.questionnaire.questions:
        if question.kind is QuestionKind.TEXT:
            rows = texts_read(survey.id, question, versions).filter(edition__lte=edition)
            texts = sorted(rows.values_list("shown", flat=True), key=_by_alphabet)
            if editions.are_enough(len(texts), minimum=survey.minimum):
                found[question.code] = texts
    return found


def _by_alphabet(text: str) -> str:
    """Return by what a text is ordered: “À” is with “a”."""
    return unicodedata.normalize("NFKD", text).casefold()


def _joined(
    parts: Sequence[Mapping[str, Sequence[str]]], found: Sequence[Version], numbers: Sequence[int]
) -> dict[str, Sequence[str]]:
    """Return the columns of all versions, one after the other; "" where one does not ask."""
    if len(parts) == 1:
        return dict(parts[0])
    codes = dict.fromkeys(code for part in parts for code in part)
    lengths = [numbers.count(each.number) for each in found]
    return {
        code: [
            answer
            for part, length in zip(parts, lengths, strict=True)
            for answer in part.get(code, [""] * length)
        ]
        for code in codes
    }
