"""The figures of a line above its board: three with their changes, then each over twelve months."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.safestring import SafeString

from balise.foundation.actors import Actor
from balise.foundation.clock import today
from balise.foundation.statistics.indicators import (
    INDICATORS,
    Flow,
    Indicator,
    NotCounted,
    counts_of,
)
from balise.steering.boards.web.charts import small
from balise.steering.indicators import access
from balise.steering.indicators.queries.comparing import compared_values
from balise.steering.indicators.queries.tables import noun
from balise.steering.indicators.rules.sentences import (
    change_words,
    decimal_words,
    sentence,
    value_words,
)
from balise.steering.indicators.rules.values import Compared
from balise.steering.rules.leaving import NOT_COUNTED, bounded
from balise.steering.rules.periods import Against, Period, Preset, month_of, preset

_HEADLINES = 3
_MULTIPLES = 8


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure with what it was the period before and a year before, each in words.

    `counts` are the measures that it counts whole, and whether it sums their amounts.
    """

    code: str
    name: str
    value: str
    noun: str
    counts: tuple[tuple[str, bool], ...]
    says: str
    since_period: str
    since_year: str


@dataclass(frozen=True, slots=True)
class Multiple:
    """A small picture of twelve months with its number; its figure's page has the table."""

    code: str
    name: str
    picture: SafeString | None


def headlines(line: str, period: Period, *, seen_by: Actor) -> list[Headline]:
    """Return the first flows of a line in a period; none for who may not read indicators."""
    flows = [
        one.code
        for one in INDICATORS.values()
        if one.line == line and isinstance(one.source, Flow) and not one.source.overlaps
    ][:_HEADLINES]
    if not flows or not seen_by.may(access.READ):
        return []
    by_year = compared_values(flows, period, seen_by=seen_by)
    by_period = compared_values(flows, period, against=Against.PERIOD_BEFORE, seen_by=seen_by)
    return [
        Headline(
            one.now.indicator.code,
            str(one.now.indicator.name),
            *_apart(one),
            _whole(one.now.indicator),
            sentence(one),
            change_words(other),
            change_words(one),
        )
        for one, other in zip(by_year, by_period, strict=True)
    ]


def multiples(line: str, *, seen_by: Actor) -> list[Multiple]:
    """Return figures of a line over the twelve months until today, small, each on its own scale."""
    codes = [
        one.code
        for one in INDICATORS.values()
        if one.line == line and not isinstance(one.source, NotCounted)
    ]
    if not codes or not seen_by.may(access.READ):
        return []
    year = preset(Preset.TWELVE_MONTHS, today=today())
    whole = Period(month_of(year.first + timedelta(days=31)).first, year.last)
    found = compared_values(codes, whole, against=Against.NOTHING, steps=True, seen_by=seen_by)
    shown = [one for one in found if any(step.quantity for step in one.now.steps)][:_MULTIPLES]
    return [
        Multiple(
            one.now.indicator.code,
            str(one.now.indicator.name),
            small(one, head=str(one.now.indicator.name), says=value_words(one.now)),
        )
        for one in shown
    ]


def _apart(one: Compared) -> tuple[str, str]:
    """Return a number with its bound, and its noun: the number is read first."""
    quantity = one.now.quantity
    if quantity is None:
        return NOT_COUNTED, ""
    number = bounded(decimal_words(quantity.value, is_share=one.now.is_share), quantity.bound)
    return number, noun(one.now.indicator, 1 if quantity.value == 1 else 2)


def _whole(one: Indicator) -> tuple[tuple[str, bool], ...]:
    """Return the measures that a figure counts whole, each with whether amounts are summed."""
    return tuple(
        (counts.measure, counts.sums) for counts in counts_of(one.source) if not counts.only
    )
