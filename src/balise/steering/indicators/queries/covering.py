"""Until when what indicators count was counted."""

from collections.abc import Iterable

from balise.foundation.statistics.coverage import coverage
from balise.foundation.statistics.indicators import indicator_of
from balise.foundation.statistics.rules import Coverage


def covered(codes: Iterable[str]) -> Coverage:
    """Return until when all that these indicators count was counted, in a handful of queries."""
    return coverage({name for code in codes for name in indicator_of(code).measures})
