"""How a queue behaves with so many seats: Erlang B, C and A.

Contacts arrive at random (Poisson), take an exponential time, and are served in order.
- **B** (Erlang 1917): a contact that finds no free seat is lost.
- **C** (Erlang 1917): everyone waits as long as it takes; without enough seats the queue grows for
  ever.
- **A** (Palm 1943): who waits gives up after an exponential patience. The one to plan a helpline
  with: it stays true when there are too few seats. The time that someone of endless patience would
  wait is that of Baccelli and Hébuterne (1981); so used by Mandelbaum and Zeltyn (2007).
"""

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, exp, isfinite, log

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused

MOST_SEATS = 10_000
_STEPS = 1_000  # of Simpson's rule; the integrand is smooth
_NOTHING = 45  # below the highest state by so much, as logarithm: a state that no longer counts


class Model(StrEnum):
    """The three models."""

    A = "a"
    B = "b"
    C = "c"


class LoadFaulty(Refused, code="load-faulty"):
    """A rate, a duration or a share that no queue has."""


class TargetOutOfReach(Refused, code="target-out-of-reach"):
    """No number of seats up to `MOST_SEATS` reaches the target."""


@dataclass(frozen=True, slots=True)
class Load:
    """What arrives: contacts an hour, seconds of work for each, seconds of patience (model A)."""

    per_hour: float
    handling_s: float
    patience_s: float | None = None

    def __post_init__(self) -> None:
        durations = [self.handling_s, *([] if self.patience_s is None else [self.patience_s])]
        if not (isfinite(self.per_hour) and self.per_hour >= 0):
            raise LoadFaulty(_("Contacts per hour: enter 0 or more."))
        if not all(isfinite(one) and one > 0 for one in durations):
            raise LoadFaulty(_("Enter a duration above 0."))

    @property
    def erlangs(self) -> float:
        """Seats that would be busy if nobody ever waited or gave up."""
        return self.per_hour * self.handling_s / 3600


@dataclass(frozen=True, slots=True)
class Target:
    """The share of all contacts (0 to 1) that is answered within so many seconds."""

    share: float
    within_s: float

    def __post_init__(self) -> None:
        if not (0 < self.share < 1 and isfinite(self.within_s) and self.within_s >= 0):
            raise LoadFaulty(
                _("A target is a share under 100 % and a number of seconds: 80/60, for instance.")
            )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What so many seats give. Shares are of all contacts, those lost included.

    `mean_wait_s` is over all contacts, in seconds; None where the queue grows without end. `lost`
    are those who give up (A) or find no seat (B).
    """

    p_wait: float
    p_abandon: float
    occupancy: float
    mean_wait_s: float | None
    service_level: float


def blocked(seats: int, erlangs: float) -> float:
    """Return the share that finds no free seat in Erlang's model B, by its recurrence."""
    share = 1.0
    for seat in range(1, seats + 1):
        share = erlangs * share / (seat + erlangs * share)
    return share


def outcome(model: Model, load: Load, seats: int, *, within_s: float = 60) -> Outcome:
    """Return what so many seats give; `service_level` counts answers within `within_s` seconds."""
    if seats < 0:
        raise LoadFaulty(_("Positions: enter 0 or more."))
    if load.per_hour == 0:
        return Outcome(0.0, 0.0, 0.0, 0.0, 1.0)
    return _MODELS[model](load, seats, within_s)


def seats_for(
    model: Model, load: Load, target: Target, *, max_occupancy: float | None = None
) -> int:
    """Return the fewest seats that reach the target, and keep listeners' occupancy bearable."""
    if max_occupancy is not None and not 0 < max_occupancy <= 1:
        raise LoadFaulty(_("Occupancy is a share between 0 and 1."))

    def reaches(seats: int) -> bool:
        found = outcome(model, load, seats, within_s=target.within_s)
        bearable = max_occupancy is None or found.occupancy <= max_occupancy
        return found.service_level >= target.share and bearable

    # One more seat is never worse, except from none at all, where nobody is busy either.
    few, many = 0, 1
    while not reaches(many):
        if many == MOST_SEATS:
            raise TargetOutOfReach(_("No number of positions reaches this target."))
        few, many = many, min(many * 2, MOST_SEATS)
    return bisect_left(range(many + 1), 1, lo=few, hi=many, key=reaches)


def rostered(seats: int, *, shrinkage: float) -> int:
    """Return how many people to plan so that `seats` sit: the rest is breaks, notes, leave."""
    if not 0 <= shrinkage < 1:
        raise LoadFaulty(_("Shrinkage is a share, from 0 to less than 1."))
    # A hair less, so that 7 / 0.7 is ten people and not eleven.
    return ceil(seats / (1 - shrinkage) - 1e-9)


def _erlang_b(load: Load, seats: int, _within_s: float) -> Outcome:
    lost = blocked(seats, load.erlangs)
    busy = load.erlangs * (1 - lost) / seats if seats else 0.0
    return Outcome(0.0, lost, busy, 0.0, 1 - lost)


def _erlang_c(load: Load, seats: int, within_s: float) -> Outcome:
    erlangs = load.erlangs
    if seats <= erlangs:
        return Outcome(1.0, 0.0, 1.0, None, 0.0)
    b = blocked(seats, erlangs)
    p_wait = b / (1 - (erlangs / seats) * (1 - b))
    spare = (seats - erlangs) / load.handling_s  # ends of work a second, beyond the arrivals
    return Outcome(
        p_wait=p_wait,
        p_abandon=0.0,
        occupancy=erlangs / seats,
        mean_wait_s=p_wait / spare,
        service_level=1 - p_wait * exp(-spare * within_s),
    )


def _erlang_a(load: Load, seats: int, within_s: float) -> Outcome:
    if load.patience_s is None:
        raise LoadFaulty(_("Model A needs the patience of people waiting."))
    none_free = blocked(seats, load.erlangs)
    if none_free == 0:  # too small for a float
        return Outcome(0.0, 0.0, load.erlangs / seats, 0.0, 1.0)
    arrivals, leaving = load.per_hour / 3600, 1 / load.patience_s
    ending = seats / load.handling_s  # a second, when every seat is busy
    # States relative to “every seat busy, nobody waits”; those below it and itself sum to 1 / B.
    queue = _queue(arrivals, ending, leaving)
    highest = max(0.0, -log(none_free), *queue)  # as logarithms: some are huge
    shares = [exp(state - highest) for state in queue]
    whole = exp(-log(none_free) - highest) + sum(shares)
    p_wait = (exp(-highest) + sum(shares)) / whole
    waiting = sum(people * share for people, share in enumerate(shares, 1)) / whole
    p_abandon = min(leaving * waiting / arrivals, 1.0)
    start = -highest - log(whole)

    def answered_at(x: float) -> float:
        """Density of answers after x seconds, a second."""
        patient = exp(-leaving * x)
        return ending * patient * exp(arrivals / leaving * (1 - patient) - ending * x + start)

    return Outcome(
        p_wait=p_wait,
        p_abandon=p_abandon,
        occupancy=load.erlangs * (1 - p_abandon) / seats if seats else 0.0,
        mean_wait_s=p_abandon * load.patience_s,
        service_level=min(1 - p_wait + _integral(answered_at, within_s), 1.0),
    )


def _queue(arrivals: float, ending: float, leaving: float) -> list[float]:
    """Return the logarithms of the states with 1, 2, 3… who wait, while they count at all."""
    states: list[float] = []
    state = highest = 0.0
    while state > highest - _NOTHING:
        state += log(arrivals / (ending + (len(states) + 1) * leaving))
        highest = max(highest, state)
        states.append(state)
    return states


def _integral(density: Callable[[float], float], end: float) -> float:
    """Return the integral from 0 to `end`, by Simpson's rule."""
    if end == 0:
        return 0.0
    step = end / _STEPS
    odd = sum(density(step * at) for at in range(1, _STEPS, 2))
    even = sum(density(step * at) for at in range(2, _STEPS, 2))
    return (density(0) + density(end) + 4 * odd + 2 * even) * step / 3


_MODELS: dict[Model, Callable[[Load, int, float], Outcome]] = {
    Model.A: _erlang_a,
    Model.B: _erlang_b,
    Model.C: _erlang_c,
}
