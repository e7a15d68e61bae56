"""Where sessions are stored: in a table with their account, and no key in clear."""

import hashlib
from datetime import datetime
from http.cookies import CookieError, SimpleCookie
from typing import Any, cast

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db.models import QuerySet

from balise.foundation import clock
from balise.foundation.accounts.models import Session


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
