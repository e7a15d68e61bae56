"""Leaving at once: whoever asks is sent to a plain page, and Back leads there too for a while.

A browser keeps the pages opened before the one that was left. They are `no-store`, so Back asks
for them again; the cookie `away` lets us answer with the plain page, which takes their place in
the history. A form that is sent again is answered in the same way, and changes nothing. Typing the
site's name (`/`) is how one comes back sooner.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from balise.foundation.encryption.worded import Receipt, ReceiptMistyped, read_receipt
from balise.foundation.web.doors import STAFF_PATHS

# What public pages keep in a browser, by name: leaving drops these and nothing else.
#
# Each line says beside its own code what it keeps; `config/registry.py` brings it here. What is
# not named stays, such as what a young person chose to keep in this browser.


class Where(StrEnum):
    """The parts of a browser in which a page can keep something; `exit.js` knows these words."""

    COOKIE = "cookie"
    SESSION = "session"  # sessionStorage, of one tab
    LOCAL = "local"  # localStorage
    DATABASE = "database"  # IndexedDB
    CACHE = "cache"  # Cache Storage


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that pages keep; a name that ends in `*` is the beginning of several."""

    where: Where
    name: str


CSRF: Final = Kept(Where.COOKIE, settings.CSRF_COOKIE_NAME)
_all: list[Kept] = [CSRF]


def arrange(*kept: Kept) -> None:
    """Set all that is kept, beside the token of our forms; the wiring calls it once."""
    _all[:] = [CSRF, *kept]


def names(where: Where) -> frozenset[str]:
    """Return the names of what is kept in one part of the browser."""
    return frozenset(each.name for each in _all if each.where is where)


def told() -> str:
    """Return what a script has to drop, for `exit.js`: `session:talk-* local:…`."""
    return " ".join(f"{each.where}:{each.name}" for each in _all if each.where is not Where.COOKIE)


def cookie(name: str) -> tuple[Kept, Kept]:
    """Return a cookie under both its names: of a centre, and of a machine without TLS."""
    return (Kept(Where.COOKIE, name), Kept(Where.COOKIE, f"__Host-{name}"))


@dataclass(frozen=True, slots=True)
class TokenCookie:
    """A cookie that holds a code, until the browser is closed or for a while; no script reads it.

    What opens with a code is shown by a GET after the POST that gave it: a page that was drawn by a
    POST would be drawn once more by whoever presses “send again”.
    """

    name: str
    lasts: timedelta | None = None

    @property
    def kept(self) -> tuple[Kept, Kept]:
        """Both its names, for the list of what is kept."""
        return cookie(self.name)

    def read(self, request: HttpRequest) -> Receipt | None:
        """Return the code in this browser; None if there is none."""
        try:
            return read_receipt(request.COOKIES.get(self._name(), ""))
        except ReceiptMistyped:
            return None

    def put(self, answer: HttpResponse, token: Receipt) -> None:
        """Put a code in the browser."""
        answer.set_cookie(
            self._name(),
            token,
            max_age=self.lasts,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Strict",
        )

    def drop(self, answer: HttpResponse) -> None:
        """Take the code out of the browser."""
        answer.delete_cookie(self._name(), samesite="Strict")

    def _name(self) -> str:
        return f"__Host-{self.name}" if settings.SESSION_COOKIE_SECURE else self.name


AWAY_COOKIE: Final = "away"  # exit.js writes it too, before the network answers
AWAY_SECONDS: Final = 300
LEFT_COOKIE: Final = "left"  # after that, what was typed is still not given back
LEFT_SECONDS: Final = 12 * 3600
RETURN_PATH: Final = "/"
EXIT_PATH: Final = "/exit/"

_MARK: Final = "1"
_OTHER_DOORS: Final = (*STAFF_PATHS, "/api/")
_DRAWN: Final = frozenset({"document", "iframe", "frame", "embed", "object"})


class SeeOther(HttpResponseRedirect):
    """Leads elsewhere by GET, whatever was sent."""

    status_code = HTTPStatus.SEE_OTHER


class QuickExitMiddleware:
    """While someone is away, answer every public address with the plain page, or with nothing.

    It stands before the pages of what went wrong: a 404 or a lapsed form is behind no door.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer to a browser that has not left."""
        if not is_away(request):
            return self.get_response(request)
        if request.headers.get("Sec-Fetch-Dest", "document") in _DRAWN:
            answer = to_plain_page()
        else:
            answer = HttpResponse(status=HTTPStatus.NO_CONTENT)  # to a script, for a picture
        _drop_cookies(request, answer)  # the beacon of exit.js may have been lost
        return answer


def is_away(request: HttpRequest) -> bool:
    """Return whether this is Back, a link or a form, in a browser that has just left."""
    return (
        request.COOKIES.get(AWAY_COOKIE) == _MARK
        and request.path not in {RETURN_PATH, EXIT_PATH}
        and not request.path.startswith((*_OTHER_DOORS, settings.STATIC_URL))
    )


def says_away(cookies: str) -> bool:
    """Return whether a Cookie header is that of a browser that has just left."""
    try:
        mark = SimpleCookie(cookies).get(AWAY_COOKIE)
    except CookieError:
        return False
    return mark is not None and mark.value == _MARK


def has_left(request: HttpRequest) -> bool:
    """Return whether this browser left today: what was typed in it is given back to nobody."""
    return LEFT_COOKIE in request.COOKIES


def to_plain_page() -> HttpResponse:
    """Return the way to the plain page, which no browser keeps."""
    answer = SeeOther(settings.CENTRE.quick_exit)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def onwards() -> HttpResponse:
    """Return the way out of the app's own origin: by the public one, which forgets its own."""
    answer = to_plain_page()
    answer["Location"] = f"{settings.PUBLIC_ADDRESS}{EXIT_PATH}"
    return answer


def comes_from_beside(request: HttpRequest) -> bool:
    """Return whether one of our pages asks, of either origin; all it can do is make one leave."""
    beside = settings.APP_ADDRESS and request.headers.get("Sec-Fetch-Site") == "same-site"
    return bool(beside) or comes_from_us(request)


def comes_from_us(request: HttpRequest) -> bool:
    """Return whether one of our pages asks; another site must not make a visitor leave."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}


def forget(request: HttpRequest, answer: HttpResponse) -> None:
    """Make the browser forget what public pages keep in it, and mark it as one that has left.

    The staff session stays: it has its own way out, and the public door never looks at it.
    """
    empty_cache(answer)
    _drop_cookies(request, answer)
    _mark(answer, AWAY_COOKIE, seconds=AWAY_SECONDS)
    _mark(answer, LEFT_COOKIE, seconds=LEFT_SECONDS)


def empty_cache(answer: HttpResponse) -> None:
    """Make the browser drop the pages that it holds to show them again at once.

    Not its storage: what is kept there is dropped by its name (`arrange`), and the rest stays.
    """
    answer["Clear-Site-Data"] = '"cache"'


def come_back(request: HttpRequest, answer: HttpResponse) -> None:
    """Take the marks away from someone who comes back of their own accord."""
    for name in (AWAY_COOKIE, LEFT_COOKIE):
        if name in request.COOKIES:
            answer.delete_cookie(name, samesite="Strict", domain=settings.LEAVING_DOMAIN)


def _drop_cookies(request: HttpRequest, answer: HttpResponse) -> None:
    for name in names(Where.COOKIE) & set(request.COOKIES):
        answer.delete_cookie(name, samesite="Strict")


def _mark(answer: HttpResponse, name: str, *, seconds: int) -> None:
    answer.set_cookie(
        name,
        _MARK,
        max_age=seconds,
        domain=settings.LEAVING_DOMAIN,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )
