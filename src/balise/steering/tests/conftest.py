import pytest

from balise.foundation.journal import book
from balise.foundation.statistics import boards, counting
from balise.steering.tests.boards import BOARD, OTHER, SEEN, TOOK


@pytest.fixture(autouse=True)
def garden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count what is seen in the garden, and show its boards, for the length of a test."""
    monkeypatch.setattr(book, "SUBSCRIPTIONS", {})
    monkeypatch.setattr("balise.foundation.journal.clerk.SUBSCRIPTIONS", book.SUBSCRIPTIONS)
    for module in ("measures", "counting", "queries", "coverage"):
        monkeypatch.setattr(
            f"balise.foundation.statistics.{module}.MEASURES", {SEEN.name: SEEN, TOOK.name: TOOK}
        )
    monkeypatch.setattr(boards, "_BOARDS", {BOARD.code: BOARD, OTHER.code: OTHER})
    counting.connect()
