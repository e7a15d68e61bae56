"""Values for periods, as known now or on a day; whole numbers, for staff."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _, override

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.statistics import queries as statistics
from balise.foundation.statistics.boards import Labels, Wording, every_board
from balise.foundation.statistics.coverage import coverage
from balise.foundation.statistics.indicators import (
    INDICATORS,
    Beside,
    Counts,
    Ever,
    Flow,
    Indicator,
    Latest,
    Level,
    Recorded,
    Said,
    Step,
    SumRefused,
    counts_of,
    indicator_of,
)
from balise.foundation.statistics.rules import Gap, Span
from balise.steering.indicators import access, ports
from balise.steering.indicators.models import Break as Row
from balise.steering.indicators.rules.values import (
    Amount,
    Ask,
    Figured,
    Lack,
    Part,
    Stepped,
    Value,
    figured,
    months_in,
    parts_of,
    read,
    recorded,
    recorded_parts,
)
from balise.steering.readings import queries as readings
from balise.steering.rules.leaving import Break, Text
from balise.steering.rules.periods import EARLIEST, Period, so_far, steps, years

# The days from which series mean something else.


LANGUAGES = ("fr", "en")


def breaks_of(one: Indicator, rows: Iterable[Row], first: date, last: date) -> tuple[Break, ...]:
    """Return the breaks of an indicator after the first day of a span, until its last.

    They are what staff noted, and each later version of its meaning. From the first day on, the
    whole span means one thing.
    """
    noted = [
        Break(row.on, {"fr": row.name_fr, "en": row.name_en})
        for row in rows
        if one.code in row.indicators or one.line in row.lines
    ]
    versions = [
        Break(version.since, _version(version.number)) for version in one.versions if version.since
    ]
    found = [each for each in (*noted, *versions) if first < each.on <= last]
    return tuple(sorted(found, key=lambda each: each.on))


def noted() -> Sequence[Row]:
    """Return all that was noted, oldest first: there are a few a year."""
    return tuple(Row.objects.all())


def _version(number: int) -> Text:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = _("definition %(number)d") % {"number": number}
    return found


# By which codes a figure can be broken down: those that some module has words for.


@dataclass(frozen=True, slots=True)
class Dimension:
    """A code that facts of a figure carry; `name` is how a board or another figure calls it."""

    by: str
    name: Wording
    labels: Labels


def dimensions(one: Indicator) -> tuple[Dimension, ...]:
    """Return by what a figure can be broken down, its own code first; none of what has no parts.

    Only what happened in a period: a stock, a share or a mean has the parts that it is defined by.
    """
    if not isinstance(one.source, Flow):
        return (Dimension(one.by, one.name, one.labels),) if one.by else ()
    found: dict[str, Dimension] = {}
    for each in _told_of(one, one.source.counts.measure):
        found.setdefault(each.by, each)
    return tuple(found.values())


def broken_down(one: Indicator, by: str) -> Indicator:
    """Return an indicator whose parts are by this code, its own where none is said.

    Refuses a code that it is not counted by, or that has no words.
    """
    if not by or by == one.by:
        return one
    for each in dimensions(one):
        if each.by == by:
            return replace(one, by=by, labels=each.labels)
    raise SumRefused(_("This figure is not counted by this."))


def _told_of(one: Indicator, measure: str) -> Iterator[Dimension]:
    if one.by:
        yield Dimension(one.by, one.name, one.labels)
    for board in every_board():
        for figure in board.figures:
            if figure.measure == measure and figure.by and figure.labels is not dict:
                yield Dimension(figure.by, figure.title, figure.labels)
    for other in INDICATORS.values():
        source = other.source
        if isinstance(source, Flow) and source.counts.measure == measure and other.by:
            yield Dimension(other.by, other.name, other.labels)


# What the last readings of a series say.


def things(series: str, on: date, *, known_by: date | None) -> tuple[Part, ...]:
    """Return the last number of each thing of a series on a day, as known at the end of another."""
    moment = None
    if known_by:
        moment = datetime.combine(known_by + timedelta(days=1), time.min, tzinfo=clock.zone())
    found = readings.latest(series, on, known_by=moment)
    return tuple(Part(each.thing, each.quantity, 1, each.label) for each in found)


type Rows = Mapping[str, Sequence[statistics.FigureRow]]


def values(
    asks: Sequence[Ask], *, known_by: date | None = None, seen_by: Actor
) -> tuple[Value, ...]:
    """Return what is asked, in its order: facts of each period, known by the end of a day.

    Whole numbers: small ones too. A period that goes beyond that day, or today, is read until then.
    Refuses an indicator, or a code to break it down by, that there is not.
    """
    access.require(seen_by, access.READ)
    asked = [(ask, broken_down(indicator_of(ask.code), ask.by)) for ask in asks]
    read_of = [each for _ask, one in asked for each in (one, *beside(one))]
    measures = dict.fromkeys(name for one in read_of for name in one.measures)
    spans = coverage(measures).spans if measures else {}  # before the tallies: they know more
    parts = any(ask.parts for ask in asks)
    tallies = Tallies(read_of, known_by=known_by, parts=parts)
    rows = noted()
    found = []
    for ask, one in asked:
        done = so_far(ask.period, tallies.until)
        told = _told(one, done, tallies, spans)
        last = done.last if done else ask.period.last
        found.append(
            Value(
                indicator=one,
                period=ask.period,
                days=done.day_count if done else 0,
                breaks=breaks_of(one, rows, ask.period.first, last),
                quantity=told.quantity,
                gap=told.gap,
                numerator=told.numerator,
                denominator=told.denominator,
                whole_of=told.whole_of,
                events=told.events,
                parts=_parts(one, done, tallies, spans) if ask.parts and done else (),
                steps=_steps(one, ask, tallies, spans) if ask.steps else (),
            )
        )
    return tuple(found)


class Tallies:
    """The tallies of some indicators, each period read once for all of them.

    Without `parts` they are read whole, but for the codes that a number leaves out.
    """

    def __init__(
        self, indicators: Sequence[Indicator], *, known_by: date | None, parts: bool = True
    ) -> None:
        today = clock.today()
        self.until = min(known_by or today, today)
        self.known_by = known_by if known_by and known_by < today else None
        self._codes: dict[str, dict[str, None]] = defaultdict(dict)
        self._ever = {
            name
            for one in indicators
            if isinstance(one.source, Level | Ever)
            for name in one.measures
        }
        for one in indicators:
            for counts in counts_of(one.source):
                names = [name for name, _values in counts.only]
                names += [one.by] if one.by and parts else []
                self._codes[counts.measure].update(dict.fromkeys(names))
        self._read: dict[tuple[date, date], Rows] = {}

    def rows(self, measure: str, first: date, last: date) -> Sequence[statistics.FigureRow]:
        """Return the rows of a measure over some days."""
        key = (first, last)
        if measure not in self._read.get(key, {}):
            # Of all days that ever were only levels are read: most of the rows are of the others.
            among = self._ever if first == EARLIEST and measure in self._ever else self._codes
            by = {name: tuple(self._codes[name]) for name in among}
            self._read[key] = statistics.totals_of(by, first, last, known_by=self.known_by)
        return self._read[key][measure]

    def amounts(self, counts: Counts, period: Period, by: str) -> dict[str, Amount]:
        """Return what was counted in a period, by a code; all under "" without one."""
        found: dict[str, Amount] = defaultdict(Amount)
        for row in self.rows(counts.measure, period.first, period.last):
            if all(row.codes.get(name, "") in values for name, values in counts.only):
                found[row.codes.get(by, "") if by else ""] += Amount(row.count, row.total)
        return found

    def amount(self, counts: Counts, period: Period) -> Amount:
        """Return what was counted in a period."""
        return sum(self.amounts(counts, period, "").values(), Amount())

    def said(self, source: Recorded, period: Period) -> Said | None:
        """Return what a module's records say of a period, as known by then."""
        until = clock.now()
        if self.known_by:
            over = datetime.combine(self.known_by + timedelta(days=1), time.min)
            until = over.replace(tzinfo=clock.zone())
        return source.ask(period.first, period.last, until=until)


def beside(one: Indicator) -> tuple[Indicator, ...]:
    """Return the figures that an indicator shows one beside the other; none for most."""
    codes = one.source.codes if isinstance(one.source, Beside) else ()
    return tuple(INDICATORS[code] for code in codes)


def _told(
    one: Indicator, done: Period | None, tallies: Tallies, spans: Mapping[str, Span]
) -> Figured:
    """Return the number of the days of a period that are over."""
    if done is None:
        return Figured(None, Lack.NOT_YET)
    if isinstance(one.source, Latest):
        parts = things(one.source.series, done.last, known_by=tallies.known_by)
        quantities = [part.quantity for part in parts if part.quantity]
        return read(one, quantities, adds=one.source.adds)
    if isinstance(one.source, Recorded):
        return recorded(one, tallies.said(one.source, done))
    counted = counted_days(one, done)
    return figured(
        one,
        lambda counts: tallies.amount(counts, counted),
        gap=_gap(one, done, spans),
        length=lambda step: _length(step, done),
    )


def _parts(
    one: Indicator, done: Period, tallies: Tallies, spans: Mapping[str, Span]
) -> tuple[Part, ...]:
    match one.source:
        case Beside() | Recorded() | Ever():
            return _named_parts(one, done, tallies, spans)
        case Latest(series):
            return things(series, done.last, known_by=tallies.known_by)
        case Flow(counts) if one.by:
            return parts_of(one, tallies.amounts(counts, done, one.by), counts)
        case Level(came, went) if one.by:
            counted = counted_days(one, done)
            amounts = tallies.amounts(came, counted, one.by)
            for code, amount in (tallies.amounts(went, counted, one.by) if went else {}).items():
                amounts[code] = amounts.get(code, Amount()) - amount
            return parts_of(one, amounts, came)
        case _:
            return ()


def _named_parts(
    one: Indicator, done: Period, tallies: Tallies, spans: Mapping[str, Span]
) -> tuple[Part, ...]:
    """Return the parts of what has them by name, not by a code of one measure."""
    match one.source:
        case Recorded() as source:
            return recorded_parts(one, tallies.said(source, done))
        case Ever(parts):
            counted = counted_days(one, done)
            found = {name: tallies.amount(counts, counted) for name, counts in parts}
            return parts_of(one, found, parts[0][1])
        case _:
            return tuple(
                part for each in beside(one) for part in _beside_part(each, done, tallies, spans)
            )


def _beside_part(
    one: Indicator, done: Period, tallies: Tallies, spans: Mapping[str, Span]
) -> tuple[Part, ...]:
    """Return a figure as a part of others beside it; each of its things, where these have no sum.

    The code of a thing follows that of the figure, after a space.
    """
    if isinstance(one.source, Latest) and not one.source.adds:
        return tuple(
            Part(f"{one.code} {each.code}", each.quantity, 1, f"{one.name} – {each.label}")
            for each in things(one.source.series, done.last, known_by=tallies.known_by)
        )
    made = _told(one, done, tallies, spans)
    return (Part(one.code, made.quantity, made.events, str(one.name)),)


def _steps(
    one: Indicator, ask: Ask, tallies: Tallies, spans: Mapping[str, Span]
) -> tuple[Stepped, ...]:
    found = []
    for step in years(ask.period) if ask.yearly else steps(ask.period):
        told = _told(one, so_far(step, tallies.until), tallies, spans)
        found.append(Stepped(step, told.quantity, told.gap, told.events))
    return tuple(found)


def counted_days(one: Indicator, done: Period) -> Period:
    """Return the days that an indicator counts: for a level, all that ever were."""
    return Period(EARLIEST, done.last) if isinstance(one.source, Level | Ever) else done


def _gap(one: Indicator, done: Period, spans: Mapping[str, Span]) -> Gap | None:
    first = done.last if isinstance(one.source, Level | Ever) else done.first
    gaps = (spans[measure].gap(first, done.last) for measure in one.measures)
    return next((gap for gap in gaps if gap), None)


def _length(step: Step, period: Period) -> Decimal:
    match step:
        case Step.DAY:
            return Decimal(period.day_count)
        case Step.OPEN_DAY:
            return Decimal(ports.open_days.ask(period.first, period.last))
        case Step.MONTH:
            return months_in(period)
