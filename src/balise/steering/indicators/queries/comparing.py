"""Values beside those of another period."""

from collections.abc import Sequence
from datetime import date

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.statistics.indicators import indicator_of
from balise.steering.indicators import ports
from balise.steering.indicators.queries.values import breaks_of, noted, values
from balise.steering.indicators.rules.values import Ask, Compared
from balise.steering.rules.periods import Against, Period, compared


def beside(period: Period, against: Against, *, known_by: date | None = None) -> Period | None:
    """Return what a period is compared with, as far as it is over on a day, or today."""
    until = min(known_by or clock.today(), clock.today())
    return compared(period, against, until=until, days=ports.day_of_edition.ask)


def compared_values(
    codes: Sequence[str],
    period: Period,
    *,
    against: Against = Against.YEAR_BEFORE,
    known_by: date | None = None,
    steps: bool = False,
    parts: bool = False,
    by: str = "",
    seen_by: Actor,
) -> tuple[Compared, ...]:
    """Return indicators for a period, each beside what it is compared with; parts `by` a code.

    What was known of the other period is what is known now, or on the same day.
    """
    other = beside(period, against, known_by=known_by)
    asks = [Ask(code, period, parts=parts, steps=steps, by=by) for code in codes]
    if other:
        asks += [Ask(code, other, parts=parts, steps=steps, by=by) for code in codes]
    found = values(asks, known_by=known_by, seen_by=seen_by)
    rows = noted()
    return tuple(
        Compared(
            found[place],
            found[len(codes) + place] if other else None,
            breaks_of(indicator_of(code), rows, (other or period).first, period.last),
        )
        for place, code in enumerate(codes)
    )
