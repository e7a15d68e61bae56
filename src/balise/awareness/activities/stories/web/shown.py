"""What pages show of a story: its card, its scenes, and whom to call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, get_language_info, gettext as _, pgettext

from balise.awareness.activities.stories.queries import Card, Published
from balise.awareness.activities.stories.queries.counted import board as counted_board
from balise.awareness.activities.stories.queries.plays import Seen, beginning, seen
from balise.awareness.activities.stories.rules.about import Ending, topics
from balise.awareness.activities.stories.rules.places import Mode
from balise.foundation.packs import Words
from balise.foundation.web.doors import Request, staff

_FIRST: Final = ord("A")
_HELPS: Final = ("helpline", "children")
_RUN: Final = ("before", "during", "after")
_PARTS: Final = (*_RUN, "expect", "facts")


@dataclass(frozen=True, slots=True)
class EndingShown:
    """An ending as it is told: its title, what helped, a sentence a line, and whom to call."""

    title: str
    debrief: Sequence[str]
    help: Sequence[object]
    nth: int
    many: int


def language() -> str:
    """Return the language of the page."""
    return get_language() or settings.LANGUAGE_CODE


def card(story: Card) -> dict[str, object]:
    """Return what a list and every page of a story show of it.

    `other` is the language of its scenes where they are not in that of the page.
    """
    about = story.about
    is_said = language() in story.languages
    return {
        "other": "" if is_said else about.language,
        "other_says": "" if is_said else get_language_info(about.language)["name_translated"],
        "slug": story.slug,
        "picture": about.image,
        "title": about.title,
        "lead": about.lead,
        "minutes": about.minutes,
        "for_ages": _("From %(age)s years old") % {"age": about.ages[0]},
        "clues": about.clues,
        "endings": about.endings,
        "notice": about.notice,
    }


def trailer(story: Published) -> dict[str, object]:
    """Return the card with its trailer: pictures with words, or the first picture alone."""
    frames = [
        {"picture": each.image, "alt": each.alt, "text": each.text} for each in story.about.trailer
    ]
    if not frames:
        tags = seen(story, beginning(story, mode=Mode.ALONE), language=language()).scene.tags
        frames = [{"picture": tags.image, "alt": tags.alt}] if tags.image else []
    return {**card(story.card), "frames": frames}


def scene(found: Seen, *, hidden: bool = False) -> dict[str, object]:
    """Return a scene for its page; `hidden` is one that is skipped: its choices alone."""
    tags = found.scene.tags
    return {
        "number": found.place.nth,
        "picture": "" if hidden else tags.image,
        "alt": tags.alt,
        "sound": "" if hidden else tags.audio,
        "transcript": tags.transcript,
        "lines": () if hidden else found.scene.lines,
        "is_hidden": hidden,
        "topics": _topics(tags.triggers),
        "clues": [each.code for each in found.clues],
        "news": _news(found),
        "choices": [
            {"id": each.id, "text": each.text, "letter": chr(_FIRST + nth)}
            for nth, each in enumerate(found.scene.choices)
        ],
    }


def _topics(codes: Sequence[str]) -> str:
    """Return what a scene speaks of, as the country's pack calls it."""
    return ", ".join(str(each.label) for each in topics(settings.COUNTRY) if each.code in codes)


def _news(found: Seen) -> str:
    titles = ", ".join(str(each.title) for each in found.news)
    return says()["news"].format(titles) if titles else ""


def says() -> dict[str, str]:
    """Return the words in which a scene is numbered and a clue told, each with a place `{}`."""
    return {
        "scene": pgettext("story", "Scene %(nth)s") % {"nth": "{}"},
        "news": pgettext("youth", "New clue: %(title)s") % {"title": "{}"},
    }


def where(found: Seen) -> str:
    """Return the name of a scene: its number."""
    return says()["scene"].format(found.place.nth)


def ending(story: Published, code: str) -> EndingShown | None:
    """Return an ending as it is told; the first one where a story is skipped (no code)."""
    endings = story.about.endings
    known: Ending | None = story.about.end(code) if code else next(iter(endings), None)
    if known is None:
        return None
    lines = str(known.debrief or "").strip().splitlines()
    return EndingShown(
        str(known.title), lines, helps(known), endings.index(known) + 1, len(endings)
    )


def helps(known: Ending | None = None) -> Sequence[object]:
    """Return the country's numbers that an ending names, in its order.

    Without an ending, or where the country has none of them: the helpline, and that for children.
    """
    young = settings.CENTRE.numbers_on("public", whom="young")

    def of(codes: Sequence[str]) -> list[object]:
        return [one for code in codes for one in young if one.code == code]

    return (of(known.help) if known else []) or of(_HELPS)


def sheet(story: Published) -> dict[str, object]:
    """Return the parts of the adult's sheet: the session in order, what to expect, the facts."""
    parts = [_part(each) for each in story.about.sheet]
    by_part = {name: [each for each in parts if each["part"] == name] for name in _PARTS}
    return {
        "run": [part for name in _RUN for part in _told_once(by_part[name])],
        "expect": by_part["expect"],
        "facts": by_part["facts"],
        "unread": [_check(each) for each in story.about.checks if not each.get("read")],
    }


def _told_once(parts: Sequence[dict[str, object]]) -> list[tuple[object, list[object]]]:
    """Return when, and what is done then: neighbours of one moment stand under one heading."""
    grouped = groupby(parts, key=lambda each: each["when"])
    return [(when, [each["text"] for each in group]) for when, group in grouped]


def _part(row: Mapping[str, Any]) -> dict[str, object]:
    minutes = row.get("minutes")
    when = {
        "before": pgettext("session", "Before"),
        "during": _("%(minutes)s min") % {"minutes": minutes} if minutes else "",
        "after": pgettext("session", "After"),
    }
    return {
        "part": str(row.get("part", "")),
        "when": when.get(str(row.get("part")), ""),
        "text": Words.read(row["text"], where="sheet"),
        "source": str(row.get("source", "")),
    }


def _check(row: Mapping[str, Any]) -> dict[str, object]:
    who = {
        "teacher": pgettext("review", "Teacher"),
        "psychologist": pgettext("review", "Psychologist"),
        "pupil": pgettext("review", "Pupil"),
    }
    asks = row.get("asks", {})
    return {
        "who": who.get(str(row.get("who")), str(row.get("who", ""))),
        "asks": asks.get(language()) or next(iter(asks.values()), ()),
    }


# The figures of stories, for staff.


@staff.get
def board(request: Request) -> HttpResponse:
    """Show how often each story was begun and finished, with which endings and choices."""
    found = counted_board(language=language(), by=request.actor)
    return render(request, "stories/staff/figures.html", {"stories": found})
