"""The value of an indicator: from what was counted, with its reason where there is none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from balise.foundation.statistics.indicators import (
    Beside,
    Counts,
    Ever,
    Flow,
    Indicator,
    Latest,
    Level,
    Mean,
    NotCounted,
    Per,
    Recorded,
    Said,
    Share,
    Step,
    SumRefused,
)
from balise.foundation.statistics.quantities import Bound, Quantity, added, divided, less
from balise.foundation.statistics.rules import Gap
from balise.steering.rules.leaving import Break
from balise.steering.rules.periods import Period, month_of


class Lack(StrEnum):
    """Why there is no number, or not all of it."""

    BEFORE_THE_CENTRE = "before-the-centre"  # before its first fact
    BEFORE_THE_MEASURE = "before-the-measure"  # it is counted since later only
    NOT_YET = "not-yet"  # it has not happened, or is not counted, so far
    NOT_COUNTED = "not-counted"  # nothing in this centre counts it
    NO_READING = "no-reading"  # nobody read it on or before that day
    NO_WHOLE = "no-whole"  # a share or mean of nothing
    NO_BOUND = "no-bound"  # its parts are bounded on both sides


_LACKS: Final = {
    Gap.BEFORE_THE_CENTRE: Lack.BEFORE_THE_CENTRE,
    Gap.BEFORE_THE_MEASURE: Lack.BEFORE_THE_MEASURE,
    Gap.NOT_YET: Lack.NOT_YET,
}


@dataclass(frozen=True, slots=True)
class Ask:
    """An indicator for a period; by its parts, or by steps of time, where it is asked.

    `by` is another code than the indicator's own to break it down by. Steps are of the length that
    fits the period, or calendar years if `yearly`.
    """

    code: str
    period: Period
    parts: bool = False
    steps: bool = False
    by: str = ""
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """How many events, and the sum of their amounts."""

    events: int = 0
    total: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.events + other.events, self.total + other.total)

    def __sub__(self, other: "Amount") -> "Amount":
        return Amount(self.events - other.events, self.total - other.total)

    def of(self, counts: Counts) -> int:
        """Return the number that is told of it."""
        return self.total if counts.sums else self.events


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a value; `events` is how many facts it is made of, `label` a thing's name."""

    code: str
    quantity: Quantity | None
    events: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Stepped:
    """One step of a value: a day, week, month or year; for a stock, its end."""

    period: Period
    quantity: Quantity | None
    gap: Lack | None
    events: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An indicator's number for a period, whole; None with the reason, never 0 of what is unknown.

    `days` is how many days of the period were over and counted on; `gap` also says why a number
    that there is may not be all. A share, a mean or a mean rate has its numerator and denominator;
    `whole_of` are the days of the denominator where they are others. `events` is how many facts it
    is made of.
    """

    indicator: Indicator
    period: Period
    quantity: Quantity | None
    gap: Lack | None = None
    parts: tuple[Part, ...] = ()
    steps: tuple[Stepped, ...] = ()
    numerator: Quantity | None = None
    denominator: Quantity | None = None
    days: int = 0
    whole_of: Period | None = None
    breaks: tuple[Break, ...] = ()
    events: int = 0

    @property
    def is_share(self) -> bool:
        """Return whether 0.312 is 31.2%."""
        return self.indicator.is_share

    @property
    def is_partial(self) -> bool:
        """Return whether some days of the period are not over."""
        return 0 < self.days < self.period.day_count


@dataclass(frozen=True, slots=True)
class Figured:
    """A number as it follows from what was counted."""

    quantity: Quantity | None
    gap: Lack | None = None
    numerator: Quantity | None = None
    denominator: Quantity | None = None
    events: int = 0
    whole_of: Period | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A value beside another of the same indicator; `breaks` are those between the two."""

    now: Value
    before: Value | None
    breaks: tuple[Break, ...] = ()

    @property
    def difference(self) -> Quantity | None:
        """Return by how much it is more; None where nothing follows."""
        if self.before is None or self.before.quantity is None or self.now.quantity is None:
            return None
        return less(self.now.quantity, self.before.quantity)


type Counted = Callable[[Counts], Amount]


def figured(
    one: Indicator, counted: Counted, *, gap: Gap | None, length: Callable[[Step], Decimal]
) -> Figured:
    """Return an indicator's number from what its measures counted.

    `gap` says which days of it were not counted: then a zero is none, and what was counted is at
    least that many where the measure came later. `length` is how many days, open days or months
    the period has. Readings are not computed here.
    """
    lack = _LACKS[gap] if gap else None
    match one.source:
        case Flow(counts, less=less):
            amount = counted(counts) - counted(less) if less else counted(counts)
            return _told(one, amount, counts, lack)
        case Level(unlike=True):
            lack = Lack.NO_WHOLE
        case Level(came, went):
            amount = counted(came) - counted(went) if went else counted(came)
            return _told(one, amount, came, lack)
        case Share() | Mean() | Per():
            return _ratio_of(one, counted, lack, length)
        case Ever(parts):
            amounts = [(counted(counts), counts) for _name, counts in parts]
            number = sum(amount.of(counts) for amount, counts in amounts)
            events = sum(amount.events for amount, _counts in amounts)
            return _told(one, Amount(events, number), Counts("", sums=True), lack)
        case Beside():
            lack = Lack.NO_WHOLE
        case NotCounted() | Latest() | Recorded():
            lack = Lack.NOT_COUNTED
    return Figured(None, lack)


def _ratio_of(
    one: Indicator, counted: Counted, lack: Lack | None, length: Callable[[Step], Decimal]
) -> Figured:
    match one.source:
        case Share(part, whole):
            of_part, of_whole = counted(part), counted(whole)
            return _ratio(one, of_part.of(part), of_whole.of(whole), lack, of_whole.events)
        case Mean(counts, unit):
            amount = counted(counts)
            total = Decimal(amount.total) / unit
            return _ratio(one, total, amount.events, lack, amount.events)
        case Per(counts, step, twice):
            amount = counted(counts)
            number = amount.of(counts) - (counted(twice).of(twice) if twice else 0)
            if number or not lack:
                return _ratio(one, number, length(step), lack, amount.events)
    return Figured(None, lack)


def recorded(one: Indicator, said: Said | None) -> Figured:
    """Return an indicator's number from what a module's records say."""
    if said is None:
        return Figured(None, Lack.NOT_COUNTED)
    if said.number is None:
        return Figured(None, Lack.NO_WHOLE)
    if said.whole is None:
        return _told(one, Amount(said.number, said.number), Counts(""), None)
    found = _ratio(one, said.number, said.whole, None, said.whole)
    return replace(found, whole_of=Period(*said.whole_of) if said.whole_of else None)


def recorded_parts(one: Indicator, said: Said | None) -> tuple[Part, ...]:
    """Return the parts of what records say, the largest first."""
    amounts = {code: Amount(many, many) for code, many in (said.parts if said else {}).items()}
    return parts_of(one, amounts, Counts(""))


def read(one: Indicator, quantities: Sequence[Quantity], *, adds: bool) -> Figured:
    """Return an indicator's number from the readings of its things.

    Where they are not summed, there is none unless it is of one thing.
    """
    if not quantities:
        return Figured(None, Lack.NO_READING)
    if len(quantities) > 1 and not adds:
        return Figured(None, Lack.NO_WHOLE)
    whole = added(*quantities)
    return Figured(whole and _bounded(one, whole), None if whole else Lack.NO_BOUND)


def parts_of(one: Indicator, amounts: Mapping[str, Amount], counts: Counts) -> tuple[Part, ...]:
    """Return the parts of a number by code: the largest first, what was not given last."""
    parts = [
        Part(code, _bounded(one, Quantity(Decimal(amount.of(counts)))), amount.events)
        for code, amount in amounts.items()
        if amount.of(counts) or amount.events
    ]
    return tuple(sorted(parts, key=lambda part: (not part.code, -_size(part), part.code)))


def months_in(period: Period) -> Decimal:
    """Return how many months a period has; days of a month are a part of it."""
    months = Decimal()
    first = period.first
    while first <= period.last:
        month = month_of(first)
        last = min(month.last, period.last)
        months += Decimal((last - first).days + 1) / month.day_count
        first = last + timedelta(days=1)
    return months


def over_time(values: Iterable[Value]) -> Quantity | None:
    """Return the sum of one indicator over periods that follow each other.

    Refuses what may not be added over time: a stock, a share, a mean, a reading, the same people.
    """
    found = sorted(values, key=lambda value: value.period)
    if any(not value.indicator.adds_over_time for value in found):
        raise SumRefused(_("Numbers of this figure are not added over time."))
    codes = {value.indicator.code for value in found}
    touching = any(later.period.first <= earlier.period.last for earlier, later in pairwise(found))
    if len(codes) > 1 or touching:
        raise SumRefused(_("These figures overlap: they are not added."))
    return _sum(value.quantity for value in found)


def across(value: Value) -> Quantity | None:
    """Return the sum of a value's parts; refuse parts that may hold the same people."""
    if not value.indicator.adds_across:
        raise SumRefused(_("The parts of this figure overlap: they are not added."))
    return _sum(part.quantity for part in value.parts)


def _sum(quantities: Iterable[Quantity | None]) -> Quantity | None:
    found = list(quantities)
    known = [quantity for quantity in found if quantity is not None]
    return added(*known) if known and len(known) == len(found) else None


def _size(part: Part) -> Decimal:
    return part.quantity.value if part.quantity else Decimal()


def _told(one: Indicator, amount: Amount, counts: Counts, lack: Lack | None) -> Figured:
    number = amount.of(counts)
    if lack and not number and not amount.events:
        return Figured(None, lack)
    quantity = _bounded(one, Quantity(Decimal(number)))
    if lack is Lack.BEFORE_THE_MEASURE and quantity.bound is Bound.EXACT:
        quantity = replace(quantity, bound=Bound.AT_LEAST)
    return Figured(quantity, lack, events=amount.events)


def _ratio(
    one: Indicator, part: int | Decimal, whole: int | Decimal, lack: Lack | None, events: int
) -> Figured:
    above, below = Quantity(Decimal(part)), Quantity(Decimal(whole))
    ratio = divided(above, below)
    if ratio is None:
        return Figured(None, lack or Lack.NO_WHOLE, above, below, events)
    return Figured(_bounded(one, ratio), lack, above, below, events)


def _bounded(one: Indicator, quantity: Quantity) -> Quantity:
    """Return a quantity, bounded by the way of counting where it is not by itself."""
    if one.bound is Bound.EXACT or quantity.bound is not Bound.EXACT:
        return quantity
    return replace(quantity, bound=one.bound)
