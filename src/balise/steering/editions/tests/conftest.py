from collections.abc import Iterator
from dataclasses import replace

import pytest

from balise.foundation.journal import book
from balise.foundation.statistics import counting
from balise.foundation.statistics.indicators import INDICATORS, register
from balise.steering.indicators.tests.orchard import EVERY, MEASURES, protect

# Pages of the template ask for these: here they count fruit.
AS = {"HOT-REP": "PICK-N", "HEL-CON": "TREES", "REM-N": "PICK-G"}


@pytest.fixture(autouse=True)
def orchard(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Count fruit under the codes of some of the template's figures."""
    monkeypatch.setattr(book, "SUBSCRIPTIONS", {})
    monkeypatch.setattr("balise.foundation.journal.clerk.SUBSCRIPTIONS", book.SUBSCRIPTIONS)
    for module in ("measures", "counting", "queries", "coverage", "indicators"):
        monkeypatch.setattr(f"balise.foundation.statistics.{module}.MEASURES", MEASURES)
    before = list(INDICATORS.values())
    known = {one.code: one for one in EVERY}
    register(replace(known[mine], code=code, name=f"Figure {code}") for code, mine in AS.items())
    protect(monkeypatch)
    counting.connect()
    yield
    INDICATORS.clear()
    INDICATORS.update({one.code: one for one in before})
