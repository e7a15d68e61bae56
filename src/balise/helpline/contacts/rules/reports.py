"""The files for others, as data says: which dimensions, under which codes; protected numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from balise.foundation import tables
from balise.foundation.moments import day_words
from balise.foundation.packs import Words, load
from balise.foundation.refusals import Refused
from balise.foundation.statistics.protection import Node, Vintage
from balise.helpline.contacts.rules.forms import Span

QUARTERS = (1, 2, 3, 4)
REPORTS = ("insafe", "chi")
ONLINE = "online"  # a file counts only contacts with a topic of its list


class PeriodWrong(Refused, code="period-wrong"):
    pass


YOUNG = frozenset({"", "child", "friend", "sibling", "partner"})
# We know a band of ours, and cannot say which of theirs it is.
NOT_DERIVED = "not-derived"


@dataclass(frozen=True, slots=True)
class TheirBand:
    """A band of ages of a file."""

    code: str
    span: Span


@dataclass(frozen=True, slots=True)
class FactTold:
    """What is told of a contact to the files: codes only, and the record key of its unit.

    `again` are the gravest of its topics that its case had already in the quarter: they say what
    it was about, and count no case more (decision 95).
    """

    day: date  # on which it was completed
    key: int
    topics: tuple[str, ...]
    caller: str
    channel: str = ""
    place: str = ""
    # The first and last year that they may be: the same where the age is known; None for not said.
    age: Span | None = None
    gender: str = ""
    actions_taken: tuple[str, ...] = ()
    again: tuple[str, ...] = ()

    def codes(self, of: str) -> tuple[str, ...]:
        """Return our codes for what a dimension is of.

        `who` is the grown-up who contacts us, else nothing: then the young person's age counts.
        """
        if of == "who":
            return ("" if self.caller in YOUNG else self.caller,)
        found = getattr(self, of)
        return found if isinstance(found, tuple) else (found,)


# What the journal does not say of a contact: it is counted of the facts, which lead to no contact.
_OF_FACTS = frozenset({"who", "age", "gender", "actions_taken"})
_SEVERAL = frozenset({"topics", "actions_taken"})


@dataclass(frozen=True, slots=True)
class Dimension:
    """One breakdown of a file: from what a fact holds, or by a taxonomy.

    `grave` are its codes that tell of what harms most, beside those of `exposure.toml`.
    """

    code: str
    of: str
    taxonomy: str
    codes: Mapping[str, str]
    rest: str
    since: date
    ages: tuple[TheirBand, ...] = ()
    grave: frozenset[str] = frozenset()

    @property
    def is_of_facts(self) -> bool:
        """Return whether its units are the facts that stay, not the contacts."""
        return self.of in _OF_FACTS

    @property
    def is_exclusive(self) -> bool:
        """Return whether each contact has one code of it, so that its parts make the total."""
        return self.of not in _SEVERAL

    @property
    def own_codes(self) -> frozenset[str]:
        """Return all its codes, where no taxonomy says them."""
        bands = {band.code for band in self.ages}
        return frozenset(
            {*self.codes.values(), *bands, self.rest, NOT_DERIVED if bands else ""} - {""}
        )


@dataclass(frozen=True, slots=True)
class NotCollected:
    """What a form asks for and the centre does not write down, with the reason."""

    code: str
    label: Words
    reason: Words


@dataclass(frozen=True, slots=True)
class Layout:
    """The breakdowns of a file, which contacts they are of, and what is not official yet."""

    name: str
    counts: str  # `online` or `counselling`
    counts_words: Words
    note: Words
    dimensions: tuple[Dimension, ...]
    not_collected: tuple[NotCollected, ...]
    to_verify: Words


class LineState(StrEnum):
    """Why a line has a number, or none."""

    SHOWN = "shown"
    UNDER_THRESHOLD = "under-threshold"
    NOT_COUNTED = "not-counted"  # the code was not there then, or nothing of ours leads to it
    YEARLY_ONLY = "yearly-only"  # rare in a quarter of the year before: told of whole years
    NOT_TOLD = "not-told"  # the exact total would give the hidden part back


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file; `count` is None unless it is shown."""

    dimension: str
    code: str
    count: int | None
    state: LineState
    noise_at_most: int = 0


@dataclass(frozen=True, slots=True)
class Volume:
    """How many contacts were completed, exactly: all of them, and those that are counselling."""

    answered: int
    counselling: int

    @property
    def non_counselling(self) -> int:
        """Return how many were not counselling."""
        return self.answered - self.counselling


@dataclass(frozen=True, slots=True)
class Report:
    """A file for others: contacts exactly, then a breakdown for each dimension.

    It is made of the facts alone, as they were known at `counted_until`: whoever makes it again
    has the same file.
    """

    plan: Layout
    node: Node
    vintage: Vintage
    total: int  # the contacts that the breakdowns are of
    volume: Volume
    lines: tuple[Line, ...]
    counted_until: datetime


@cache
def layout(country: str, name: str) -> Layout:
    """Return the layout of a file, `insafe` or `chi`."""
    found = load("balise.helpline.contacts", country=country, name="reports")
    pack = found[name]
    where = f"reports.{name}"
    return Layout(
        name=name,
        counts=str(pack["counts"]),
        counts_words=Words.read(pack["counts_words"], where=where),
        note=Words.read(found["note"], where=where),
        dimensions=tuple(
            Dimension(
                code=str(entry["code"]),
                of=str(entry.get("of", "topics")),
                taxonomy=str(entry.get("taxonomy", "")),
                codes=dict(entry.get("codes", {})),
                rest=str(entry.get("rest", "")),
                since=entry.get("since", date.min),
                ages=tuple(
                    TheirBand(str(one["code"]), (int(one["first"]), int(one["last"])))
                    for one in entry.get("ages", ())
                ),
                grave=frozenset(map(str, entry.get("grave", ()))),
            )
            for entry in pack["dimensions"]
        ),
        not_collected=tuple(
            NotCollected(
                code=str(entry["code"]),
                label=Words.read(entry["label"], where=where),
                reason=Words.read(entry["reason"], where=where),
            )
            for entry in pack["not_collected"]
        ),
        to_verify=Words.read(pack["to_verify"], where=where),
    )


def quarter(year: int, number: int) -> Node:
    """Return a quarter, or refuse."""
    if number not in QUARTERS:
        raise PeriodWrong(_("A year has quarters 1 to 4."))
    return Node(whole_year(year).year, number)


def whole_year(year: int) -> Node:
    """Return a year, or refuse."""
    if not 2000 <= year <= 2200:  # noqa: PLR2004 - any year that a centre has figures of
        raise PeriodWrong(_("No figures for this year."))
    return Node(year)


def had_from(node: Node) -> date:
    """Return the first day on which the file of a period can be had."""
    return node.as_known(Vintage.PROVISIONAL) + timedelta(days=1)


def vintage_on(node: Node, today: date) -> Vintage:
    """Return which file of a period there is on a day; refuse before the first of them."""
    if found := node.latest(today):
        return found
    raise PeriodWrong(
        _("The file for this period is available from %(day)s.")
        % {"day": day_words(had_from(node))}
    )


def quarters_over(first: date, today: date) -> list[Node]:
    """Return the quarters since a day that are over today, the latest first."""
    begins, goes_on = (4 * day.year + (day.month - 1) // 3 for day in (first, today))
    return [Node(place // 4, place % 4 + 1) for place in range(goes_on - 1, begins - 1, -1)]


def years_over(first: date, today: date) -> list[Node]:
    """Return the years since a day that are over today, the latest first."""
    return [Node(year) for year in range(today.year - 1, first.year - 1, -1)]


def check_was_counted(last: date, *, since: date) -> None:
    """Refuse a period that was over before the first contact was counted: no zero is true of it."""
    if last < since:
        raise PeriodWrong(
            _("No data for that period: the first contact is of %(day)s.")
            % {"day": day_words(since)}
        )


# A file for others as JSON or CSV.


def as_object(report: Report) -> dict[str, Any]:
    """Return a file as one JSON object; a null has its reason in `state` beside it."""
    plan = report.plan
    return {
        "report": plan.name,
        "first": report.node.first.isoformat(),
        "last": report.node.last.isoformat(),
        "counted_until": report.counted_until.isoformat(timespec="seconds"),
        "is_final": report.vintage is Vintage.FINAL,
        "to_verify": plan.to_verify.in_language("en"),
        "note": plan.note.in_language("en"),
        "counts": plan.counts,
        "counts_words": plan.counts_words.in_language("en"),
        "contacts": report.total,
        "answered": report.volume.answered,
        "counselling": report.volume.counselling,
        "non_counselling": report.volume.non_counselling,
        "lines": [
            {
                "dimension": line.dimension,
                "code": line.code,
                "count": line.count,
                "state": line.state,
                "noise_at_most": line.noise_at_most,
            }
            for line in report.lines
        ],
        "not_collected": [
            {
                "code": each.code,
                "label": each.label.in_language("en"),
                "reason": each.reason.in_language("en"),
            }
            for each in plan.not_collected
        ],
    }


def as_csv(report: Report) -> str:
    """Return a file as CSV; an empty count has its reason in the last column.

    The end of counting, the state and the reason come last, so that programs which read columns
    by position still work.
    """
    names = ("report", "first", "last", "dimension", "code", "count", "counted_until", "state")
    plan = report.plan
    until = report.counted_until.isoformat(timespec="seconds")
    volume = report.volume
    contacts = {
        "all": report.total,
        "answered": volume.answered,
        "counselling": volume.counselling,
        "non-counselling": volume.non_counselling,
    }
    lines = [Line("contacts", code, count, LineState.SHOWN) for code, count in contacts.items()]
    head = (report.plan.name, report.node.first, report.node.last)
    rule = ("rule", plan.counts, None, until, "", plan.counts_words.in_language("en"))
    rows: list[tuple[object, ...]] = [(*names, "reason"), (*head, *rule)]
    rows += (
        (*head, line.dimension, line.code, line.count, until, line.state, None)
        for line in (*lines, *report.lines)
    )
    rows += (
        (*head, one.code, "", None, until, "not-collected", one.reason.in_language("en"))
        for one in plan.not_collected
    )
    return tables.as_csv(rows, separator=",", line_end="\n", has_mark=False)
