"""How a report joins what is known of a content: one rule, whoever stores what follows."""

from functools import lru_cache
from typing import NamedTuple, Self

from balise.hotline.reports.rules import priority
from balise.hotline.reports.rules.categories import UNKNOWN, category, more_urgent
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.words import (
    DECIDED_STATES,
    PASSING_VERDICTS,
    ContentState,
    ToRead,
)

# Why a person has to read a report, although its content has its verdict already.


def to_read(answers: Answers) -> ToRead:
    """Return why a report that joined a decided content has to be read, from its answers.

    A verdict is about content, never about its reporter. Contact details count as words: someone
    who leaves them expects an answer.
    """
    if answers.in_danger:
        return ToRead.DANGER
    if answers.is_minor or answers.is_concerned:
        return ToRead.CHILD
    words = (answers.description, answers.contact, answers.identities, answers.context)
    return ToRead.WORDS if any(text.strip() for text in words) else ToRead.NOTHING


def to_read_of_message(answers: Answers) -> ToRead:
    """Return how urgent a message of a reporter is, from what they had answered."""
    return max(ToRead.MESSAGE, to_read(answers))


def comes_back(state: str, verdict: str) -> bool:
    """Return whether a new report puts a content back to the queue: its verdict may have passed."""
    return state == ContentState.CLOSED and verdict in PASSING_VERDICTS


class Standing(NamedTuple):
    """Where a content stands: each field is the column of its name."""

    state: str
    verdict: str
    category: str
    danger: bool
    concerned: bool
    minor: bool
    waited_points: int
    report_count: int
    priority: int

    @classmethod
    def of(cls, content: object) -> Self:
        """Return where a content stands, from an object that has its columns."""
        return cls._make(getattr(content, name) for name in cls._fields)

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED_STATES


# A content of which nothing was said yet.
NOTHING = Standing(ContentState.WAITING.value, "", UNKNOWN, False, False, False, 0, 0, 0)


def join(known: Standing, said: Answers, *, is_new: bool = True, country: str) -> Standing:
    """Return where a content stands once a report says this of it.

    A report `is_new` that the content does not count yet.

    One that is decided only counts a new report, unless its verdict may have passed: then it waits
    again from the beginning. One that was about to be closed with others waits again too. A
    report that is counted already takes back what it
    alone had said.
    """
    count = known.report_count + is_new
    if known.state in DECIDED_STATES:
        if not (is_new and comes_back(known.state, known.verdict)):
            return known._replace(report_count=count)
        known = waiting_again(known, country=country)
    before = known if is_new or known.report_count > 1 else NOTHING
    state = known.state if known.state == ContentState.SECOND_LOOK else NOTHING.state
    code = more_urgent(before.category, said.category, country=country)
    danger = before.danger or said.in_danger
    concerned = before.concerned or said.is_concerned
    minor = before.minor or said.is_minor
    waited = known.waited_points
    weight = _weight(country, code, (danger, concerned, minor), count, waited)
    return Standing(state, known.verdict, code, danger, concerned, minor, waited, count, weight)


def waiting_again(known: Standing, *, country: str) -> Standing:
    """Return where a content stands that goes back to the queue: its wait begins again."""
    signals = (known.danger, known.concerned, known.minor)
    weight = _weight(country, known.category, signals, known.report_count, 0)
    return known._replace(state=NOTHING.state, waited_points=0, priority=weight)


@lru_cache(maxsize=4_096)
def _weight(
    country: str, code: str, signals: tuple[bool, bool, bool], reports: int, waited: int
) -> int:
    """Return a priority; a file asks for the same again and again.

    `signals` are danger, concerned and minor, in this order.
    """
    danger, concerned, minor = signals
    points = priority.points(
        category(code, country=country).points,
        concerned=concerned,
        minor=minor,
        reports=reports,
        waited=waited,
    )
    return priority.total(points, danger=danger)
