"""Ages in years, and the bands that are derived from them.

Years are kept where a person gave them; where they gave none, a band may be all that is known. No
band of today crosses an age at which the law changes what one may consent to (the pack's
`age_edges`).
"""

from collections.abc import Iterable
from typing import Protocol

OLDEST = 120  # years

type Span = tuple[int, int]  # the first and the last year


class Band(Protocol):
    """A code of a list; `span` is None for one that says no age."""

    @property
    def code(self) -> str: ...
    @property
    def span(self) -> Span | None: ...


def band_of(years: int, bands: Iterable[Band]) -> str:
    """Return the code of the first band that holds an age; "" where none does."""
    return next((one.code for one in bands if one.span and one.span[0] <= years <= one.span[1]), "")


def band_around(span: Span, bands: Iterable[Band]) -> str:
    """Return the code of the band that holds a whole span; "" where it cannot be derived."""
    first, last = (band_of(years, bands) for years in span)
    return first if first == last else ""


def crosses(span: Span, edges: Iterable[int]) -> bool:
    """Return whether a band holds ages on both sides of one at which the law changes."""
    return any(span[0] < edge <= span[1] for edge in edges)
