"""Until when the figures counted, and from when: asked of the clerk's position."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from balise.foundation import clock
from balise.foundation.journal.verifying import NOTHING, Position, first_moment, positions
from balise.foundation.statistics.counting import SUBSCRIBER
from balise.foundation.statistics.exposures import definition_of
from balise.foundation.statistics.measures import MEASURES
from balise.foundation.statistics.models import Counted
from balise.foundation.statistics.rules import Coverage, Gap, Span, is_old


def coverage(measures: Iterable[str]) -> Coverage:
    """Return until when these measures counted, in a handful of queries."""
    names = list(dict.fromkeys(measures))
    asked_at = clock.now()
    found = {
        position.line: position
        for position in positions(SUBSCRIBER, {MEASURES[name].counts.line for name in names})
    }
    began = first_moment()
    counted = {each.measure: each for each in Counted.objects.filter(measure__in=names)}
    waiting = sum((position.waiting for position in found.values()), NOTHING)
    return Coverage(
        asked_at=asked_at,
        until={line: _local(_until(position, asked_at)) for line, position in found.items()},
        waiting=waiting.facts,
        oldest=_local(waiting.oldest),
        spans={
            name: _span(name, counted.get(name), found[MEASURES[name].counts.line], began, asked_at)
            for name in names
        },
    )


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(clock.zone()) if moment else None


def _until(position: Position, asked_at: datetime) -> datetime | None:
    return position.last if position.waiting.facts else asked_at


def _span(
    name: str, counted: Counted | None, position: Position, began: datetime | None, at: datetime
) -> Span:
    today = clock.day_of(at)
    first = clock.day_of(began) if began else today + timedelta(days=1)
    last = today
    if is_old(position.waiting.oldest, at=at):
        last = clock.day_of(position.last) - timedelta(days=1) if position.last else date.min
    begins = Gap.BEFORE_THE_CENTRE
    if counted is None:
        if position.last or position.waiting.facts:
            last = date.min  # new: it is counted within minutes
    elif counted.definition != definition_of(MEASURES[name]):
        last = date.min  # changed: it is counted again within minutes
    elif clock.day_of(counted.since) > first:
        first, begins = clock.day_of(counted.since), Gap.BEFORE_THE_MEASURE
    return Span(first, last, begins, position.line)
