"""Leaving at once: whoever asks is sent to a plain page, and Back leads there too for a while.

A browser keeps the pages opened before the one that was left. They are `no-store`, so Back asks
for them again; the cookie `away` lets us answer with the plain page, which takes their place in
the history. Typing the site's name (`/`) is how one comes back sooner.
"""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

AWAY_COOKIE = "away"  # exit.js writes it too, before the network answers
AWAY_SECONDS = 300
RETURN_PATH = "/"

_MARK = "1"
_SAFE = {"GET", "HEAD"}


class SeeOther(HttpResponseRedirect):
    """Leads elsewhere by GET, whatever was sent."""

    status_code = HTTPStatus.SEE_OTHER


def is_away(request: HttpRequest) -> bool:
    """Return whether this is Back, or a link, in a browser that has just left."""
    return (
        request.COOKIES.get(AWAY_COOKIE) == _MARK
        and request.method in _SAFE
        and request.path != RETURN_PATH
        and request.headers.get("Sec-Fetch-Dest", "document") == "document"
    )


def to_plain_page() -> HttpResponse:
    """Return the way to the plain page, which no browser keeps."""
    answer = SeeOther(settings.CENTRE.quick_exit)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def comes_from_us(request: HttpRequest) -> bool:
    """Return whether one of our pages asks; another site must not make a visitor leave."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}


def forget(request: HttpRequest, answer: HttpResponse) -> None:
    """Make the browser forget what it holds of us, but for the mark that it has left.

    The staff session stays: it has its own way out, and the public door never looks at it.
    """
    answer["Clear-Site-Data"] = '"cache", "storage"'
    for name in request.COOKIES:
        if name not in {AWAY_COOKIE, settings.SESSION_COOKIE_NAME}:
            answer.delete_cookie(name, samesite="Strict")
    answer.set_cookie(
        AWAY_COOKIE,
        _MARK,
        max_age=AWAY_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )


def come_back(request: HttpRequest, answer: HttpResponse) -> None:
    """Take the mark away from someone who comes back of their own accord."""
    if AWAY_COOKIE in request.COOKIES:
        answer.delete_cookie(AWAY_COOKIE, samesite="Strict")
