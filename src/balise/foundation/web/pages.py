"""The public pages that belong to no line: the home, leaving, privacy, accessibility, the law."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.csrf import csrf_exempt

from balise.foundation.actors import Actor
from balise.foundation.web import navigation, quick_exit
from balise.foundation.web.doors import STAFF_PATHS, Request, public
from balise.foundation.web.navigation import PublicEntry
from balise.foundation.web.spending import writes_nothing

# Parts of a page that other modules fill; the page knows none of them.
#
# A module's card says which pages it adds to (`parts`), by the page's name.


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


AWARENESS: Final = "awareness"  # the line that stands below the doors, over the whole width

# Where no machine finds anything for people; `leaving` is the plain page, in each language.
NO_MACHINES = (*STAFF_PATHS, "/api/", "/exit/", "/*/leaving/")


@dataclass(frozen=True, slots=True)
class Door:
    """A line on the home: what its cards say can be done there, and what its modules show."""

    line: Any
    large: Sequence[tuple[PublicEntry, str]]
    small: Sequence[tuple[PublicEntry, str]]
    parts: Sequence[Part]

    @property
    def says(self) -> object:
        """Return what its first way says."""
        return next((entry.says for entry, _opens in (*self.large, *self.small)), "")


@public.get
def threshold(request: Request) -> HttpResponse:
    """Lead to the home in the language the browser asks for."""
    answer = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(answer, ["Accept-Language"])
    quick_exit.come_back(request, answer)
    return answer


@public.get
def home(request: Request) -> HttpResponse:
    """Show what one can do here: talk, report, understand, follow; each line fills its part."""
    entries = navigation.public_entries()
    shown = {name: parts_of(name, None, seen_by=request.actor) for name in _places()}
    doors = {
        line.code: Door(
            line,
            [way for way in entries if way[0].line == line.code and way[0].icon],
            [way for way in entries if way[0].line == line.code and not way[0].icon],
            shown[f"home.{line.code}"],
        )
        for line in settings.CENTRE.lines
    }
    understand = doors.pop(AWARENESS, None)
    return render(
        request,
        "web/pages/home.html",
        {
            "doors": doors.values(),
            "understand": understand,
            "elsewhere": shown["home.elsewhere"],
            "days": shown["home.days"],
            "search": shown["home.search"],
            "follow": shown["home.follow"],
            "styles": {part.style for parts in shown.values() for part in parts if part.style},
        },
    )


def _places() -> list[str]:
    """Return the names of the home's parts, as cards name them."""
    lines = [f"home.{line.code}" for line in settings.CENTRE.lines]
    return [*lines, "home.elsewhere", "home.days", "home.search", "home.follow"]


@public.get
def accessibility(request: Request) -> HttpResponse:
    return render(request, "web/pages/accessibility.html")


@public.get
def privacy(request: Request) -> HttpResponse:
    return render(request, "web/pages/privacy.html")


@public.get
def privacy_young(request: Request) -> HttpResponse:
    return render(request, "web/pages/privacy_young.html")


@public.get
def legal(request: Request) -> HttpResponse:
    return render(request, "web/pages/legal.html")


@public.get
def leaving(request: Request) -> HttpResponse:
    return render(request, "web/pages/leaving.html")


@writes_nothing("It forgets.")
@csrf_exempt  # another site is recognised by its Sec-Fetch-Site, and gains nothing here
@public.form
def leave(request: Request) -> HttpResponse:
    """Forget and lead away: by a link without script, by a beacon with it."""
    if request.method == "POST":
        answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
    else:
        answer = quick_exit.onwards() if "app" in settings.DOORS else quick_exit.to_plain_page()
    if quick_exit.comes_from_beside(request):
        quick_exit.forget(request, answer)
    return answer


@public.get
def robots(_request: Request) -> HttpResponse:
    """Keep machines out of the staff door and of the plain page; name the map, where one is."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NO_MACHINES)]
    with suppress(NoReverseMatch):
        lines += ["", f"Sitemap: {settings.PUBLIC_ADDRESS}{reverse('sitemap')}"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@public.get
def favicon(_request: Request) -> HttpResponse:
    """Lead to the mark, for browsers that ask for it by this name."""
    return HttpResponseRedirect(static("balise/favicon.svg"))
