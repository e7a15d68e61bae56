"""Which answer a class gives, by the hands that were counted. Pure; no count goes any further."""

from collections.abc import Sequence
from typing import Final

_LONGEST: Final = 3  # digits


class Tie(ValueError):
    """No answer has more hands than each other one."""


def most(hands: Sequence[str]) -> int:
    """Return the place of the answer with the most hands. Raises Tie.

    What is no number counts for none.
    """
    counts = [int(each) if _is_number(each) else 0 for each in map(str.strip, hands)]
    best = max(counts, default=0)
    if not best or counts.count(best) > 1:
        raise Tie
    return counts.index(best)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST
