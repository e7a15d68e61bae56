"""Whoever looks for silent seats counts by the clock that their signs are written by."""

from datetime import datetime, timedelta

import pytest

from balise.foundation import clock
from balise.helpline.queue import tasks
from balise.helpline.queue.actions import claiming
from balise.helpline.queue.tasks import SeatWatch


@pytest.mark.safety
@pytest.mark.parametrize("minutes", [-3, 3])
def test_a_process_whose_clock_is_wrong_hears_since_the_moment_of_the_database(
    monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    heard: list[datetime | None] = []

    def note(*, hears_since: datetime | None = None) -> int:
        heard.append(hears_since)
        return 0

    monkeypatch.setattr(clock._Database, "ahead", timedelta(minutes=minutes))
    monkeypatch.setattr(tasks, "measure", lambda: None)
    monkeypatch.setattr(claiming, "return_vanished", note)
    monkeypatch.setattr(claiming, "free_for_danger", lambda: 0)
    SeatWatch().look()
    (since,) = heard
    assert since is not None
    assert abs(since - clock.of_database()) < timedelta(minutes=1)
