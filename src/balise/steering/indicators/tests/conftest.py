import pytest

from balise.foundation.journal import book
from balise.foundation.statistics import counting, indicators
from balise.steering.indicators.tests.orchard import EVERY, MEASURES, protect


@pytest.fixture(autouse=True)
def orchard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count fruit, and know its indicators alone, for the length of a test."""
    monkeypatch.setattr(book, "SUBSCRIPTIONS", {})
    monkeypatch.setattr("balise.foundation.journal.clerk.SUBSCRIPTIONS", book.SUBSCRIPTIONS)
    for module in ("measures", "counting", "queries", "coverage", "indicators"):
        monkeypatch.setattr(f"balise.foundation.statistics.{module}.MEASURES", MEASURES)
    for code in list(indicators.INDICATORS):
        monkeypatch.delitem(indicators.INDICATORS, code)
    for one in EVERY:
        monkeypatch.setitem(indicators.INDICATORS, one.code, one)
    protect(monkeypatch)
    counting.connect()
