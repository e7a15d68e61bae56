"""What a session remembers of a visit: when it began, when it last moved, what was proved."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.cookies import CookieError, SimpleCookie
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from balise.foundation import clock
from balise.foundation.accounts.models import Session
from balise.foundation.accounts.rules import Standing, Visit

# Where sessions are stored: in a table with their account, and no key in clear.


class SessionStore(DatabaseSessionStore):
    """Django's own store, with a hashed key and the account in a column of its own.

    The account makes "end all my sessions" one query. The hash makes a stolen table useless for
    signing in. The screen lock is a column too: what a request saves does not touch it.
    """

    _locked_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        # A key has one row: to sort, as `first` does, is a quarter of what each page pays here.
        session = next(iter(self._rows()), None)
        return self._opened(session)

    async def aload(self) -> dict[str, Any]:
        session = await self._rows().afirst()
        return self._opened(session)

    def exists(self, session_key: str) -> bool:
        return super().exists(kept_as(session_key))

    async def aexists(self, session_key: str) -> bool:
        return await super().aexists(kept_as(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        return _owned(cast("Session", super().create_model_instance(data)), data)

    async def acreate_model_instance(self, data: dict[str, Any]) -> Session:
        return _owned(cast("Session", await super().acreate_model_instance(data)), data)

    @property
    def locked_at(self) -> datetime | None:
        """Return since when the screen is locked, as it was when the session was read."""
        self.keys()  # it is read by now
        return self._locked_at

    def lock(self) -> None:
        """Lock the screen now, for every request of this browser."""
        self.keys()  # it is read by now
        self._locked_at = clock.now()
        self._rows().update(locked_at=self._locked_at)

    def unlock(self) -> None:
        """Open the lock that was there when the session was read; a later one stays."""
        if self._rows().filter(locked_at=self.locked_at).update(locked_at=None):
            self._locked_at = None

    def cycle_key(self) -> None:
        """Change the key in the row itself, so that a lock set meanwhile is kept.

        Raises SessionInterrupted (400) if the session was ended meanwhile: it does not come back.
        """
        self.keys()  # it is read by now
        if not self.session_key:
            super().cycle_key()
            return
        key: str = cast("Any", self)._get_new_session_key()
        if not self._rows().update(session_key=kept_as(key)):
            raise SessionInterrupted("the session was ended by another request")
        self._session_key = key
        self.modified = True

    def delete(self, session_key: str | None = None) -> None:
        if not session_key:
            self._locked_at = None
        if key := session_key or self.session_key:
            super().delete(kept_as(key))

    async def adelete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            await super().adelete(kept_as(key))

    def _rows(self) -> QuerySet[Session]:
        return Session.objects.filter(
            session_key=kept_as(self.session_key or ""), expire_date__gt=clock.now()
        )

    def _opened(self, session: Session | None) -> dict[str, Any]:
        if session is None:
            self._session_key = None
            return {}
        self._locked_at = session.locked_at
        return self.decode(session.session_data)


def key_in(cookies: str) -> str:
    """Return the key of the session in a Cookie header; "" for none."""
    try:
        found = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""


def kept_as(session_key: str) -> str:
    """Return what the table holds in place of a session's key (256 bits, in hexadecimal)."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def _owned(session: Session, data: dict[str, Any]) -> Session:
    session.session_key = kept_as(session.session_key)
    session.account_id = data.get("_auth_user_id")
    return session


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
