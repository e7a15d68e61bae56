import pytest

from balise.foundation.journal import book
from balise.foundation.statistics import counting, measures
from balise.foundation.statistics.tests.makers import PICKED, WEIGHED


@pytest.fixture(autouse=True)
def orchard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count fruit, and nothing else, for the length of a test."""
    monkeypatch.setattr(book, "SUBSCRIPTIONS", {})
    monkeypatch.setattr("balise.foundation.journal.clerk.SUBSCRIPTIONS", book.SUBSCRIPTIONS)
    known = {PICKED.name: PICKED, WEIGHED.name: WEIGHED}
    for module in (
        "measures",
        "counting",
        "queries",
        "coverage",
        "telling",
        "management.commands.statistics",
    ):
        monkeypatch.setattr(f"balise.foundation.statistics.{module}.MEASURES", known)
    assert measures.MEASURES is known
    counting.connect()
