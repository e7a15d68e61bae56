"""“Must I report?”: a country's questions, where they lead, and what was decided.

The tree says what to look at and what the law says; a person decides, and another signs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused

LONGEST_RATIONALE = 4_000


class Must(TextChoices):
    """What the law asks at an end of the tree."""

    HELP = "help", gettext_lazy("Everyone must help, at once")
    YES = "yes", gettext_lazy("Reporting is required")
    MAY = "may", gettext_lazy("Reporting is allowed and protected")
    NO = "no", gettext_lazy("No duty found")


class Decision(TextChoices):
    """What a listener decided."""

    REPORT = "report", gettext_lazy("We report")
    NOT_NOW = "not-now", gettext_lazy("We do not report now")
    ASK = "ask", gettext_lazy("We consult a lawyer first")


class Signature(TextChoices):
    """What a supervisor said to it."""

    WAITING = "waiting", pgettext_lazy("signature", "Waiting for a supervisor")
    AGREED = "agreed", pgettext_lazy("signature", "Co-signed")
    DISAGREED = "disagreed", pgettext_lazy("signature", "The supervisor disagrees")


class AnswerUnknown(Refused, code="duty-answer-unknown"):
    pass


class RationaleNeeded(Refused, code="rationale-needed"):
    pass


class NotForYou(Refused, code="duty-signed-by-another"):
    """Who decided does not co-sign."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer: it leads to a question (`to`) or to an end (`outcome`)."""

    code: str
    label: Words
    to: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Question:
    code: str
    asks: Words
    help: Words
    choices: tuple[Choice, ...]

    def choice(self, code: str) -> Choice:
        """Return an answer, or refuse."""
        for one in self.choices:
            if one.code == code:
                return one
        raise AnswerUnknown(_("Choose one of the answers."))


@dataclass(frozen=True, slots=True)
class End:
    """Where the answers lead: what the law says, and whom to tell within how many hours."""

    code: str
    must: Must
    title: Words
    says: Words
    articles: tuple[str, ...]
    receivers: tuple[str, ...]
    within_hours: int


@dataclass(frozen=True, slots=True)
class Tree:
    """The questions of a country; `to_verify` says what counsel has yet to confirm."""

    start: str
    questions: dict[str, Question]
    ends: dict[str, End]
    to_verify: Words | None

    def walk(self, answers: Sequence[tuple[str, str]]) -> Question | End:
        """Return the next question, or the end, after (question, answer) pairs in their order.

        Refuses an answer to a question that was not asked.
        """
        at = self.start
        for code, answer in answers:
            if code != at or at not in self.questions:
                raise AnswerUnknown(_("Start again: the questions have changed."))
            choice = self.questions[at].choice(answer)
            at = choice.outcome or choice.to
        return self.ends[at] if at in self.ends else self.questions[at]

    def said(self, answers: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return (question, answer) in words."""
        return [
            (str(self.questions[code].asks), str(self.questions[code].choice(answer).label))
            for code, answer in answers
            if code in self.questions
        ]


@cache
def tree(country: str) -> Tree:
    """Return the questions of a country; PackFaulty where they lead nowhere or in a circle."""
    pack = load("balise.helpline.cases", country=country, name="duties")
    found = Tree(
        start=str(pack["start"]),
        questions={str(entry["code"]): _question(entry) for entry in pack["questions"]},
        ends={str(entry["code"]): _end(entry) for entry in pack["outcomes"]},
        to_verify=Words.read(pack["to_verify"], where="duties") if "to_verify" in pack else None,
    )
    if set(found.questions) & set(found.ends):
        raise PackFaulty("duties: a code is a question or an end")
    _follow(found, found.start, ())
    return found


def read_rationale(text: str) -> str:
    """Return why it was decided so; refuse a decision without."""
    rationale = text.strip()[:LONGEST_RATIONALE]
    if not rationale:
        raise RationaleNeeded(
            _("Give the reason, in your own words: it may be asked for years later.")
        )
    return rationale


def read_answers(text: str) -> list[tuple[str, str]]:
    """Return the (question, answer) pairs of `question=answer,…`; refuse anything else."""
    pairs = [each.partition("=") for each in text.split(",") if each]
    if any(not (code and answer) for code, _equals, answer in pairs):
        raise AnswerUnknown(_("Start again: the questions have changed."))
    return [(code, answer) for code, _equals, answer in pairs]


def _follow(found: Tree, at: str, way: tuple[str, ...]) -> None:
    if at in found.ends:
        return
    if at in way or at not in found.questions:
        raise PackFaulty(f"duties: {' > '.join((*way, at))} ends nowhere")
    for choice in found.questions[at].choices:
        if bool(choice.to) == bool(choice.outcome):
            raise PackFaulty(f"duties.{at}.{choice.code}: to a question or to an end")
        _follow(found, choice.to or choice.outcome, (*way, at))


def _question(entry: dict[str, Any]) -> Question:
    where = f"duties.{entry['code']}"
    return Question(
        code=str(entry["code"]),
        asks=Words.read(entry["asks"], where=where),
        help=Words.read(entry["help"], where=where),
        choices=tuple(
            Choice(
                code=str(each["code"]),
                label=Words.read(each["label"], where=where),
                to=str(each.get("to", "")),
                outcome=str(each.get("outcome", "")),
            )
            for each in entry["choices"]
        ),
    )


def _end(entry: dict[str, Any]) -> End:
    where = f"duties.{entry['code']}"
    return End(
        code=str(entry["code"]),
        must=Must(entry["must"]),
        title=Words.read(entry["title"], where=where),
        says=Words.read(entry["says"], where=where),
        articles=tuple(str(each) for each in entry["articles"]),
        receivers=tuple(str(each) for each in entry["receivers"]),
        within_hours=int(entry["within_hours"]),
    )
