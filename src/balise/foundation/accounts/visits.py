"""What a session remembers of a visit: when it began, when it last moved, what was proved."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from balise.foundation import clock
from balise.foundation.accounts.rules import Standing, Visit
from balise.foundation.accounts.sessions import SessionStore

_KEY = "visit"
_NOTED_EVERY = timedelta(seconds=30)  # spares a write on each request

_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
_BROWSER_NAMES = {"Edg": "Edge", "OPR": "Opera"}
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "CrOS", "Linux")
_SYSTEM_NAMES = {"Macintosh": "macOS", "CrOS": "ChromeOS"}


def begin(request: HttpRequest, *, factor: str) -> None:
    """Note that a visit begins; `factor` is the second factor that was passed, or empty."""
    moment = clock.now().timestamp()
    request.session[_KEY] = {
        "began": moment,
        "seen": moment,
        "proved": moment,
        "factor": factor,
        "device": device_of(request.headers.get("User-Agent", "")),
    }


def standing_of(session: SessionBase) -> Standing:
    """Return the state of a signed-in session now; one that says nothing of itself has ended."""
    return standing(of(session), is_locked=_store(session).locked_at is not None)


def standing(visit: Visit | None, *, is_locked: bool) -> Standing:
    """Return the state of a visit now, in a session whose screen was locked or not."""
    if visit is None:
        return Standing.ENDED
    return visit.standing(
        now=clock.now(),
        is_locked=is_locked,
        idle=timedelta(seconds=settings.SESSION_IDLE_SECONDS),
        absolute=timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS),
    )


def of(session: SessionBase) -> Visit | None:
    """Return the visit that this session is of, if anyone signed in."""
    return read(session.get(_KEY))


def read(kept: dict[str, Any] | None) -> Visit | None:
    """Return the visit that was kept in a session, if any."""
    if not kept:
        return None
    return Visit(
        began_at=datetime.fromtimestamp(kept["began"], UTC),
        seen_at=datetime.fromtimestamp(kept["seen"], UTC),
        factor=kept["factor"],
    )


def note_presence(session: SessionBase) -> None:
    """Note that the person is there, at most twice a minute."""
    moment = clock.now().timestamp()
    if moment - session[_KEY]["seen"] >= _NOTED_EVERY.total_seconds():
        session[_KEY] |= {"seen": moment}
        session.modified = True


def pass_factor(session: SessionBase, *, factor: str) -> None:
    """Note that a second factor was passed; the session gets a new key."""
    moment = clock.now().timestamp()
    session[_KEY] = session[_KEY] | {"factor": factor, "seen": moment, "proved": moment}
    session.cycle_key()


def unlock(session: SessionBase) -> None:
    """Note that the person is back and proved it; the session gets a new key.

    A lock that came since the session was read stays.
    """
    moment = clock.now().timestamp()
    session[_KEY] = session[_KEY] | {"seen": moment, "proved": moment}
    _store(session).unlock()
    session.cycle_key()


def lock(session: SessionBase) -> None:
    """Hide the screen at once, whatever requests of this browser are under way."""
    _store(session).lock()


def mark_of(session: SessionBase) -> str:
    """Return what a page keeps of the visit it was shown in; no other visit has the same mark."""
    began = session.get(_KEY, {}).get("began", "")
    return salted_hmac(
        "balise.visit", f"{session.get(SESSION_KEY)}.{began}", algorithm="sha256"
    ).hexdigest()


def proved_ago(session: SessionBase) -> float:
    """Return how many seconds ago the person last proved who they are."""
    visit = session[_KEY]
    return clock.now().timestamp() - float(visit.get("proved", visit["began"]))


def device_of(user_agent: str) -> str:
    """Return a browser and a system in two words, as in `Firefox · Linux`; no version is kept."""
    browser = next((word for word in _BROWSERS if word in user_agent), "")
    system = next((word for word in _SYSTEMS if word in user_agent), "")
    names = (_BROWSER_NAMES.get(browser, browser), _SYSTEM_NAMES.get(system, system))
    return " · ".join(name for name in names if name)


def _store(session: SessionBase) -> SessionStore:
    return cast("SessionStore", session)


def unattended[V: Callable[..., HttpResponse]](view: V) -> V:
    """Mark a view that a page calls by script: its requests do not show that someone is there."""
    cast("Any", view).unattended = True
    return view


def shown_when_locked[V: Callable[..., HttpResponse]](view: V) -> V:
    """Mark a view that a locked screen may still show, to an actor without abilities."""
    cast("Any", view).shown_when_locked = True
    return view
