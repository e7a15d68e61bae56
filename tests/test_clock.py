"""The time, and days of the centre's zone."""

from datetime import datetime, timedelta

import pytest

from balise.foundation import clock

A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "days", "then"),
    [
        # 00:01 in summer, and in the winter before; 23:59 in winter, and in the summer before.
        ("2027-04-30 22:01Z", 49, "2027-03-12 23:01Z"),
        ("2026-12-01 22:59Z", 95, "2026-08-28 21:59Z"),
        # Half past two, which the 28th of March 2027 does not have.
        ("2027-03-30 00:30Z", 2, "2027-03-28 01:30Z"),
    ],
)
def test_some_days_ago_it_was_as_late_and_as_many_days_before_today(
    now: str, days: int, then: str
) -> None:
    with clock.at(datetime.fromisoformat(now)):
        found = clock.ago(days * A_DAY)
        assert found.isoformat() == datetime.fromisoformat(then).isoformat()
        assert clock.day_of(found) == clock.today() - days * A_DAY
