"""INHOPE's yearly file, of the tallies and of what is told: exact, or as protected everywhere."""

from collections.abc import Iterator, Mapping
from datetime import date

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, today, zone
from balise.foundation.journal.verifying import first_moment
from balise.foundation.moments import day_words
from balise.foundation.statistics import telling
from balise.foundation.statistics.coverage import coverage
from balise.foundation.statistics.exposures import exposure_of
from balise.foundation.statistics.protection import Exposure, Node
from balise.foundation.statistics.queries import totals
from balise.foundation.statistics.rules import Span
from balise.hotline.reports import access
from balise.hotline.reports.rules.inhope import (
    HEADINGS,
    NEW,
    Heading,
    Line,
    State,
    YearFile,
    check_year,
    years_over,
)


def years(*, seen_by: Actor) -> list[Node]:
    """Return the years that something was counted of and that are over, the latest first."""
    access.require(seen_by, access.TAKE_FILE)
    return years_over(_first_day(), today())


def year_file(year: int, *, seen_by: Actor) -> YearFile:
    """Return the file of a year; refuse one that is not over for 31 days, or had no centre."""
    access.require(seen_by, access.TAKE_FILE)
    node = check_year(year, since=_first_day(), today=today(), words=day_words)
    found = coverage({each.measure for each in HEADINGS})
    lines: list[Line] = []
    for heading in HEADINGS:
        lines += _lines(heading, node, found.spans[heading.measure])
        if heading.code == "contents-known":
            lines.append(_new(*lines[-2:]))
    return YearFile(node, tuple(lines), found.whole_until.astimezone(zone()))


def _first_day() -> date:
    began = first_moment()
    return day_of(began) if began else today()


def _lines(heading: Heading, node: Node, span: Span) -> Iterator[Line]:
    """Yield the lines of a heading: of days that nobody counted there is no number, and no 0."""
    since = span.first if span.first > node.first else None
    exposure = exposure_of(heading.measure, heading.by)
    noise = exposure.noise_at_most
    if span.first > node.last or span.last < node.last:
        for code in heading.codes() or ("",):
            yield Line(heading.code, code, None, State.NOT_COUNTED, noise, since)
        return
    if exposure is Exposure.PUBLIC:
        found = _counted(heading, node)
        for code in dict.fromkeys((*heading.codes(), *found)):
            yield Line(heading.code, code, found.get(code, 0), State.SHOWN, 0, since)
        return
    told = telling.printed(heading.measure, heading.by, node.first, node.last, on=today())
    for code in heading.codes():
        if code not in told.cells:
            state = State.NOT_TOLD
        elif (number := told.cells[code]) is not None and number.is_exact:
            yield Line(heading.code, code, number.least, State.SHOWN, noise, since)
            continue
        else:
            state = State.UNDER_THRESHOLD
        yield Line(heading.code, code, None, state, noise, since)


def _counted(heading: Heading, node: Node) -> Mapping[str, int]:
    names = (heading.by,) if heading.by else ()
    found: dict[str, int] = {}
    for sign, measure in ((1, heading.measure), (-1, heading.less)):
        for row in totals(measure, node.first, node.last, names) if measure else ():
            code = row.codes.get(heading.by, "")
            found[code] = found.get(code, 0) + sign * (row.total if heading.sums else row.count)
    return found


def _new(reported: Line, known: Line) -> Line:
    """Return what reports named and no earlier one had: nothing where either was not counted."""
    if reported.count is None or known.count is None:
        return Line(NEW, "", None, State.NOT_COUNTED, 0, known.since)
    return Line(NEW, "", reported.count - known.count, State.SHOWN, 0, known.since)
