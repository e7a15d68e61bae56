from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from balise.foundation import clock
from balise.foundation.journal import book
from balise.foundation.statistics import boards, counting, indicators
from balise.foundation.statistics.tests.makers import classify
from balise.steering.boards.tests.boards import BOARD, MEASURES, OTHER, SEEN_N

ORDINARY = datetime(2026, 11, 18, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def day(request: pytest.FixtureRequest) -> Iterator[datetime]:
    """Give a moment: an ordinary one, unless a test asks for its own."""
    moment: datetime = getattr(request, "param", ORDINARY)
    with clock.at(moment):
        yield moment


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
    classify(monkeypatch, MEASURES, told_of=[SEEN_N], boards=[BOARD, OTHER])
    counting.connect()
