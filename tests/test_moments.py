"""A moment that another program told is one in every zone, or none."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from balise.foundation import moments

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "2026-02-30T10:00+00:00", "2026-12-01T10:00", "2026-12-01"),
        *("0001-01-01T00:00+14:00", "0001-12-31T00:00Z", "9999-12-31T23:00-12:00"),
    ],
)
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        moments.read(text)


@pytest.mark.parametrize("value", [None, 1, 1.5, True, [], {}])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="a moment is a text"):
        moments.read(value)


def test_a_moment_is_in_utc() -> None:
    assert moments.read("2026-12-01T10:00+14:00") == datetime(2026, 11, 30, 20, tzinfo=UTC)
    assert moments.read("2026-12-01T10:00Z").tzinfo is UTC


def test_without_a_zone_it_is_in_the_one_given() -> None:
    assert moments.read("2026-12-01T10:00", zone=PARIS) == datetime(2026, 12, 1, 9, tzinfo=UTC)
    with pytest.raises(ValueError, match="some zone"):
        moments.read("0001-01-01T00:00", zone=PARIS)


@pytest.mark.parametrize("text", ["0002-01-01T00:00Z", "9998-12-31T23:59Z"])
def test_the_first_and_the_last_are_days_in_every_zone(text: str) -> None:
    for zone in ("Etc/GMT+12", "Etc/GMT-14"):
        moments.read(text).astimezone(ZoneInfo(zone))
