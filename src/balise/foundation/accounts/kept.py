"""What someone was sending when their session locked or ended, kept for them for a while.

The words are encrypted in the session's row and their key is in the browser: neither alone can read
them. They are offered once, to the same person.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse

from balise.foundation import clock
from balise.foundation.encryption import sealing
from balise.foundation.web.pauses import Typed, typed_in

KEPT_FOR: Final = timedelta(minutes=15)
KEPT_AT_MOST: Final = 64 * 1024  # bytes, names of fields included

_HELD: Final = "kept"
_WHERE: Final = "accounts.session.kept"
_PATH: Final = "/staff/account/"
_NEVER: Final = ("account_", "mfa_")  # what proves a person is never kept


@dataclass(frozen=True, slots=True)
class Kept:
    """What was being sent, to which address, from which page."""

    path: str
    came_from: str
    typed: Typed


def is_worth_keeping(request: HttpRequest) -> bool:
    """Return whether this is a form that a person sent from a page and that leaves it.

    A page that sends with a script still has what it sent. The CSRF token was checked before.
    """
    name = request.resolver_match.view_name if request.resolver_match else ""
    return (
        request.method == "POST"
        and not (name or "").startswith(_NEVER)
        and not request.headers.get("HX-Request")
        and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    )


def fits(request: HttpRequest) -> bool:
    """Return whether what was sent is short enough to be kept."""
    typed = typed_in(request)
    return sum(len(f"{name}{value}".encode()) for name, value in typed.given) <= KEPT_AT_MOST


def put(request: HttpRequest, *, of: str, came_from: str) -> str:
    """Keep what was sent for the account `of`, in place of what was kept; return its key."""
    record = uuid4()
    key = sealing.new_key("accounts", record)
    typed = typed_in(request)
    words: dict[str, Any] = {
        "of": of,
        "path": request.get_full_path(),
        "came_from": came_from,
        "given": [list(each) for each in typed.given],
        "written": typed.written,
        "had_files": typed.had_files,
    }
    request.session[_HELD] = {
        "of": of,
        "until": (clock.now() + KEPT_FOR).timestamp(),
        "record": str(record),
        "sealed": b64encode(key.seal(words, where=_WHERE, row=record)).decode(),
    }
    return key.handed_on()


def take(request: HttpRequest) -> Kept | None:
    """Return what is kept for the person who is signed in, and keep it no longer."""
    drop_stale(request.session, of=str(request.user.pk))
    held = request.session.pop(_HELD, None)
    text = request.COOKIES.get(_cookie(), "")
    if held is None or not text:
        return None
    record = UUID(held["record"])
    try:
        key = sealing.RecordKey.taken_over("accounts", record, text)
        words = key.open(b64decode(held["sealed"]), where=_WHERE, row=record)
    except (ValueError, sealing.SealBroken):
        return None  # the cookie is old, or invented
    if words["of"] != str(request.user.pk):
        return None
    given = [(name, value) for name, value in words["given"]]
    typed = Typed(given=given, written=words["written"], had_files=words["had_files"])
    return Kept(words["path"], words["came_from"], typed)


def drop_stale(session: SessionBase, *, of: str) -> None:
    """Drop what has lain for too long, or is of someone other than the account `of`."""
    held = session.get(_HELD)
    if held and (held["of"] != of or clock.now().timestamp() >= held["until"]):
        del session[_HELD]


def give_key(answer: HttpResponse, key: str) -> None:
    """Set the cookie with the key of what was kept, for as long as it is kept."""
    answer.set_cookie(
        _cookie(),
        key,
        max_age=KEPT_FOR,
        path=_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def forget_key(answer: HttpResponse) -> None:
    """Delete the cookie with the key."""
    answer.delete_cookie(_cookie(), path=_PATH, samesite="Strict")


def _cookie() -> str:
    return "__Secure-kept" if settings.SESSION_COOKIE_SECURE else "kept"
