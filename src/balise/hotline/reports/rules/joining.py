"""How a report joins what is known of a content: one rule, whoever stores what follows."""

from functools import lru_cache
from typing import NamedTuple, Self

from balise.hotline.reports.rules import priority
from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.categories import UNKNOWN, category, more_urgent
from balise.hotline.reports.rules.reading import comes_back
from balise.hotline.reports.rules.words import DECIDED_STATES, ContentState


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
