"""Things that are followed and their readings, made the way the steering office makes them."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.statistics.quantities import Bound, Quantity
from balise.steering.readings import actions
from balise.steering.readings.rules.judging import (
    SHAPES,
    Facts,
    Network,
    ReadingTold,
    Series,
    Thing,
)


def make_followed(code: str = "facebook", kind: Thing = Thing.ACCOUNT, **facts: Any) -> UUID:
    """Return a thing that is followed: an account of the centre on Facebook."""
    said = {"name": code.title(), "network": Network.FACEBOOK, "owner": "Le centre", **facts}
    return actions.follow(
        kind=kind, code=code, facts=Facts(**said), by=make_actor("steering_office")
    )


def told(day: date, number: int, *, series: Series = Series.FOLLOWERS, **more: Any) -> ReadingTold:
    """Return a reading as it is entered; one of days is of that day alone."""
    has_span = SHAPES[series].has_span
    bound = more.pop("bound", Bound.EXACT)
    return ReadingTold(
        series=series,
        day=day,
        quantity=Quantity(Decimal(number), bound),
        **{"since": day if has_span else None, **more},
    )


def make_reading(followed: UUID, day: date, number: int, **more: Any) -> UUID:
    """Return a reading of a thing."""
    return actions.note(
        followed_id=followed, told=told(day, number, **more), by=make_actor("steering_office")
    )
