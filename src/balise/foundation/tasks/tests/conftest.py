from collections.abc import Iterator

import pytest

from balise.foundation.journal import book
from balise.foundation.tasks import schedule
from balise.foundation.tasks.tests.workers import Workers


@pytest.fixture(autouse=True)
def nothing_but_our_own_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what the wiring subscribed and scheduled."""
    monkeypatch.setattr(schedule, "SCHEDULE", {})
    monkeypatch.setattr(book, "SUBSCRIPTIONS", {})
    monkeypatch.setattr("balise.foundation.journal.clerk.SUBSCRIPTIONS", book.SUBSCRIPTIONS)


@pytest.fixture
def workers() -> Iterator[Workers]:
    """Start workers; what still runs is ended after the test."""
    started = Workers()
    yield started
    started.end()
