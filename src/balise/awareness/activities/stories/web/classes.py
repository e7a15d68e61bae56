"""Class mode: one screen, hands that are counted and not kept, no pupil's device."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext

from balise.awareness.activities.stories.actions import playing
from balise.awareness.activities.stories.actions.playing import NotOffered
from balise.awareness.activities.stories.queries import Published, plays, published
from balise.awareness.activities.stories.queries.plays import Held, Seen
from balise.awareness.activities.stories.rules.hands import Tie, most
from balise.awareness.activities.stories.rules.session import MINUTE, RULES
from balise.awareness.activities.stories.rules.words import Mode
from balise.awareness.activities.stories.web import shown
from balise.awareness.activities.stories.web.addresses import address, go, held_of
from balise.awareness.activities.stories.web.faulty import played
from balise.foundation.web.attempts import attempt
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import paced

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
