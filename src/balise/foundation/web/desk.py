"""The staff pages that belong to no line: the home, the display, the living page of the design."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from django import forms
from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, today
from balise.foundation.web import navigation
from balise.foundation.web.components.drawings import ICONS
from balise.foundation.web.context import THEME_COOKIE, THEMES
from balise.foundation.web.doors import Request, staff, staff_entrance
from balise.foundation.web.navigation import Wording

# The colours that stand on each other, and whether they can be told apart (WCAG 2.2, 1.4.3).


LINES: Final = ("house", "hotline", "helpline", "awareness", "steering")
TONES: Final = ("danger", "good", "warn", "note")
GROUNDS: Final = ("paper", "surface", "sunken", "dawn")
TEXT_RATIO: Final = 4.5
SHAPE_RATIO: Final = 3.0  # borders of controls and the focus ring (1.4.11)

_BLOCK: Final = re.compile(r"(?P<selector>[^{}]+)\{(?P<body>[^{}]*)\}")
_TOKEN: Final = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")

type Theme = dict[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour of text or shape, the colour under it, and the least ratio between the two."""

    front: str
    ground: str
    least: float = TEXT_RATIO


def pairs() -> Iterator[Pair]:
    """Return every pair of tokens that the stylesheets put on one another."""
    for ground in GROUNDS:
        yield from (Pair(front, ground) for front in ("ink", "ink-soft", "link", *LINES))
        yield from (Pair(tone, ground) for tone in TONES)
        yield Pair("edge", ground, SHAPE_RATIO)
        yield Pair("focus", ground, SHAPE_RATIO)
    for name in (*LINES, *TONES):
        yield from (Pair(front, f"{name}-soft") for front in (name, "ink", "ink-soft"))
        yield Pair("on-line", name)
    for ground in ("night", "night-deep", "dusk"):
        yield from (Pair(front, ground) for front in ("on-night", "on-night-soft", "beam"))
    yield Pair("on-beam", "beam")


def ratio(one: str, other: str) -> float:
    """Return the contrast of two `#rrggbb` colours, from 1 to 21, as WCAG defines it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@cache
def themes() -> dict[str, Theme]:
    """Return the tokens of tokens.css: `light` and `dark`."""
    return {
        ("dark" if "not([data-theme])" in selector else "light"): tokens
        for selector, tokens in blocks("tokens.css")
        if "paper" in tokens
    }


def blocks(stylesheet: str) -> list[tuple[str, Theme]]:
    """Return the colours that each rule of one of our stylesheets sets, by its selector."""
    return [
        (found["selector"].strip(), dict(_TOKEN.findall(found["body"])))
        for found in _BLOCK.finditer(text_of(stylesheet))
    ]


def text_of(stylesheet: str) -> str:
    """Return one of our stylesheets without its comments."""
    source = files("balise.foundation.web").joinpath("static/balise", stylesheet)
    return re.sub(r"/\*.*?\*/", "", source.read_text(encoding="utf-8"), flags=re.DOTALL)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    is_dark = channel <= 0.04045  # noqa: PLR2004 - the knee of the sRGB curve
    return channel / 12.92 if is_dark else ((channel + 0.055) / 1.055) ** 2.4


# Search for staff: pages by their names, and what each module finds by a number or an address.
#
# What someone searched for is a secret where it is an address: it is posted, and kept nowhere.


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


# What the living page of the design shows: every piece, once in light and once in dark.


PICTURES = ("calm", "found", "rest", "lost")


class SampleForm(forms.Form):
    """One field of each kind, some of them wrong."""

    address = forms.CharField(
        label=gettext_lazy("Address of the page"),
        help_text=gettext_lazy("Copy it from the top of your browser."),
    )
    where = forms.ChoiceField(
        label=gettext_lazy("Where did you see it?"),
        choices=[
            ("", "—"),
            ("web", gettext_lazy("On a website")),
            ("app", gettext_lazy("In an app")),
        ],
        required=False,
    )
    age = forms.ChoiceField(
        label=gettext_lazy("Your age"),
        help_text=gettext_lazy("You do not have to answer."),
        widget=forms.RadioSelect,
        choices=[
            ("13", gettext_lazy("Under 13")),
            ("17", gettext_lazy("13 to 17")),
            ("18", gettext_lazy("18 and over")),
        ],
    )
    agrees = forms.BooleanField(label=gettext_lazy("The helpline may call me back"), required=False)
    words = forms.CharField(
        label=gettext_lazy("In your words"), widget=forms.Textarea, required=False
    )


def contrasts(theme: str) -> list[tuple[Pair, str, str, float]]:
    """Return each pair of a theme with its two colours and their contrast."""
    tokens = themes()[theme]
    return [
        (pair, tokens[pair.front], tokens[pair.ground], ratio(*_both(pair, tokens)))
        for pair in pairs()
    ]


def samples(line: str) -> dict[str, object]:
    """Return what the page needs to show one line's colours in both lights."""
    return {
        "line": line,
        "lines": LINES,
        "views": [
            (theme, SampleForm({"address": ""}, prefix=theme), contrasts(theme))
            for theme in ("light", "dark")
        ],
        "icons": sorted(ICONS),
        "pictures": PICTURES,
        "points": [
            (gettext_lazy("A child is in it"), 60),
            (gettext_lazy("Reported by a minor"), 15),
            (gettext_lazy("New"), 5),
        ],
        "pairs": [
            (gettext_lazy("Received"), "3 mars 2026"),
            (gettext_lazy("Hosting country"), "NL"),
            (gettext_lazy("Network"), ""),
        ],
    }


def _both(pair: Pair, tokens: Theme) -> tuple[str, str]:
    return tokens[pair.front], tokens[pair.ground]


A_YEAR = 365 * 24 * 3600


@staff.get
def home(request: Request) -> HttpResponse:
    """Show what waits for a person: numbers and days, each with its place."""
    parts = navigation.parts(navigation.due_lines(request.actor), today=today(), day_of=day_of)
    return render(request, "web/pages/staff_home.html", {"parts": parts, "today": today()})


@staff.form
def search(request: Request) -> HttpResponse:
    """Find pages and things by words. They are posted: an address does not stand in an address."""
    words = request.POST.get("sought", "")
    context = {"words": words, "groups": found(words, seen_by=request.actor)}
    page = "web/pages/search.html"
    return render(request, f"{page}#results" if request.htmx else page, context)


@staff_entrance.post
def display(request: Request) -> HttpResponse:
    """Keep the language and the light that a person chose, in their browser only."""
    after = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}):
        after = "/staff/"
    answer = HttpResponseRedirect(after)
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    if language in dict(settings.LANGUAGES):
        _keep(answer, settings.LANGUAGE_COOKIE_NAME, language)
    if theme in THEMES:
        _keep(answer, THEME_COOKIE, theme)
    else:
        answer.delete_cookie(THEME_COOKIE, path="/staff/", samesite="Strict")
    return answer


@staff.get
def design(request: Request) -> HttpResponse:
    """Show every piece in one line's colours, in both lights."""
    line = request.GET.get("line", "house")
    shown = samples(line if line in LINES else "house")
    return render(request, "web/pages/design.html", shown)


def _keep(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        path="/staff/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
