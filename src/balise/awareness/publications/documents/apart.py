"""Drawing a paper in a child with limits: what is in it was typed by people."""

from collections.abc import Mapping
from typing import Any, Final

import orjson

from balise.awareness.publications.documents.printing import printed
from balise.foundation.limited.calling import Answered, Limits, call
from balise.foundation.limited.lanes import PAPERS

# Addresses, most of which the library of documents is mapped to; it uses some 100 MB.
LIMITS: Final = Limits(processor=30, memory=2 << 30, time=120, answer=40_000_000)


class NotPrinted(RuntimeError):
    """A document could not be drawn within its limits."""


def drawn(told: Mapping[str, Any]) -> bytes:
    """Return a paper as PDF. Raises NotPrinted and LaneFull."""
    with PAPERS.turn():
        outcome = call(printed, orjson.dumps(told), limits=LIMITS)
    if not isinstance(outcome, Answered):
        raise NotPrinted(str(outcome))
    return outcome.octets
