"""What public pages keep in a browser, by name: leaving drops these and nothing else.

Each line says beside its own code what it keeps; `config/registry.py` brings it here. What is not
named stays, such as what a young person chose to keep in this browser.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from balise.foundation.encryption.receipts import Receipt, ReceiptMistyped, read_receipt


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
