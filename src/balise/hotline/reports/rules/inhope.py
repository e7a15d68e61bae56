"""INHOPE's yearly file: what it publishes of its members, from what counts it, or why it is not.

Its form was not seen: the headings are those of its annual reports of 2018 to 2023.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, override

from balise.foundation import tables
from balise.foundation.refusals import Refused
from balise.foundation.statistics.boards import days_taken_labels
from balise.foundation.statistics.protection import Node, Vintage
from balise.hotline.reports.rules.words import Channel, Verdict
from balise.takedown.law.rules.items import AgeGroup, Answer, Commerciality, Sex, SiteType


class YearWrong(Refused, code="year-wrong"):
    field = "year"


class State(StrEnum):
    """Why a line has a number, or none."""

    SHOWN = "shown"
    UNDER_THRESHOLD = "under-threshold"
    NOT_COUNTED = "not-counted"  # on no day of the year
    NOT_TOLD = "not-told"  # not told yet, or the exact total would give a hidden part back
    NOT_COLLECTED = "not-collected"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the file, and what counts it: a measure, or one of its codes.

    `codes` are those that there are, each with a line of its own; without them, those that were
    counted. `less` is what was taken back, by the same code. `sums` tells amounts, not events.
    """

    code: str
    measure: str
    by: str = ""
    codes: Callable[[], Iterable[str]] = tuple
    less: str = ""
    sums: bool = False


@dataclass(frozen=True, slots=True)
class NotCollected:
    """What INHOPE publishes and the centre does not write down, with the reason."""

    code: str
    label: Promise
    reason: Promise


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file; `count` is None unless it is shown.

    `since` is the first day that was counted, where that is later than the first of the year.
    """

    heading: str
    code: str
    count: int | None
    state: State
    noise_at_most: int = 0
    since: date | None = None


@dataclass(frozen=True, slots=True)
class YearFile:
    """The file of a year, as it was counted until a moment."""

    node: Node
    lines: tuple[Line, ...]
    counted_until: datetime


HEADINGS: Final = (
    Heading("reports", "hotline.reports.received", "channel", lambda: Channel.values),
    Heading("contents-reported", "hotline.reports.received", sums=True),
    Heading("contents-known", "hotline.contents.known", sums=True),
    Heading(
        "verdict",
        "hotline.verdicts",
        "verdict",
        lambda: Verdict.values,
        less="hotline.verdicts.taken-back",
    ),
    Heading("illegal", "hotline.illegal"),
    Heading("illegal-baseline", "hotline.illegal", "baseline", lambda: Answer.values),
    Heading("illegal-hosting-country-at-verdict", "hotline.illegal", "country"),
    Heading("illegal-site-type", "hotline.illegal", "site_type", lambda: SiteType.values),
    Heading(
        "illegal-commerciality", "hotline.illegal", "commerciality", lambda: Commerciality.values
    ),
    Heading("illegal-age", "hotline.illegal.shown", "age", lambda: AgeGroup.values),
    Heading("illegal-sex", "hotline.illegal.shown", "sex", lambda: Sex.values),
    Heading("removed-hosting-country-last", "hotline.removed", "country"),
    Heading("days-verdict-to-removal", "hotline.removed", "days_taken", days_taken_labels),
    Heading("first-asked", "hotline.asked", "to", lambda: ("host", "hotline")),
    Heading("days-verdict-to-first-asked", "hotline.asked", "days_taken", days_taken_labels),
    Heading("days-report-to-police", "takedown.days-to-police", "days_taken", days_taken_labels),
)
NEW: Final = "contents-new"  # reported, less known: INHOPE's “new”

NOT_COLLECTED: Final = (
    NotCollected(
        "items-new",
        gettext_lazy("New items by hash"),
        gettext_lazy("Known and new are of content in reports; no hash of every item is kept."),
    ),
    NotCollected(
        "still-online",
        gettext_lazy("Content still online at the end of the year"),
        gettext_lazy("Removals are counted on their day; no stock is kept of past days."),
    ),
    NotCollected(
        "days-first-notice-to-removal",
        gettext_lazy("Days from the first notice to removal"),
        gettext_lazy("Time is counted from the verdict alone."),
    ),
    NotCollected(
        "exchanged",
        gettext_lazy("Addresses exchanged with other hotlines, by country"),
        gettext_lazy("The exchange is optional and its form unverified."),
    ),
    NotCollected(
        "analysts",
        gettext_lazy("Analysts, training, quality review"),
        gettext_lazy("Balise knows accounts, not contracts; these numbers stay inside."),
    ),
)


def had_from(node: Node) -> date:
    """Return the first day on which the file of a year can be had."""
    return node.as_known(Vintage.PROVISIONAL) + timedelta(days=1)


def years_over(first: date, today: date) -> list[Node]:
    """Return the years since a day that are over today, the latest first."""
    return [Node(year) for year in range(today.year - 1, first.year - 1, -1)]


def check_year(year: int, *, since: date, today: date, words: Callable[[date], str]) -> Node:
    """Return a year of which there is a file; refuse one too early, or before anything counted."""
    if not since.year <= year <= today.year:
        raise YearWrong(_("No figures for this year."))
    node = Node(year)
    if had_from(node) > today:
        raise YearWrong(
            _("The file for this period is available from %(day)s.")
            % {"day": words(had_from(node))}
        )
    return node


def as_object(file: YearFile) -> dict[str, Any]:
    """Return the file as one JSON object, in English; a null has its reason in `state`."""
    return {
        "report": "inhope",
        "first": file.node.first.isoformat(),
        "last": file.node.last.isoformat(),
        "counted_until": file.counted_until.isoformat(timespec="seconds"),
        "lines": [
            {
                "heading": line.heading,
                "code": line.code,
                "count": line.count,
                "state": line.state,
                "noise_at_most": line.noise_at_most,
                "since": line.since.isoformat() if line.since else None,
            }
            for line in file.lines
        ],
        "not_collected": [dict(each) for each in _lacks()],
    }


def as_csv(file: YearFile) -> str:
    """Return the file as CSV, in English; an empty count has its reason in `state`."""
    head = ("inhope", file.node.first, file.node.last)
    until = file.counted_until.isoformat(timespec="seconds")
    names = ("report", "first", "last", "heading", "code", "count", "counted_until", "state")
    rows: list[tuple[object, ...]] = [(*names, "since", "reason")]
    rows += (
        (*head, one.heading, one.code, one.count, until, one.state, one.since, None)
        for one in file.lines
    )
    rows += (
        (*head, each["code"], "", None, until, State.NOT_COLLECTED, None, each["reason"])
        for each in _lacks()
    )
    return tables.as_csv(rows, separator=",", line_end="\n", has_mark=False)


def _lacks() -> list[Mapping[str, str]]:
    with override("en"):
        return [
            {"code": one.code, "label": str(one.label), "reason": str(one.reason)}
            for one in NOT_COLLECTED
        ]
