"""Films: what their page has beside its text, the captions, and the page that frames another site.

A policy of content is open for one answer alone: to our own film where there is one, to the player
of one site where someone pressed to go there.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from balise.awareness.publications import queries
from balise.awareness.publications.rules import watching
from balise.awareness.publications.rules.taxonomy import taxonomy
from balise.awareness.publications.rules.watching import cards
from balise.foundation.web.doors import Request, open_to, public


def around(request: Request, found: queries.Read) -> dict[str, Any]:
    """Return what the page of a film, or of a series, shows beside its text."""
    page = found.page
    facets = taxonomy(settings.COUNTRY)
    if page.kind == queries.SERIES:
        return {"episodes": cards(queries.episodes(page), facets)}
    if not page.video:
        return {}
    series, episodes = queries.series_of(page)
    return {
        "player": watching.player(page, asked=request.GET.get("at", "")),
        "learns": watching.learns(page.video),
        "series": series,
        "series_address": queries.address(series) if series else "",
        "place": watching.place(page, episodes),
    }


def told(around: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """Return the films of a series as machines read them: title, whole address."""
    films = around.get("episodes", ())
    return [(each.page.title, f"{settings.PUBLIC_ADDRESS}{each.address}") for each in films]


def opened(answer: HttpResponse, found: queries.Read) -> HttpResponse:
    """Let the page of a film of ours play it, on the whole screen too."""
    if not found.page.video.get("film"):
        return answer
    return open_to(answer, watching.SOURCES, watching.FEATURES)


@public
@require_safe
def elsewhere(request: Request, slug: str) -> HttpResponse:
    """Frame the player of another site, for who pressed to go there. 404 for any other page."""
    page = queries.read(language=get_language() or "", slug=slug).page
    video = page.video
    if not video.get("frame"):
        raise Http404
    answer = render(
        request,
        "publications/elsewhere.html",
        {"page": page, "video": video, "back": reverse("publications:page", args=[slug])},
    )
    # A player that says nothing of embedding would not be drawn in a page that asks for it.
    answer.headers["Cross-Origin-Embedder-Policy"] = "unsafe-none"
    origin = video["origin"]
    return open_to(answer, {"frame-src": [origin]}, {"fullscreen": f'self "{origin}"'})


@public
@require_safe
def captions(_request: Request, slug: str, code: str) -> HttpResponse:
    """Give the captions of a public film in one language."""
    page = queries.read(language=get_language() or "", slug=slug).page
    text = page.video.get("captions", {}).get(code)
    if text is None:
        raise Http404
    return HttpResponse(text, content_type="text/vtt; charset=utf-8")
