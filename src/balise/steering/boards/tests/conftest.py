import pytest

from balise.foundation.journal import book
from balise.foundation.statistics import boards, counting, indicators
from balise.steering.boards.tests.boards import BOARD, MEASURES, OTHER, SEEN_N


@pytest.fixture(autouse=True)
def garden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count what is seen in the garden, and show its boards, for the length of a test."""
    monkeypatch.setattr(book, "SUBSCRIPTIONS", {})
    monkeypatch.setattr("balise.foundation.journal.clerk.SUBSCRIPTIONS", book.SUBSCRIPTIONS)
    for module in ("measures", "counting", "queries", "coverage"):
        monkeypatch.setattr(f"balise.foundation.statistics.{module}.MEASURES", MEASURES)
    monkeypatch.setattr("balise.foundation.statistics.indicators.MEASURES", MEASURES)
    for code in list(indicators.INDICATORS):
        monkeypatch.delitem(indicators.INDICATORS, code)
    monkeypatch.setitem(indicators.INDICATORS, SEEN_N.code, SEEN_N)
    monkeypatch.setattr(boards, "_BOARDS", {BOARD.code: BOARD, OTHER.code: OTHER})
    counting.connect()
