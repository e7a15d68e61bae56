"""Class mode: one screen, hands that are counted and not kept, no pupil's device."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import wraps
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext

from balise.awareness.activities.stories.actions import playing
from balise.awareness.activities.stories.actions.playing import NotOffered
from balise.awareness.activities.stories.queries import Published, plays, published
from balise.awareness.activities.stories.queries.plays import Held, Seen
from balise.awareness.activities.stories.rules.engine import StoryFaulty
from balise.awareness.activities.stories.rules.hands import Tie, most
from balise.awareness.activities.stories.rules.places import Mode, Place
from balise.awareness.activities.stories.rules.saves import SaveFaulty
from balise.awareness.activities.stories.rules.session import MINUTE, RULES
from balise.awareness.activities.stories.web import shown
from balise.foundation.failures import note
from balise.foundation.finding import NotHere
from balise.foundation.signed import SignedState
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced

# The address of a page, with the place in the story: no cookie and no account says it.
#
# The place is signed; the choices since stand beside it, for a browser that plays adds its own.


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


# A story that cannot be played, and an address that leads to no place of it, say so.
#
# With whom to call: nothing is lost by it.


_UNAVAILABLE = 503
_NOWHERE = 404


def played(view: Callable[[Request, str], HttpResponse]) -> Callable[[Request, str], HttpResponse]:
    """Return a view that answers 503 where the story fails, 404 where the address has no place.

    The log says where, not of whom.

    A choice is counted and kept after it is played, so the place stays the one before it.
    """

    @wraps(view)
    def safe(request: Request, slug: str) -> HttpResponse:
        try:
            return view(request, slug)
        except PlaceLost:
            lost = {"story": shown.card(published(slug).card)}
            return render(request, "stories/lost.html", lost, status=_NOWHERE)
        except StoryFaulty as error:
            context = {
                "story": shown.card(published(slug).card),
                "helps": shown.helps(),
                "reference": note(error, f"story {slug} {error.code}"),
            }
            return render(request, "stories/faulty.html", context, status=_UNAVAILABLE)

    return safe


_BEFORE = ("see", "skip")  # what was answered to the minute's pause
_UNPROCESSABLE = 422


@public.get
def before(request: Request, slug: str) -> HttpResponse:
    """Show the ten rules, and begin."""
    context = {"story": shown.card(published(slug).card), "rules": RULES}
    return render(request, "stories/class/before.html", context)


@public.post
@paced
def begin(request: Request, slug: str) -> HttpResponse:
    """Begin a story with a class."""
    place = playing.begin(story=published(slug), mode=Mode.CLASS, by=request.actor)
    return go("class_play", Held(place))


@public.form
@paced
@played
def play(request: Request, slug: str) -> HttpResponse:
    """Show a scene to a class, and take the answer with the most hands."""
    found, held = published(slug), held_of(request, slug)
    error = ""
    if request.method == "POST":
        now = plays.seen(found, held.place, language=shown.language())
        hands = [request.POST.get(f"hands-{nth}", "") for nth in range(len(now.scene.choices))]
        try:
            given = request.POST.get("choice", "")
            choice = given or now.scene.choices[most(hands)].id
        except Tie:
            error = pgettext(
                "class mode", "Two answers have as many hands, or none was counted. Count again."
            )
        else:
            return _chosen(request, found, held, choice)
    return _scene(request, found, held, error)


@public.get
@played
def pause(request: Request, slug: str) -> HttpResponse:
    """Stop for as long as the adult wants; a key goes on."""
    held = held_of(request, slug)
    context = {
        "story": shown.card(published(slug).card),
        "go": address("class_play", held, before="see"),
        "end": address("class_end", held),
        "seconds": 0,
    }
    return render(request, "stories/class/pause.html", context)


@public.get
@played
def end(request: Request, slug: str) -> HttpResponse:
    """End with a class that stops, or skips the rest: whom to talk to, and the same help."""
    found, held = published(slug), held_of(request, slug)
    context = {
        **_whole(found, ""),
        "back": address("class_play", held, before="see"),
    }
    return render(request, "stories/class/end.html", context)


def _chosen(request: Request, found: Published, held: Held, choice: str) -> HttpResponse:
    with attempt(request, conflict=NotOffered):
        held = playing.choose(story=found, held=held, choice=choice, by=request.actor)
    return go("class_play", held)


def _scene(request: Request, found: Published, held: Held, error: str) -> HttpResponse:
    now = plays.seen(found, held.place, language=shown.language())
    held = Held(now.place)
    answered = request.GET.get("before", "")
    if not now.scene.choices:
        return _last(request, found, now)
    tags = now.scene.tags
    if (tags.hard or (tags.triggers and now.place.nth > 1)) and answered not in _BEFORE:
        return _minute(request, found, now, held)
    context = {
        "story": shown.card(found.card),
        "skips": _skips(now),
        "scene": shown.scene(now, hidden=answered == "skip"),
        "where": shown.where(now),
        "here": address("class_play", held),
        "error": error,
        "moved": now.moved,
        "pause": address("class_pause", held),
        "back": _back(now),
        "end": address("class_end", held),
    }
    status = _UNPROCESSABLE if error else None
    return render(request, "stories/class/scene.html", context, status=status)


def _minute(request: Request, found: Published, now: Seen, held: Held) -> HttpResponse:
    """Wait for a minute before a hard scene."""
    context = {
        "story": shown.card(found.card),
        "where": pgettext("class mode", "Before scene %(nth)s") % {"nth": now.place.nth},
        "go": address("class_play", held, before="see"),
        "skip": address("class_play", held, before="skip"),
        "skips": _skips(now),
        "here": address("class_play", held),
        "end": address("class_end", held),
        "seconds": MINUTE,
    }
    return render(request, "stories/class/pause.html", context)


def _last(request: Request, found: Published, now: Seen) -> HttpResponse:
    context = {
        **_whole(found, now.scene.ending or "none"),
        "scene": shown.scene(now),
        "back": _back(now),
        "replay": address("class_play", Held(plays.again(now.place))),
    }
    return render(request, "stories/class/end.html", context)


def _whole(found: Published, code: str) -> dict[str, object]:
    ending = shown.ending(found, code)
    numbers = ending.help if ending else shown.helps()
    return {"story": shown.card(found.card), "ending": ending, "numbers": numbers}


def _skips(now: Seen) -> str:
    """Return the choice of the story itself that skips the scene, where it offers one."""
    code = f"{now.scene.name}.skip"
    return code if any(each.id == code for each in now.scene.choices) else ""


def _back(now: Seen) -> str:
    """Return the address of the scene before, as far as the last checkpoint."""
    place = now.place
    if not place.since:
        return ""
    return address("class_play", Held(plays.back(place)), before="see")
