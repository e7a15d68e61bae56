"""Stories, for anyone: every page works without a script, an account and a cookie."""

import json
from dataclasses import asdict
from hashlib import sha256
from io import BytesIO
from typing import Any, Final

from django import forms
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext, pgettext_lazy

from balise.awareness.activities.stories import queries
from balise.awareness.activities.stories.actions import playing
from balise.awareness.activities.stories.actions.playing import NotOffered
from balise.awareness.activities.stories.queries import Published, catalogue, plays, published
from balise.awareness.activities.stories.queries.plays import Held, Seen
from balise.awareness.activities.stories.rules.pictures import PICTURES, read_picture
from balise.awareness.activities.stories.rules.places import Keep, Mode
from balise.awareness.activities.stories.rules.sounds import kind
from balise.awareness.activities.stories.web import shown
from balise.awareness.activities.stories.web.classes import (
    address,
    go,
    held_of,
    played,
    read_words,
    words_token,
)
from balise.foundation.web.attempts import attempt, posted, status_of
from balise.foundation.web.doors import Request, public
from balise.foundation.web.fields import CodeField
from balise.foundation.web.pauses import paced
from balise.foundation.web.phrases import WordsForm
from balise.foundation.web.ranges import in_parts

# The forms of stories: where a play is kept, and the six words that open it.


KEEPS: Final = (
    (Keep.NOWHERE, pgettext_lazy("youth", "Everything goes away when you leave.")),
    (Keep.DEVICE, pgettext_lazy("youth", "Not if others use it. It needs JavaScript.")),
    (Keep.CODE, pgettext_lazy("youth", "To continue elsewhere, for 180 days.")),
)


class BeginForm(forms.Form):
    """Where the play is kept; the page draws it with what each means (`KEEPS`)."""

    keep = CodeField(Keep, label=pgettext_lazy("youth", "Keep your story?"))


class ResumeForm(WordsForm):
    """The six words of a play, for the young."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].label = pgettext("youth", "Your six words")


_TAG = 32  # characters that name the content of a sound
_SCRIPT = "application/json"
_SEE, _SKIP = "see", "skip"  # what was answered before a scene that has a notice


@public.get
def stories(request: Request) -> HttpResponse:
    """List the stories that are published."""
    found = [shown.card(each) for each in catalogue()]
    return render(request, "stories/catalogue.html", {"stories": found})


@public.get
@played
def story(request: Request, slug: str) -> HttpResponse:
    """Show a story: its first picture, what it speaks of, and where a play may be kept."""
    return _story(request, published(slug), BeginForm())


@public.post
@paced
def begin(request: Request, slug: str) -> HttpResponse:
    """Begin a story, kept where it was asked for."""
    found = published(slug)
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _story(request, found, form)
    kept: Keep = form.cleaned_data["keep"]
    place = playing.begin(story=found, mode=Mode.ALONE, keep=kept, by=request.actor)
    return _keep(request, Held(place)) if kept is Keep.CODE else go("play", Held(place))


@public.form
@paced
@played
def play(request: Request, slug: str) -> HttpResponse:
    """Show a scene, and take a choice; a browser that plays by itself is told where it is now."""
    found, held = published(slug), held_of(request, slug)
    if request.method == "POST":
        held = _chosen(request, found, held)
        if request.headers.get("Accept") == _SCRIPT:
            return JsonResponse({"address": address("play", held)})
        return go("play", held)
    now = plays.seen(found, held.place, language=shown.language())
    held = Held(now.place, held.kept)
    if not now.scene.choices:
        return _ending(request, found, now, held)
    answered = request.GET.get("before", "")
    if now.scene.tags.triggers and now.place.nth > 1 and answered not in {_SEE, _SKIP}:
        return _before(request, found, now, held)
    context = {
        **_tools(found, held),
        "story": shown.card(found.card),
        "scene": shown.scene(now, hidden=answered == _SKIP),
        "where": shown.where(now),
        "says": shown.says(),
        "moved": now.moved,
        "here": address("play", held),
        "state": json.dumps({"save": now.place.save.told(), "since": now.place.since}),
        "keep": now.place.keep,
        "told": reverse("stories:told", args=(slug,)),
    }
    return render(request, "stories/play.html", context)


@public.get
@played
def notebook(request: Request, slug: str) -> HttpResponse:
    """Show the clues that are found, and how many are not."""
    found, held = published(slug), held_of(request, slug)
    now = plays.seen(found, held.place, language=shown.language())
    many = len(found.about.clues)
    context = {
        "story": shown.card(found.card),
        "play": address("play", held),
        "found": now.clues,
        "hidden": range(len(now.clues) + 1, many + 1),
    }
    return render(request, "stories/notebook.html", context)


@public.get
@played
def pause(request: Request, slug: str) -> HttpResponse:
    """Show a calm page: go back, leave, or keep the play under six words."""
    held = held_of(request, slug)
    context = {
        "story": shown.card(published(slug).card),
        "play": address("play", held),
        "keep": address("keep", held) if held.kept is None else "",
    }
    return render(request, "stories/pause.html", context)


@public.get
@played
def help_page(request: Request, slug: str) -> HttpResponse:
    """Show the help of a story, as its endings do: to someone who plays, and who skips it."""
    found = published(slug)
    context = {
        "story": shown.card(found.card),
        "ending": shown.ending(found, ""),
        "helps": shown.helps(),
        "play": address("play", held_of(request, slug)) if "at" in request.GET else "",
    }
    return render(request, "stories/help.html", context)


@public.post
@paced
@played
def keep(request: Request, slug: str) -> HttpResponse:
    """Keep a play under six words, and go where they are shown."""
    published(slug)
    return _keep(request, held_of(request, slug))


@public.get
@played
def kept(request: Request, slug: str) -> HttpResponse:
    """Show the six words of a play; their page can be opened for an hour."""
    context = {
        "play": address("play", held_of(request, slug)),
        "words": " ".join(read_words(request.GET.get("said", ""))),
    }
    return render(request, "stories/kept.html", context)


@public.form
@paced
def resume(request: Request) -> HttpResponse:
    """Come back to a play with its six words."""
    form = ResumeForm(posted(request))
    if form.is_valid():
        with attempt(request, form):
            return go("play", playing.resume(**form.cleaned_data, by=request.actor))
    return render(request, "stories/resume.html", {"form": form}, status=status_of(form))


@public.get
def told(request: Request, slug: str) -> HttpResponse:  # noqa: ARG001 - a door hands every view its request
    """Give a browser what it needs to play: the compiled story, and the words of the language."""
    found = published(slug)
    answer = {
        "slug": slug,
        "hash": found.card.hash,
        "ink": found.compiled,
        "moves": asdict(found.about.moves),
        "words": found.words.get(shown.language(), {}),
        "clues": {each.code: str(each.title) for each in found.about.clues},
        "sounds": reverse("stories:sound", args=(slug, "name")).removesuffix("name"),
        "pictures": reverse("stories:picture", args=("name",)).removesuffix("name.svg"),
    }
    return JsonResponse(answer)


@public.get
def sound(request: Request, slug: str, name: str) -> HttpResponse:
    """Give a sound of a story, or the part of it that was asked for."""
    octets = queries.sound(slug, name)
    tag = sha256(octets).hexdigest()[:_TAG]
    return in_parts(request, BytesIO(octets), size=len(octets), kind=kind(name), tag=tag)


@public.get
def picture(request: Request, name: str) -> HttpResponse:  # noqa: ARG001 - as above
    """Give a picture of our stories."""
    if name not in PICTURES:
        raise Http404
    return HttpResponse(read_picture(name), content_type="image/svg+xml")


def _story(request: Request, found: Published, form: BeginForm) -> HttpResponse:
    context = {
        "story": shown.trailer(found),
        "form": form,
        "keeps": [{"code": each.value, "label": each.label, "says": says} for each, says in KEEPS],
        "play": reverse("stories:play", args=(found.card.slug,)),
    }
    return render(request, "stories/story.html", context, status=status_of(form))


def _chosen(request: Request, found: Published, held: Held) -> Held:
    """Return the place after the choice that was sent; the same where it is not offered."""
    with attempt(request, conflict=NotOffered):
        return playing.choose(
            story=found, held=held, choice=request.POST.get("choice", ""), by=request.actor
        )
    return held


def _keep(request: Request, held: Held) -> HttpResponse:
    language = get_language() or ""
    held, words = playing.keep(place=held.place, language=language, by=request.actor)
    return go("kept", held, said=words_token(words))


def _before(request: Request, found: Published, now: Seen, held: Held) -> HttpResponse:
    context = {
        "story": shown.card(found.card),
        "scene": shown.scene(now),
        "moved": now.moved,
        "shown": address("play", held, before=_SEE),
        "skipped": address("play", held, before=_SKIP),
        "help": address("help", held),
    }
    return render(request, "stories/trigger.html", context)


def _ending(request: Request, found: Published, now: Seen, held: Held) -> HttpResponse:
    context = {
        "story": shown.card(found.card),
        "scene": shown.scene(now),
        "ending": shown.ending(found, now.scene.ending or "none"),
        "helps": shown.helps(),
        "again": address("play", Held(plays.again(now.place), held.kept)),
    }
    return render(request, "stories/ending.html", context)


def _tools(found: Published, held: Held) -> dict[str, str]:
    tools = {"pause": address("pause", held), "help": address("help", held)}
    if found.about.clues:
        tools["notebook"] = address("notebook", held)
    return tools
