"""The ways through a questionnaire, each walked: which questions can be reached. Pure.

Of each question only those answers are tried that some condition tells apart, and of the way so far
only the answers that a later condition mentions are remembered: so the walk is exact and short.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, combinations
from typing import Final

from balise.awareness.questions.rules.questions import (
    Condition,
    Question,
    QuestionKind,
    Questionnaire,
)

MOST: Final = 20_000  # ways that are walked
_MOST_LETTERS: Final = 10  # of one question that may be ticked together and are told apart

type _State = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """What a walk found; not `is_whole` where there are too many ways to walk them all.

    `dead` are answers, each with its question, after which nothing else is ever asked.
    """

    reached: frozenset[str]
    dead: tuple[tuple[str, str], ...]
    is_whole: bool


def ways(whole: Questionnaire) -> Ways:
    """Walk every way through a questionnaire."""
    questions = whole.questions
    about = _conditions_by_question(questions)
    tried = {each.code: _tried(each, about.get(each.code, ())) for each in questions}
    needed = _needed_after(questions)
    reached: set[str] = set()
    alive: set[tuple[str, str]] = set()
    ended: dict[tuple[str, str], None] = {}
    first = _next(questions, 0, ())
    pending = [] if first is None else [(first, _EMPTY)]
    seen = set(pending)
    while pending and len(seen) <= MOST:
        at, state = pending.pop()
        question = questions[at]
        reached.add(question.code)
        for answer in tried[question.code]:
            if question.ends(answer):
                continue
            known = (*state, (question.code, answer))
            after = tuple(each for each in known if each[0] in needed[at])
            following = _next(questions, at + 1, after)
            if following is None:
                ended[question.code, answer] = None
                continue
            alive.add((question.code, answer))
            node = (following, after)
            if node not in seen:
                seen.add(node)
                pending.append(node)
    return Ways(frozenset(reached), tuple(each for each in ended if each not in alive), not pending)


_EMPTY: Final[_State] = ()


def _next(questions: Sequence[Question], begin: int, state: _State) -> int | None:
    given = dict(state)
    for at in range(begin, len(questions)):
        if all(each.holds(given.get(each.question, "")) for each in questions[at].when):
            return at
    return None


def _needed_after(questions: Sequence[Question]) -> list[set[str]]:
    """Return, for each question, whose answers a later one asks for."""
    needed: list[set[str]] = [set() for _each in questions]
    for at in range(len(questions) - 1, 0, -1):
        needed[at - 1] = needed[at] | {each.question for each in questions[at].when}
    return needed


def _conditions_by_question(questions: Iterable[Question]) -> dict[str, list[Condition]]:
    found: dict[str, list[Condition]] = {}
    for each in chain.from_iterable(question.when for question in questions):
        found.setdefault(each.question, []).append(each)
    return found


def _tried(question: Question, about: Sequence[Condition]) -> list[str]:
    """Return one answer for each outcome of the conditions that mention a question."""
    given = chain(_answers(question, about), [""] if question.is_optional else [])
    found: dict[tuple[object, ...], str] = {}
    for answer in given:
        outcome = (*(each.holds(answer) for each in about), question.ends(answer) is not None)
        found.setdefault(outcome, answer)
    return list(found.values())


def _answers(question: Question, about: Sequence[Condition]) -> Iterator[str]:
    match question.kind:
        case QuestionKind.ONE:
            yield from question.letters
        case QuestionKind.SEVERAL:
            yield from _ticked(question, about)
        case QuestionKind.NUMBER:
            yield from _numbers(question, about)
        case _:
            yield question.letters or "x"


def _ticked(question: Question, about: Sequence[Condition]) -> Iterator[str]:
    mentioned = set("".join(each.letters for each in about))
    apart = [
        each
        for each in question.choices
        if not each.alone and (each.code in mentioned or each.ends is not None)
    ][:_MOST_LETTERS]
    others = [each.code for each in question.choices if not each.alone and each not in apart]
    rest = others[0] if others else ""
    yield from (each.code for each in question.choices if each.alone)
    for many in range(len(apart) + 1):
        for some in combinations(apart, many):
            yield from filter(None, ("".join(each.code for each in some) + rest,))
            yield from filter(None, ("".join(each.code for each in some),))


def _numbers(question: Question, about: Sequence[Condition]) -> Iterator[str]:
    spans = [question.span, *(each.span for each in about if each.span is not None)]
    bounds = {each for span in spans for each in (span.least, span.most) if each is not None}
    step = Decimal(1).scaleb(-question.decimals)
    for number in sorted({each + step * by for each in bounds for by in (-1, 0, 1)} | {Decimal(0)}):
        if question.span.holds(number):
            yield f"{number:f}"
