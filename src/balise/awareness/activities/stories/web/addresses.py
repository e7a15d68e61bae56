"""The address of a page, with the place in the story: no cookie and no account says it.

The place is signed; the choices since stand beside it, for a browser that plays adds its own.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponseRedirect
from django.urls import reverse

from balise.awareness.activities.stories.queries.plays import Held
from balise.awareness.activities.stories.rules.places import Place
from balise.awareness.activities.stories.rules.saves import SaveFaulty
from balise.foundation.finding import NotHere
from balise.foundation.signed import SignedState
from balise.foundation.web.doors import Request


class PlaceLost(NotHere):
    """The address leads to no place of this story: cut short, another story’s, or made up."""


AT: Final = "at"
THEN: Final = "then"
_ENOUGH: Final = 3_000  # characters of a place: older checkpoints are left out beyond
_places = SignedState("balise.awareness.stories.place", longest=8_000)
_words = SignedState("balise.awareness.stories.words", lasts=timedelta(hours=1))


def token(held: Held) -> str:
    """Return a place, signed, short enough for an address."""
    kept = {} if held.kept is None else {"i": held.kept.hex}
    place = held.place
    while True:
        made = _places.token({**place.told(), **kept})
        if len(made) <= _ENOUGH or len(place.save.marks) < 2:  # noqa: PLR2004 - the last one stays
            return made
        place = replace(place, save=replace(place.save, marks=place.save.marks[1:]))


def address(name: str, held: Held, **more: str) -> str:
    """Return the address of a page for a place."""
    pairs = [(AT, token(held)), *((THEN, each) for each in held.place.since), *more.items()]
    return f"{reverse(f'stories:{name}', args=(held.place.story,))}?{urlencode(pairs)}"


def go(name: str, held: Held, **more: str) -> HttpResponseRedirect:
    """Go on to a page with a place."""
    return HttpResponseRedirect(address(name, held, **more))


def held_of(request: Request, slug: str) -> Held:
    """Return the place of an address. Raises PlaceLost for one that has none of this story."""
    try:
        told = _places.read(request.GET.get(AT, ""))
        kept = UUID(told["i"]) if "i" in told else None
        place = Place.read(told, request.GET.getlist(THEN))
    except (NotHere, SaveFaulty, ValueError):
        raise PlaceLost from None
    if place.story != slug:
        raise PlaceLost
    return Held(place, kept)


def words_token(words: list[str]) -> str:
    """Return six words for the address of the page that shows them."""
    return _words.token(words)


def read_words(token: str) -> list[str]:
    """Return the words that a page is to show, within the hour. Raises NotHere."""
    words: list[str] = _words.read(token)
    return words
