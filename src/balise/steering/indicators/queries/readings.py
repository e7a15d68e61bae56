"""What the last readings of a series say."""

from datetime import date, datetime, time, timedelta

from balise.foundation import clock
from balise.steering.indicators.rules.values import Part
from balise.steering.readings import queries as readings


def things(series: str, on: date, *, known_by: date | None) -> tuple[Part, ...]:
    """Return the last number of each thing of a series on a day, as known at the end of another."""
    moment = None
    if known_by:
        moment = datetime.combine(known_by + timedelta(days=1), time.min, tzinfo=clock.zone())
    found = readings.latest(series, on, known_by=moment)
    return tuple(Part(each.thing, each.quantity, 1, each.label) for each in found)
