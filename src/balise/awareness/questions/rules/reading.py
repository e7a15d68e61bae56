"""Questions as a pack or a row writes them: what is faulty is refused, saying where. Pure.

A question of kind `one` with `rows` is a matrix: it becomes one question for each row, of which
`stem` is the shared sentence.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any

from balise.awareness.questions.rules.questions import (
    LONGEST,
    AnswerFaulty,
    Choice,
    Condition,
    Question,
    QuestionKind,
    Questionnaire,
    Section,
    Span,
)
from balise.foundation.packs import PackFaulty, Words

_OF_A_CONDITION = frozenset({"question", "is", "not", "least", "most"})
_OF_A_QUESTION = frozenset(
    (
        *("code", "kind", "asks", "choices", "partners", "right", "right_span", "says", "source"),
        *("optional", "least", "most", "decimals", "unit", "longest", "when", "rows"),
    )
)
_CHOOSING = frozenset(
    {QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.ORDER, QuestionKind.MATCH}
)


def questionnaire(rows: Sequence[Mapping[str, Any]], *, where: str) -> Questionnaire:
    """Return sections as they are written. Raises PackFaulty."""
    found = Questionnaire(
        tuple(
            Section(
                str(row["code"]),
                words(row, "title", where=f"{where}.{row['code']}"),
                words(row, "lead", where=f"{where}.{row['code']}"),
                questions(row["questions"], where=f"{where}.{row['code']}"),
            )
            for row in rows
        )
    )
    codes = [each.code for each in found.questions]
    if len(set(codes)) != len(codes):
        raise PackFaulty(f"{where}: two questions have one code")
    return found


def questions(rows: Iterable[Mapping[str, Any]], *, where: str) -> tuple[Question, ...]:
    """Return questions as they are written, a matrix as one for each row. Raises PackFaulty."""
    found: list[Question] = []
    for nth, row in enumerate(rows, 1):
        at = f"{where}.{row.get('code', nth)}"
        try:
            one = question(row, where=at)
        except PackFaulty:
            raise
        except KeyError as missing:
            raise PackFaulty(f"{at}: {missing.args[0]} is missing") from None
        except (ValueError, TypeError, ArithmeticError, AttributeError) as fault:
            raise PackFaulty(f"{at}: {fault}") from None
        if "rows" not in row:
            found.append(one)
            continue
        if one.kind is not QuestionKind.ONE or one.has_right:
            raise PackFaulty(f"{where}.{one.code}: a matrix asks for one choice a row")
        found += (
            replace(
                one,
                code=f"{one.code}-{each['code']}",
                stem=one.asks,
                asks=Words.read(each["asks"], where=f"{where}.{one.code}.{each['code']}"),
            )
            for each in row["rows"]
        )
    return tuple(found)


def question(row: Mapping[str, Any], *, where: str) -> Question:
    """Return a question as it is written. Raises PackFaulty."""
    kind = QuestionKind(row["kind"])
    right = row.get("right", ())
    found = Question(
        code=str(row["code"]),
        kind=kind,
        asks=Words.read(row["asks"], where=where),
        choices=_choices(row.get("choices", ()), where=where),
        partners=_choices(row.get("partners", ()), where=where),
        right=(str(right),) if isinstance(right, str | int | float) else tuple(map(str, right)),
        right_span=_span(row["right_span"]) if "right_span" in row else None,
        says=words(row, "says", where=where),
        source=words(row, "source", where=where),
        is_optional=bool(row.get("optional")),
        span=_span(row),
        decimals=int(row.get("decimals", 0)),
        unit=words(row, "unit", where=where),
        longest=int(row.get("longest", LONGEST)),
        when=tuple(_condition(each, where=where) for each in row.get("when", ())),
    )
    _refuse_faulty(found, where=where)
    return found


def unread(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield each key of a question that nothing reads, with the question: probably a typo."""
    for section in rows:
        for row in section["questions"]:
            yield from ((str(row["code"]), key) for key in row.keys() - _OF_A_QUESTION)


def words(row: Mapping[str, Any], name: str, *, where: str) -> Words | None:
    """Return words that may be left out."""
    return Words.read(row[name], where=f"{where}.{name}") if name in row else None


def _choices(rows: Iterable[Mapping[str, Any]], *, where: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            str(each["code"]),
            Words.read(each["says"], where=where),
            bool(each.get("alone")),
            words(each, "ends", where=where),
        )
        for each in rows
    )


def _span(row: Mapping[str, Any]) -> Span:
    least, most = (_number(row, name) for name in ("least", "most"))
    return Span(least, most)


def _number(row: Mapping[str, Any], name: str) -> Decimal | None:
    if row.get(name) is None:
        return None
    try:
        return Decimal(str(row[name]))
    except InvalidOperation:
        raise ValueError(f"{name} is a number") from None


def _condition(row: Mapping[str, Any], *, where: str) -> Condition:
    if row.keys() - _OF_A_CONDITION:
        raise PackFaulty(f"{where}: a condition has question, is, not, least, most")
    span = _span(row) if {"least", "most"} & row.keys() else None
    negated = "not" in row
    letters = str(row["not"] if negated else row.get("is", ""))
    return Condition(str(row["question"]), letters, span, negated)


def _refuse_faulty(one: Question, *, where: str) -> None:
    for each in (one.choices, one.partners):
        codes = [choice.code for choice in each]
        if len(set(codes)) != len(codes) or any(len(code) != 1 for code in codes):
            raise PackFaulty(f"{where}: each choice has a letter of its own")
    if (one.kind in _CHOOSING) != bool(one.choices) or (one.kind is QuestionKind.MATCH) != bool(
        one.partners
    ):
        raise PackFaulty(f"{where}: a question of kind {one.kind} has other choices")
    if one.kind is QuestionKind.TEXT:
        return
    for right in one.right:
        try:
            one.read(list(right) if one.kind in _CHOOSING else [right])
        except AnswerFaulty:
            raise PackFaulty(f"{where}: the right answer is none of its choices") from None
