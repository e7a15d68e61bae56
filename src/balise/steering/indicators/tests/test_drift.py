"""What drifts, and what may explain it."""

from datetime import date
from decimal import Decimal

import pytest

from balise.foundation.statistics.quantities import Quantity
from balise.steering.indicators.rules.drift import Cause, drift
from balise.steering.indicators.rules.values import Stepped
from balise.steering.rules.leaving import Break
from balise.steering.rules.periods import Period, steps

YEAR = steps(Period(date(2023, 1, 1), date(2023, 12, 31)))
WIDER = Break(date(2023, 4, 3), {"fr": "7 j/7", "en": "every day"})


def months(*numbers: int) -> list[Stepped]:
    return [
        Stepped(period, Quantity(Decimal(number)), None)
        for period, number in zip(YEAR, numbers, strict=False)
    ]


@pytest.mark.parametrize(
    ("numbers", "breaks", "cause"),
    [
        ((100, 110, 90, 0), (WIDER,), Cause.STOPPED),
        ((100, 110, 90, 190), (WIDER,), Cause.BREAK),
        ((100, 110, 90, 190), (), Cause.UNKNOWN),
        ((100, 110, 90, 30), (), Cause.UNKNOWN),
    ],
)
def test_a_far_step_has_its_likely_cause(
    numbers: tuple[int, ...], breaks: tuple[Break, ...], cause: Cause
) -> None:
    found = drift(months(*numbers), breaks, over=4)
    assert found is not None
    assert found.cause is cause
    assert found.period == YEAR[3]


BEGAN = ("MARS", "Une campagne", date(2023, 3, 28), date(2023, 4, 20))
ENDED = ("HIVER", "Une autre", date(2023, 1, 10), date(2023, 3, 20))


@pytest.mark.parametrize(
    ("last", "breaks", "cause", "named"),
    [
        (190, (), Cause.CAMPAIGN, (BEGAN,)),
        (30, (), Cause.CAMPAIGN, (ENDED,)),
        (190, (WIDER,), Cause.BREAK, (BEGAN,)),
        (0, (), Cause.STOPPED, (ENDED,)),
    ],
)
def test_a_campaign_that_began_explains_a_rise_and_one_that_ended_a_fall(
    last: int,
    breaks: tuple[Break, ...],
    cause: Cause,
    named: tuple[tuple[str, str, date, date], ...],
) -> None:
    found = drift(months(100, 110, 90, last), breaks, (BEGAN, ENDED), over=4)
    assert found is not None
    assert (found.cause, found.campaigns) == (cause, named)


@pytest.mark.parametrize("numbers", [(100, 110, 90, 120), (4, 3, 5, 12), (100, 200), ()])
def test_what_varies_a_little_or_is_little_is_no_drift(numbers: tuple[int, ...]) -> None:
    assert drift(months(*numbers), (), over=4) is None


def test_the_step_that_runs_is_not_looked_at() -> None:
    assert drift(months(100, 110, 90, 100, 3), (), over=4) is None
