"""Follow a short link, and read how use is counted."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import number_format
from django.views.decorators.http import require_safe

from balise.awareness.usage import queries
from balise.awareness.usage.actions import count
from balise.awareness.usage.rules import clients
from balise.awareness.usage.rules.tallies import Client, UsageKind, Use
from balise.foundation.actors import ANYONE
from balise.foundation.web.doors import Request, public
from balise.foundation.web.pauses import address_of

# Count what a page of the public door has just answered.


_GIVEN: Final = frozenset({200, 206, 302})  # of HTTP: all of it, a part, the way to it


def note(
    request: HttpRequest,
    answer: HttpResponseBase,
    *,
    kind: UsageKind,
    thing: str,
    language: str = "",
    campaign: str = "",
) -> None:
    """Count an answer that a person asked for.

    Not counted: another method than GET, what a browser fetches ahead, a part that does not begin
    at the first byte, what was not given.
    """
    if not is_asked(request) or answer.status_code not in _GIVEN:
        return
    client = Client(address_of(request), request.headers.get("User-Agent", ""))
    use = Use(kind, thing, language=language, campaign=campaign)
    count(use=use, client=client, by=ANYONE)


def is_asked(request: HttpRequest) -> bool:
    """Return whether a person asks for this, from its beginning."""
    ahead = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "")
    part = request.headers.get("Range", "bytes=0-")
    return request.method == "GET" and "prefetch" not in ahead and part.startswith("bytes=0-")


@public
@require_safe
def follow(request: Request, code: str) -> HttpResponse:
    """Lead to the page of a short link; one that is closed leads nowhere."""
    link = queries.follow(code)
    answer = HttpResponseRedirect(link.path)
    answer["Cache-Control"] = "no-store"
    note(request, answer, kind=UsageKind.LINK, thing=link.code, campaign=link.campaign)
    return answer


@public
@require_safe
def method(request: Request) -> HttpResponse:
    """Say how use is counted, and what is not kept."""
    shown = {
        "minutes": int(clients.WINDOW) // 60,
        "most": number_format(clients.MOST, force_grouping=True),
        "zone": settings.CENTRE.time_zone,
    }
    return render(request, "usage/method.html", shown)
