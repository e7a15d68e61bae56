"""Count what a page of the public door has just answered."""

from typing import Final

from django.http import HttpRequest, HttpResponseBase

from balise.awareness.usage.actions.counting import count
from balise.awareness.usage.rules.words import Client, UsageKind, Use
from balise.foundation.actors import ANYONE
from balise.foundation.web.pauses import address_of

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
