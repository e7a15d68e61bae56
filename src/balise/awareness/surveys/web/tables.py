"""Results as files: each figure on a line, and what the codes mean. Both as they were published."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _, pgettext

from balise.awareness.surveys.queries.results import Published
from balise.awareness.surveys.rules.results import Part
from balise.awareness.surveys.web.showing import asked, label
from balise.foundation.tables import as_csv

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
