"""Indicators: what a figure is called, means and is made of; each module tells its own.

A board shows what one line counted. An indicator is what a committee speaks of: it has a definition
in words, versions, a method, and one way to be computed from the tallies or from dated readings.
Steering computes it and knows no line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Protocol

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.foundation.statistics.boards import Labels, Plural, Wording
from balise.foundation.statistics.measures import MEASURES
from balise.foundation.statistics.quantities import Bound


class IndicatorUnknown(Refused, code="indicator-unknown"):
    pass


class SumRefused(Refused, code="sum-refused"):
    pass


class IndicatorKind(StrEnum):
    """What a number is in time."""

    FLOW = "flow"  # what happened in a period
    STOCK = "stock"  # what there is on a day
    CUMULATIVE = "cumulative"  # all that happened until a day
    RATE = "rate"  # a part of a whole
    MEAN = "mean"  # of each, or of each day or month
    READING = "reading"  # what someone else counted, on a day


class Method(StrEnum):
    """How the number came."""

    MEASURED = "measured"
    DECLARED = "declared"
    IMPORTED = "imported"
    ESTIMATED = "estimated"


class Step(StrEnum):
    """What a mean rate is of."""

    DAY = "day"
    OPEN_DAY = "open-day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Counts:
    """What one measure counted: events, or the amounts summed where `sums`.

    `only` keeps the cells whose code has one of these values.
    """

    measure: str
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sums: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """What happened in the period, less what was taken back of it since (`less`, of its days).

    `overlaps`: its parts may hold the same people.
    """

    counts: Counts
    overlaps: bool = False
    less: Counts | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """What came until the end of the period, less what went: a stock, or what was ever counted.

    `overlaps`: one thing may be in several of its parts. `unlike`: its parts are things of several
    kinds, as screens and followers, so that no sum of them says anything.
    """

    came: Counts
    went: Counts | None = None
    overlaps: bool = False
    unlike: bool = False


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, both counted in the period."""

    part: Counts
    whole: Counts


@dataclass(frozen=True, slots=True)
class Mean:
    """The amounts of the period over how many there were; `unit` amounts make one of its unit."""

    counts: Counts
    unit: int = 1


@dataclass(frozen=True, slots=True)
class Per:
    """What was counted in the period, less what of it counts twice, over its days or months."""

    counts: Counts
    step: Step
    twice: Counts | None = None


@dataclass(frozen=True, slots=True)
class Ever:
    """All that came until the end of the period, of several counts by name: someone may be in two.

    So the sum is at most so many people.
    """

    parts: tuple[tuple[str, Counts], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What records say: a number, or the part of a `whole`; the number of each code.

    `number` is None where those of the codes have no sum.

    `whole_of` is the first and the last day of the whole, where they are not those asked for.
    """

    number: int | None
    whole: int | None = None
    whole_of: tuple[date, date] | None = None
    parts: Mapping[str, int] = field(default_factory=dict)


class Records(Protocol):
    """A module's own records, asked for some days."""

    def __call__(self, first: date, last: date, /, *, until: datetime) -> Said | None:
        """Return what they say of these days, of what was recorded before a moment.

        None where they do not tell.
        """
        ...


@dataclass(frozen=True, slots=True)
class Recorded:
    """What no tally can count: different things of a register as it stood on a day.

    `why` says why the register may not tell.
    Its number is never added over time; its parts are where they do not overlap.
    """

    ask: Records
    counts_as: IndicatorKind
    why: Wording = ""
    overlaps: bool = True


@dataclass(frozen=True, slots=True)
class Beside:
    """Figures of which others speak as one number: the same people may be in several.

    They are shown one beside the other, and there is no sum.
    """

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Latest:
    """The last reading on or before the end of the period, of each thing that a series follows."""

    series: str
    adds: bool = True  # False: the things are shown side by side, and never summed


@dataclass(frozen=True, slots=True)
class NotCounted:
    """What the house does not count yet, and why."""

    why: Wording


type Source = Flow | Level | Share | Mean | Per | Ever | Recorded | Beside | Latest | NotCounted


@dataclass(frozen=True, slots=True)
class Version:
    """A meaning of an indicator, from a day on: `since` is None for the first."""

    number: int
    since: date | None
    says: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator. `by` is the code it is broken down by, `labels` the words for its values.

    `versions` are its meanings, oldest first: a later one is a break of the series. `unit` is its
    noun with a number. `bound` is how the number stands to the truth where the way of counting
    itself bounds it. `is_public`: it may stand on the open pages once an edition shows it.
    """

    code: str
    line: str
    name: Wording
    definition: Wording
    unit: Plural
    source: Source
    owner: Wording = ""
    method: Method = Method.MEASURED
    bound: Bound = Bound.EXACT
    by: str = ""
    labels: Labels = dict
    versions: tuple[Version, ...] = (Version(1, None, ""),)
    is_public: bool = True

    @property
    def version(self) -> int:
        """Return the number of its present meaning."""
        return self.versions[-1].number

    @property
    def kind(self) -> IndicatorKind:
        """Return what its number is in time."""
        match self.source:
            case Level(went=None):
                return IndicatorKind.CUMULATIVE
            case Recorded(counts_as=kind):
                return kind
            case found:
                return _KINDS[type(found)]

    @property
    def measures(self) -> tuple[str, ...]:
        """Return the measures that it is made of, each once."""
        found = [each.measure for each in counts_of(self.source)]
        return tuple(dict.fromkeys(found))

    @property
    def is_share(self) -> bool:
        """Return whether 0.312 is 31.2%."""
        return self.kind is IndicatorKind.RATE

    @property
    def adds_over_time(self) -> bool:
        """Return whether numbers of periods that follow each other may be summed."""
        return isinstance(self.source, Flow) and not self.source.overlaps

    @property
    def adds_across(self) -> bool:
        """Return whether its parts may be summed."""
        match self.source:
            case Flow(overlaps=overlaps) | Recorded(overlaps=overlaps):
                return not overlaps
            case Level(overlaps=overlaps, unlike=unlike):
                return not overlaps and not unlike
            case Latest(adds=adds):
                return adds
            case _:
                return False


_KINDS: Final[Mapping[type, IndicatorKind]] = {
    Flow: IndicatorKind.FLOW,
    Level: IndicatorKind.STOCK,
    Share: IndicatorKind.RATE,
    Mean: IndicatorKind.MEAN,
    Per: IndicatorKind.MEAN,
    Ever: IndicatorKind.CUMULATIVE,
    Beside: IndicatorKind.FLOW,
    Latest: IndicatorKind.READING,
    NotCounted: IndicatorKind.FLOW,
}
INDICATORS: dict[str, Indicator] = {}


def register(indicators: Iterable[Indicator]) -> None:
    """Set the indicators of the centre; called once, when Balise starts."""
    found: dict[str, Indicator] = {}
    for one in indicators:
        if one.code in found:
            raise ValueError(f"two indicators are called {one.code}")
        for counts in counts_of(one.source):
            known = MEASURES.get(counts.measure)
            if known is None:
                raise ValueError(f"{one.code}: no measure is called {counts.measure}")
            strange = {name for name, _values in counts.only} | {one.by} - {""}
            if unknown := strange - set(known.codes):
                raise ValueError(f"{one.code}: {counts.measure} has no {', '.join(unknown)}")
        found[one.code] = one
    for one in found.values():
        if isinstance(one.source, Beside) and (unknown := set(one.source.codes) - found.keys()):
            raise ValueError(f"{one.code}: no figure is called {', '.join(sorted(unknown))}")
    INDICATORS.clear()
    INDICATORS.update(found)


def indicator_of(code: str) -> Indicator:
    """Return the indicator with this code; refuse one that there is not."""
    if code not in INDICATORS:
        raise IndicatorUnknown(_("This figure does not exist."))
    return INDICATORS[code]


def counts_of(source: Source) -> tuple[Counts, ...]:
    """Return what a source is computed from, of the tallies."""
    match source:
        case Flow(counts, less=Counts() as other) | Per(counts, twice=Counts() as other):
            return counts, other
        case Flow(counts) | Mean(counts) | Per(counts):
            return (counts,)
        case Ever(parts):
            return tuple(counts for _name, counts in parts)
        case Level(came, went):
            return (came,) if went is None else (came, went)
        case Share(part, whole):
            return part, whole
        case _:
            return ()
