import pytest

from balise.foundation.journal import book


@pytest.fixture(autouse=True)
def only_our_own_subscribers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out those that the wiring subscribed: these tests count what is handed over."""
    monkeypatch.setattr(book, "SUBSCRIPTIONS", {})
    monkeypatch.setattr("balise.foundation.journal.clerk.SUBSCRIPTIONS", book.SUBSCRIPTIONS)
