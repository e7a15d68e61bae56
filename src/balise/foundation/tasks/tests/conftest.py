import pytest

from balise.foundation.journal import book
from balise.foundation.tasks import schedule


@pytest.fixture(autouse=True)
def nothing_but_our_own_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what the wiring subscribed and scheduled."""
    monkeypatch.setattr(schedule, "SCHEDULE", {})
    monkeypatch.setattr(book, "SUBSCRIPTIONS", {})
    monkeypatch.setattr("balise.foundation.journal.clerk.SUBSCRIPTIONS", book.SUBSCRIPTIONS)
