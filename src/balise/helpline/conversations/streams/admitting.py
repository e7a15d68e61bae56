"""Who may open a stream: the young person by the token's cookie, a listener by their session's.

Nothing that opens a stream is in its address, which servers write into their logs. The session is a
cookie that no other site's page sends (`SameSite=Strict`) and that no script reads; it is read as
the pages of the staff door read it, and looked at again while the stream is open (`watching`).
"""

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied

from balise.foundation.accounts.queries import signed_in_now
from balise.foundation.accounts.rules import Standing
from balise.foundation.accounts.visits import kept_as, key_in
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import RecordKey
from balise.foundation.encryption.worded import Receipt, ReceiptMistyped, read_receipt
from balise.foundation.refusals import Refused
from balise.foundation.web import quick_exit
from balise.helpline.conversations import access, queries
from balise.helpline.conversations.rules import TokenUnknown

_SECURE_COOKIE: Final = "__Host-talk"
_PLAIN_COOKIE: Final = "talk"
_SECURE_BLOCK: Final = "__Host-not-now"
_PLAIN_BLOCK: Final = "not-now"
_SECURE_TYPED: Final = "__Host-typed"
_PLAIN_TYPED: Final = "typed"

# What talking leaves in a browser: three cookies, and what waits, encrypted, until it was sent.
KEPT: Final = (
    *quick_exit.cookie(_PLAIN_COOKIE),
    *quick_exit.cookie(_PLAIN_BLOCK),
    *quick_exit.cookie(_PLAIN_TYPED),
    quick_exit.Kept(quick_exit.Where.SESSION, "talk-*"),
    quick_exit.Kept(quick_exit.Where.DATABASE, "outbox"),
)


@dataclass(frozen=True, slots=True)
class Present:
    """Who opens a stream of the staff: their session, as its table names it, and what they may."""

    session: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class Admitted:
    """A stream that may be opened: its conversation, and the key that reads it.

    The staff's side, which says who is there, reads who said what; the young person reads sides.
    """

    conversation: UUID
    key: RecordKey
    staff: Present | None = None


class NotPresent(Exception):
    """The session is over or locked, or there is none."""


def cookie_name() -> str:
    """Return the name of the cookie that holds a young person's token."""
    return _SECURE_COOKIE if settings.SESSION_COOKIE_SECURE else _PLAIN_COOKIE


def token_in(cookies: str) -> Receipt | None:
    """Return the token in a Cookie header, or None."""
    try:
        found = SimpleCookie(cookies).get(cookie_name())
        return read_receipt(found.value) if found else None
    except (CookieError, ReceiptMistyped):
        return None


def block_cookie_name() -> str:
    """Return the name of the cookie by which a browser is known while a block lasts."""
    return _SECURE_BLOCK if settings.SESSION_COOKIE_SECURE else _PLAIN_BLOCK


def typed_cookie_name() -> str:
    """Return the name of the cookie that says that the code was typed in this browser."""
    return _SECURE_TYPED if settings.SESSION_COOKIE_SECURE else _PLAIN_TYPED


def admit_young(cookies: str) -> Admitted:
    """Return what a Cookie header opens; TokenUnknown where it opens nothing.

    It opens nothing in a browser that has just left.
    """
    token = token_in(cookies)
    if token is None or quick_exit.says_away(cookies):
        raise TokenUnknown("")
    one, key = queries.opened(token)
    return Admitted(one.id, key)


def admit_staff(cookies: str, conversation: str) -> Admitted:
    """Return the stream of a conversation that the session in a Cookie header may read.

    Raises NotPresent, and TokenUnknown alike for one that is not theirs and one that is not there.
    """
    present = _present(cookies)
    try:
        one, key = queries.joined(UUID(conversation), seen_by=present.actor)
    except (ValueError, ObjectDoesNotExist, PermissionDenied, Refused) as refused:
        raise TokenUnknown("") from refused
    return Admitted(one.id, key, present)


def admit_seat(cookies: str) -> Present:
    """Return whose console a Cookie header opens; NotPresent, or TokenUnknown for one without."""
    present = _present(cookies)
    if not present.actor.may(access.TALK):
        raise TokenUnknown("")
    return present


def _present(cookies: str) -> Present:
    session = kept_as(key_in(cookies))
    found = signed_in_now({session}).get(session)
    if found is None or found.standing is not Standing.OPEN:
        raise NotPresent
    return Present(session, found.actor)
