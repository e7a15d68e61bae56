"""Parts of a page that other modules fill; the page knows none of them.

A module's card says which pages it adds to (`parts`), by the page's name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from balise.foundation.actors import Actor


@dataclass(frozen=True, slots=True)
class Part:
    """A template, and what it reads as `part`; `style` is a style sheet of its module."""

    template: str
    shows: object
    style: str = ""


# Given what the page is about and who asks; None where there is nothing to show.
type Fill = Callable[[Any, Actor], Part | None]

_FILLS: dict[str, list[Fill]] = defaultdict(list)


def arrange(cards: Iterable[Mapping[str, Fill]]) -> None:
    """Set what the modules add to pages, in their order; the centre's start calls it once."""
    _FILLS.clear()
    for parts in cards:
        for page, fill in parts.items():
            _FILLS[page].append(fill)


def parts_of(page: str, about: object, *, seen_by: Actor) -> list[Part]:
    """Return what other modules show on a page to someone, about one thing."""
    return [part for fill in _FILLS.get(page, ()) if (part := fill(about, seen_by))]
