"""Results as a page shows them: rows with a bar and a margin, and a sentence in plain words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _, ngettext, pgettext

from balise.awareness.questions.rules.questions import Question, QuestionKind
from balise.awareness.surveys.queries.results import Published
from balise.awareness.surveys.rules.results import MEAN, Figure, Part, QuestionResult
from balise.foundation.tables import as_csv

WIDTH: Final = 320  # of a bar, in units of its drawing
_CLOSE: Final = 2  # answers that are compared


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a drawing `WIDTH` wide, and the line of its margin."""

    width: int
    low: int
    high: int

    @classmethod
    def of(cls, figure: Figure) -> "Bar":
        scaled = (round(each * WIDTH / 100) for each in (figure.value, figure.low, figure.high))
        return cls(*scaled)

    @property
    def length(self) -> int:
        return max(self.high - self.low, 4)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer with its share, or a mean; without `value` it is withheld."""

    label: str
    value: str = ""
    margin: str = ""
    low: str = ""
    high: str = ""
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A group of those who answered: its base and the value of each answer; "" is withheld."""

    label: str
    base: int | None
    values: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """The results of one question on a page."""

    question: Question
    wording: str
    base: int | None
    rows: Sequence[AnswerRow]
    says: str
    versions: Sequence[int]
    groups: Sequence[Group]
    weighs: bool  # weights are by this question: its own shares are of those who answered

    @property
    def has_bars(self) -> bool:
        return any(row.bar for row in self.rows)

    @property
    def columns(self) -> Sequence[str]:
        return [row.label for row in self.rows]


def shown(found: Published, *, by: Question | None = None) -> Iterator[Shown]:
    """Yield the results of each question, by group of another one where it is asked for."""
    results = {each.code: each for each in found.results.questions}
    weighing = {each.question.code for each in found.population.known}
    for question in found.shown:
        if (result := results.get(question.code)) is None:
            continue
        rows = [_row(question, label, one) for label, one in _labelled(question, result.whole)]
        yield Shown(
            question,
            asked(question),
            result.whole.base,
            rows,
            _sentence(question, result.whole),
            result.versions,
            _groups(question, result, by) if by else (),
            found.results.weighting is not None and question.code in weighing,
        )


def texts(found: Published) -> Iterator[tuple[Question, Sequence[str]]]:
    """Yield each question with a free text, and the redacted texts that an edition has of it."""
    for question in found.version.questionnaire.questions:
        if question.kind is QuestionKind.TEXT:
            yield question, found.texts.get(question.code, ())


def asked(question: Question) -> str:
    """Return the whole wording of a question; a row of a matrix behind what its rows share."""
    return f"{question.stem} {question.asks}" if question.stem else str(question.asks)


def label(question: Question, code: str) -> str:
    """Return the words of an answer, by the code of its figure."""
    if code == MEAN:
        return _("Mean")
    choices = {choice.code: str(choice.says) for choice in question.choices}
    if question.kind is QuestionKind.MATCH:
        partners = {choice.code: str(choice.says) for choice in question.partners}
        return f"{choices[code[0]]} → {partners[code[1]]}"
    return choices[code]


def percent(value: float) -> str:
    """Return a share of 100 as it is written."""
    return _("%(value)s %%") % {"value": number_format(value)}


def _shown_value(question: Question, figure: Figure) -> str:
    """Return a value; one that rounds to 0 is still of many people."""
    if question.kind is not QuestionKind.NUMBER and not figure.value:
        return _("less than 1 %")
    return _value(question, figure.value)


def _labelled(question: Question, part: Part) -> list[tuple[str, Figure | None]]:
    return [(label(question, code), figure) for code, figure in part.figures.items()]


def _value(question: Question, value: float) -> str:
    if question.kind is not QuestionKind.NUMBER:
        return percent(value)
    number = number_format(value, decimal_pos=1)
    return f"{number} {question.unit}" if question.unit else number


def _row(question: Question, says: str, figure: Figure | None) -> AnswerRow:
    if figure is None:
        return AnswerRow(says)
    is_share = question.kind is not QuestionKind.NUMBER
    return AnswerRow(
        says,
        _shown_value(question, figure),
        number_format(figure.margin, decimal_pos=0 if is_share else 1),
        _value(question, figure.low),
        _value(question, figure.high),
        Bar.of(figure) if is_share else None,
    )


def _groups(question: Question, result: QuestionResult, by: Question) -> list[Group]:
    parts: Mapping[str, Part] = result.crossed.get(by.code, {})
    return [
        Group(
            str(choice.says),
            parts[choice.code].base,
            [
                (says, _shown_value(question, figure) if figure else "")
                for says, figure in _labelled(question, parts[choice.code])
            ],
        )
        for choice in by.choices
        if choice.code in parts
    ]


def _sentence(question: Question, part: Part) -> str:
    """Return what a question's results say, and whether the first two are told apart."""
    found = [(says, one) for says, one in _labelled(question, part) if one]
    if not found:
        return _("Too few people answered each thing for a number to be shown.")
    found.sort(key=lambda each: -each[1].value)
    says, first = found[0]
    words = {
        "value": _shown_value(question, first),
        "choice": says,
        "low": _value(question, first.low),
        "high": _value(question, first.high),
    }
    if question.kind is QuestionKind.NUMBER:
        return _("On average %(value)s: between %(low)s and %(high)s.") % words
    sentences = {
        QuestionKind.SEVERAL: _("%(value)s ticked “%(choice)s”: between %(low)s and %(high)s."),
        QuestionKind.ORDER: _("%(value)s put “%(choice)s” first: between %(low)s and %(high)s."),
        QuestionKind.MATCH: _("%(value)s matched “%(choice)s”: between %(low)s and %(high)s."),
    }
    answered = _("%(value)s answered “%(choice)s”: between %(low)s and %(high)s.")
    said = sentences.get(question.kind, answered) % words
    if len(found) >= _CLOSE and question.kind is not QuestionKind.MATCH:
        other, second = found[1]
        if second.high >= first.low:
            close = _("“%(first)s” and “%(second)s” are too close to say which is more frequent.")
            return f"{said} {close % {'first': says, 'second': other}}"
    return said


def weights_words(found: Published) -> str:
    """Return whether answers were weighted, to what, and how far weights went."""
    weighting = found.results.weighting
    if weighting is None:
        return _("No: these are shares of those who answered.")
    names = ", ".join(f"“{each.question.asks}”" for each in found.population.known)
    bounded = ngettext(
        "%(count)d stands at a bound.", "%(count)d stand at a bound.", weighting.bounded
    ) % {"count": weighting.bounded}
    words = {
        "questions": names,
        "rounds": weighting.rounds,
        "least": number_format(weighting.least),
        "most": number_format(weighting.most),
        "bounded": bounded,
        "effect": number_format(weighting.effect),
        "effective": number_format(weighting.effective, force_grouping=True),
    }
    return (
        _(
            "Yes, by raking, to known shares of: %(questions)s. Rounds: %(rounds)s; weights from "
            "%(least)s to %(most)s; %(bounded)s Design effect %(effect)s: as sure as %(effective)s "
            "answers without weights."
        )
        % words
    )


# Results as files: each figure on a line, and what the codes mean. Both as they were published.


RESULTS: Final = (
    "question", "crossed_by", "group", "answer", "says", "value", "low", "high", "base", "remark",
)  # fmt: skip
CODES: Final = ("question", "kind", "wording_versions", "code", "says")


def results(found: Published) -> str:
    """Return each figure, of everyone and by group; one that is withheld says so."""
    return as_csv([RESULTS, *_result_rows(found)])


def codebook(found: Published) -> str:
    """Return each question and each of its answers, with the words that people read."""
    return as_csv([CODES, *_code_rows(found)])


def _result_rows(found: Published) -> Iterator[Sequence[object]]:
    questions = {each.code: each for each in found.shown}
    for result in found.results.questions:
        parts = [("", "", result.whole)]
        for by, groups in result.crossed.items():
            parts += [(by, group, part) for group, part in groups.items()]
        for by, group, part in parts:
            for row in _figures(part):
                says = label(questions[result.code], str(row[0]))
                yield (result.code, by, group, row[0], says, *row[1:])


def _figures(part: Part) -> Iterator[Sequence[object]]:
    base = "" if part.base is None else part.base
    for code, figure in part.figures.items():
        if figure is None:
            yield (code, "", "", "", base, pgettext("number", "withheld"))
        else:
            yield (code, figure.value, figure.low, figure.high, base, "")


def _code_rows(found: Published) -> Iterator[Sequence[object]]:
    versions = {each.code: each.versions for each in found.results.questions}
    for question in found.shown:
        of = " ".join(map(str, versions.get(question.code, ())))
        yield (question.code, question.kind.value, of, "", asked(question))
        for choice in (*question.choices, *question.partners):
            yield (question.code, question.kind.value, of, choice.code, choice.says)
    for about in (
        _("value: percentage, or mean of a number; low and high: bounds at 95 %"),
        _("base: people who answered; of a group, those of the group"),
        _("withheld: fewer people than the smallest group, or what would tell of them"),
    ):
        yield ("", "", "", "", about)
