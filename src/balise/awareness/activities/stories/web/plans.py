"""The map of choices, drawn, and as the list that says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from balise.awareness.activities.stories.queries import mapped, published
from balise.awareness.activities.stories.rules.plan import Stop, Way
from balise.awareness.activities.stories.rules.session import RULES
from balise.awareness.activities.stories.web import shown
from balise.foundation.web.doors import Request, public

_WIDE, _HIGH, _ACROSS, _DOWN = 44, 34, 84, 50  # of a box, and from one to the next
_LONGEST: Final = 70  # characters of a scene's first words


@dataclass(frozen=True, slots=True)
class Listed:
    """A scene of the map: its number, its first words, what it is, where its choices lead."""

    nth: int
    says: str
    marks: tuple[str, ...]
    ways: tuple[Way, ...]


def listed(stops: Sequence[Stop], words: Mapping[str, str]) -> tuple[Listed, ...]:
    """Return the scenes of a map in the order of their numbers; `words` are a language's, by id."""
    return tuple(
        Listed(
            each.nth,
            _short(words.get(each.line[0], each.line[1])),
            _marks(each),
            tuple(Way(way.id, words.get(way.id, way.text), way.to) for way in each.ways),
        )
        for each in stops
    )


def drawn(stops: Sequence[Stop]) -> SafeString:
    """Return the map as a drawing: a column for each number of choices since the beginning."""
    columns = [
        list(group)
        for _depth, group in groupby(
            sorted(stops, key=lambda each: (each.depth, each.nth)),
            key=lambda each: each.depth,
        )
    ]
    tallest = max(map(len, columns))
    at = {
        each.nth: (
            column * _ACROSS + 4,
            round((row + (tallest - len(stack)) / 2) * _DOWN) + 4,
        )
        for column, stack in enumerate(columns)
        for row, each in enumerate(stack)
    }
    lines = format_html_join(
        "",
        '<path d="M{},{} C{},{} {},{} {},{}"/>',
        (
            _curve(at[each.nth], at[to])
            for each in stops
            for to in dict.fromkeys(way.to for way in each.ways)
        ),
    )
    boxes = format_html_join(
        "",
        '<a href="#scene-{}"><rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="9"/>'
        '<text x="{}" y="{}">{}</text></a>',
        (_box(each, *at[each.nth]) for each in stops),
    )
    return format_html(
        '<svg class="story-map" viewBox="0 0 {} {}" role="group" aria-label="{}">'
        '<g class="story-map-ways">{}</g>{}</svg>',
        len(columns) * _ACROSS - _ACROSS + _WIDE + 8,
        tallest * _DOWN,
        pgettext("story", "Map of choices: the same as the list below."),
        lines,
        boxes,
    )


def _curve(start: tuple[int, int], end: tuple[int, int]) -> tuple[int, ...]:
    x, y, to, down = start[0] + _WIDE, start[1] + _HIGH // 2, end[0], end[1] + _HIGH // 2
    middle = (x + to) // 2
    return (x, y, middle, y, middle, down, to, down)


def _box(stop: Stop, x: int, y: int) -> tuple[object, ...]:
    kind = "end" if stop.is_end else "hard" if stop.is_hard else ""
    kind = kind or ("back" if stop.is_checkpoint else "plain")
    text = (x + _WIDE // 2, y + _HIGH // 2 + 5)
    return (stop.nth, f"story-map-{kind}", x, y, _WIDE, _HIGH, *text, stop.nth)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]}…"


def _marks(stop: Stop) -> tuple[str, ...]:
    said = (
        (stop.is_hard, pgettext("story", "Hard scene, a minute before")),
        (stop.is_checkpoint, pgettext("story", "Checkpoint")),
        (stop.is_end, pgettext("story", "Ending, with help")),
    )
    return tuple(words for is_so, words in said if is_so)


# The adult's sheet of a story, without an account: how to lead a session, the map of choices.


@public.get
def sheet(request: Request, slug: str) -> HttpResponse:
    """Show how a class plays a story, what to expect, and where its choices lead."""
    found, stops = published(slug), mapped(slug)
    context = {
        "story": shown.card(found.card),
        "rules": RULES,
        "plan": drawn(stops),
        "scenes": listed(stops, found.words.get(shown.language(), {})),
        **shown.sheet(found),
    }
    return render(request, "stories/sheet.html", context)
