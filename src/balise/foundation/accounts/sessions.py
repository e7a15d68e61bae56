"""Where sessions are kept: in a table that knows whose each one is, and no key in clear."""

import hashlib
from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.db.models import QuerySet

from balise.foundation import clock
from balise.foundation.accounts.models import Session


class SessionStore(DatabaseSessionStore):
    """Django's own store, with a hashed key and the account in a column of its own.

    The account makes "end all my sessions" one query. The hash keeps whoever steals the table
    from walking in.
    """

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        session = self._rows().first()
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

    def delete(self, session_key: str | None = None) -> None:
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
        return self.decode(session.session_data)


def kept_as(session_key: str) -> str:
    """Return what the table holds in place of a session's key (256 bits, in hexadecimal)."""
    return hashlib.sha256(session_key.encode()).hexdigest()


def _owned(session: Session, data: dict[str, Any]) -> Session:
    session.session_key = kept_as(session.session_key)
    session.account_id = data.get("_auth_user_id")
    return session
