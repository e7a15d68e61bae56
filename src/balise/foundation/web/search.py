"""Search for staff: pages by their names, and what each module finds by a number or an address.

What someone searched for is a secret where it is an address: it is posted, and kept nowhere.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.web import navigation
from balise.foundation.web.navigation import Wording

MOST = 5  # results of one kind: who finds more is led to its list
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """One result: its name, a line beside it, its page. Nothing encrypted stands in it."""

    label: Wording
    url: str
    says: Wording = ""


@dataclass(frozen=True, slots=True)
class Search:
    """A kind of things that staff with an ability find, by words without spaces around them."""

    label: Wording
    ability: str
    find: Callable[[str, Actor], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Group:
    """The results of one kind, MOST at most."""

    label: Wording
    results: tuple[Found, ...]


_searches: list[Search] = []


def arrange(searches: Iterable[Search]) -> None:
    """Set what is searched, in its order; the centre's start calls it once."""
    _searches[:] = searches


def found(words: str, *, seen_by: Actor) -> Sequence[Group]:
    """Return what an actor finds, kinds without results left out; without words, their pages."""
    wanted = words.strip()[:LONGEST]
    groups = [Group(_("Pages"), tuple(_pages(_plain(wanted).split(), seen_by)))]
    if wanted:
        for search in _searches:
            if seen_by.may(search.ability):
                results = tuple(search.find(wanted, seen_by))[:MOST]
                groups.append(Group(search.label, results))
    return [group for group in groups if group.results]


def _pages(wanted: Sequence[str], actor: Actor) -> Iterable[Found]:
    """Yield the pages of an actor's navigation that have each word in their name."""
    for way in navigation.staff_ways(actor):
        name = _plain(str(way.entry.label))
        if all(word in name for word in wanted):
            yield Found(way.entry.label, way.url, way.entry.says)


def _plain(text: str) -> str:
    """Return a text in small letters, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
