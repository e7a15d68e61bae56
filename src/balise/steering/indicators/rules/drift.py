"""Whether the last step of a series is far from those before it, and what may explain it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from balise.steering.indicators.rules.values import Stepped
from balise.steering.rules.leaving import Break
from balise.steering.rules.periods import Period

type Campaign = tuple[str, str, date, date]  # its code, its name, its first and its last day

# Fewer steps, or fewer things in each, vary by chance.
_FEWEST_STEPS = 3
_FEWEST = 20
_FAR = Decimal("0.5")


class Cause(StrEnum):
    """What may explain it."""

    STOPPED = "stopped"  # nothing at all came: a source may have stopped
    BREAK = "break"  # a break is in the step, or just before it
    CAMPAIGN = "campaign"  # a campaign began before a rise, or ended before a fall
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Drift:
    """A step that is far from the mean of those before it; `share` is 0.6 where it is 60% more."""

    period: Period
    share: Decimal
    cause: Cause
    breaks: tuple[Break, ...] = ()
    campaigns: tuple[Campaign, ...] = ()


def drift(
    steps: Sequence[Stepped],
    breaks: Sequence[Break],
    campaigns: Sequence[Campaign] = (),
    *,
    over: int,
) -> Drift | None:
    """Return how far the last whole step is from those before it; None where it is not far.

    The first `over` steps are over; the one that runs is not looked at. A break explains more than
    a campaign, and nothing at all is no campaign's doing.
    """
    known = [step for step in steps[:over] if step.quantity is not None]
    if len(known) <= _FEWEST_STEPS:
        return None
    *before, last = known
    mean = sum((_value(step) for step in before), Decimal()) / len(before)
    if mean < _FEWEST:
        return None
    share = (_value(last) - mean) / mean
    if abs(share) < _FAR:
        return None
    near = tuple(each for each in breaks if before[-1].period.first <= each.on <= last.period.last)
    ran = _near(campaigns, before[-1].period, last.period, rises=share > 0)
    cause = Cause.BREAK if near else Cause.CAMPAIGN if ran else Cause.UNKNOWN
    if not _value(last):
        cause = Cause.STOPPED
    return Drift(last.period, share, cause, near, ran)


def _near(
    campaigns: Sequence[Campaign], before: Period, last: Period, *, rises: bool
) -> tuple[Campaign, ...]:
    """Return the campaigns that began in a step that rises or in the one before, and ran in it.

    For a fall, those that ended in the step before.
    """
    if rises:
        return tuple(
            one for one in campaigns if before.first <= one[2] <= last.last and one[3] >= last.first
        )
    return tuple(one for one in campaigns if before.first <= one[3] < last.first)


def _value(step: Stepped) -> Decimal:
    return step.quantity.value if step.quantity else Decimal()
