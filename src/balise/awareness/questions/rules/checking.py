"""What is wrong with a questionnaire before anyone is asked: found, each with where it is. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from balise.awareness.questions.rules.questions import (
    Condition,
    Question,
    QuestionKind,
    Questionnaire,
)
from balise.awareness.questions.rules.ways import ways
from balise.awareness.readability.rules.measure import measured
from balise.foundation.packs import Words

_CHOOSING: Final = frozenset(
    {QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.ORDER, QuestionKind.MATCH}
)
_AFTER_NOTHING: Final = 2  # questions that an answer must leave out to be found


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to put right, or to look at: what `stops` lets nothing be published.

    `where` is the code of a question, or the name of what stands beside the questions.
    """

    code: str
    where: str
    message: str
    stops: bool = True


def check(
    whole: Questionnaire, languages: Sequence[str], *, goal: int, is_quiz: bool
) -> tuple[Finding, ...]:
    """Return what is found in a questionnaire.

    A sentence has `goal` words at most; each question of a quiz has a right answer, explained.
    """
    found = list(_conditions(whole))
    if not found:  # what is written of a way that leads nowhere would be of the conditions
        found += _ways(whole)
    for section in whole.sections:
        around = [each for each in (section.title, section.lead) if each]
        found += check_words(section.code, around, languages, goal=goal)
        for each in section.questions:
            if each.span.is_empty:
                message = _("No number is from %(least)s to %(most)s.")
                told = {"least": each.span.least, "most": each.span.most}
                found.append(Finding("span", each.code, message % told))
            if is_quiz:
                found += _explained(each)
            found += check_words(each.code, _words(each), languages, goal=goal)
    return tuple(found)


def check_words(
    where: str, words: Iterable[Words], languages: Sequence[str], *, goal: int
) -> Iterator[Finding]:
    """Yield what is found in words: a language that is missing, a sentence that is too long."""
    for each in words:
        known = dict(each.by_language)
        for language in languages:
            if not known.get(language, "").strip():
                message = _("“%(words)s” is missing in this language: %(language)s.")
                told = {"words": _short(str(each)), "language": language}
                yield Finding("language", where, message % told)
                continue
            for sentence in measured(known[language], language=language, goal=goal).too_long:
                message = _("A sentence has more than %(goal)s words: “%(words)s”")
                told = {"goal": str(goal), "words": _short(sentence)}
                yield Finding("reading", where, message % told, stops=False)


def _conditions(whole: Questionnaire) -> Iterator[Finding]:
    earlier: set[str] = set()
    for each in whole.questions:
        for condition in each.when:
            told = {"question": condition.question}
            of = whole.question(condition.question)
            if of is None:
                message = _("A condition asks for a question that does not exist: %(question)s.")
                yield Finding("condition-unknown", each.code, message % told)
            elif condition.question not in earlier:
                message = _("A condition asks for a question that comes later: %(question)s.")
                yield Finding("condition-later", each.code, message % told)
            elif not _suits(condition, of):
                message = _("A condition asks for an answer that %(question)s does not have.")
                yield Finding("condition-unfit", each.code, message % told)
        earlier.add(each.code)


def _suits(condition: Condition, question: Question) -> bool:
    if condition.span is not None:
        return question.kind is QuestionKind.NUMBER
    if condition.letters:
        return question.kind in _CHOOSING and set(condition.letters) <= set(question.letters)
    return True


def _ways(whole: Questionnaire) -> Iterator[Finding]:
    found = ways(whole)
    if not found.is_whole:
        message = _("There are too many ways through these questions to check them all.")
        yield Finding("ways", whole.questions[0].code, message, stops=False)
        return
    codes = [each.code for each in whole.questions]
    for code in codes:
        if code not in found.reached:
            yield Finding("unreachable", code, _("No answers lead to this question."))
    for code, answer in found.dead:
        question = whole.question(code)
        left_out = len(codes) - codes.index(code) - 1
        if question is None or not question.chosen(answer) or left_out < _AFTER_NOTHING:
            continue
        message = _("After “%(answer)s” nothing is asked, and no words end it.")
        told = {"answer": _short(str(question.chosen(answer)[0].says))}
        yield Finding("nowhere", code, message % told, stops=False)


def _explained(question: Question) -> Iterator[Finding]:
    if not question.has_right:
        yield Finding("right", question.code, _("No right answer is given."))
    if question.says is None:
        yield Finding("explanation", question.code, _("The answer is not explained."))
    if question.source is None:
        message = _("No source is given.")
        yield Finding("source", question.code, message, stops=False)


def _words(question: Question) -> list[Words]:
    choices = (*question.choices, *question.partners)
    around = (question.asks, question.stem, question.says, question.source, question.unit)
    found = [each for each in around if each is not None]
    found += [each.says for each in choices]
    return found + [each.ends for each in choices if each.ends is not None]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


_LONGEST: Final = 80
