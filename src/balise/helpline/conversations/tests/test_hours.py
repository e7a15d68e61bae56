"""The chat is open when the schedule of that day says so and someone is seated."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from balise.helpline.conversations.rules.hours import Why, is_after_hours, open_state, schedule

PARIS = ZoneInfo("Europe/Paris")
HOURS = schedule("fr", zone="Europe/Paris")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("moment", "seats", "why"),
    [
        ("2026-11-24T09:00", 1, Why.OPEN),
        ("2026-11-24T08:59", 1, Why.OUT_OF_HOURS),
        ("2026-11-24T22:59", 1, Why.OPEN),
        ("2026-11-24T23:00", 1, Why.OUT_OF_HOURS),
        ("2026-11-24T12:00", 0, Why.NOBODY),
        ("2023-02-07T21:00", 3, Why.OUT_OF_HOURS),
        ("2023-02-08T21:00", 3, Why.OPEN),
        ("2023-02-05T12:00", 3, Why.OUT_OF_HOURS),  # a Sunday
        ("2026-10-25T22:30", 1, Why.OPEN),  # the day of twenty-five hours
    ],
)
def test_open(moment: str, seats: int, why: Why) -> None:
    assert open_state(at(moment), HOURS, seats).why is why


def test_closed_says_when_it_opens() -> None:
    assert open_state(at("2026-11-24T23:30"), HOURS, 0).opens_at == at("2026-11-25T09:00")
    assert open_state(at("2026-11-24T03:00"), HOURS, 0).opens_at == at("2026-11-24T09:00")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24T22:59", False),
        ("2026-11-24T23:29", False),
        ("2026-11-24T23:30", True),
        ("2026-11-25T08:59", True),
        ("2026-11-25T09:00", False),
    ],
)
def test_half_an_hour_after_closing_it_is_after_hours(moment: str, *, expected: bool) -> None:
    assert is_after_hours(at(moment), HOURS) is expected
