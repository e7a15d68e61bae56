"""Who may open a stream: the young person by the token's cookie, a listener by a ticket.

A ticket is signed, good for two minutes, and for one conversation and one account. The page that
hands it out stands behind the staff door; a stream is let go after ten minutes, and whenever
someone else takes the conversation over, and asks anew.
"""

from dataclasses import dataclass
from datetime import timedelta
from http.cookies import CookieError, SimpleCookie
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

from balise.foundation.actors import Actor, ActorKind
from balise.foundation.encryption.receipts import Receipt, ReceiptMistyped, read_receipt
from balise.foundation.encryption.sealing import RecordKey
from balise.foundation.finding import NotHere, NotYours
from balise.foundation.refusals import Refused
from balise.foundation.web import keeping, quick_exit
from balise.helpline.conversations import access, queries
from balise.helpline.conversations.rules import TokenUnknown

LASTS: Final = timedelta(minutes=2)
_SECURE_COOKIE: Final = "__Host-talk"
_PLAIN_COOKIE: Final = "talk"
_SECURE_BLOCK: Final = "__Host-not-now"
_PLAIN_BLOCK: Final = "not-now"

# What talking leaves in a browser: two cookies, and what talk.js keeps until it was sent.
KEPT: Final = (
    *keeping.cookie(_PLAIN_COOKIE),
    *keeping.cookie(_PLAIN_BLOCK),
    keeping.Kept(keeping.Where.SESSION, "talk-*"),
)


@dataclass(frozen=True, slots=True)
class Admitted:
    """A stream that may be opened: its conversation, and the key that reads it.

    The staff's side reads who said what; the young person reads sides.
    """

    conversation: UUID
    key: RecordKey
    is_staff: bool = False


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


def ticket_for(conversation_id: UUID, *, by: Actor) -> str:
    """Return a ticket to the stream of a conversation that one may read; refuse otherwise."""
    one, _key = queries.joined(conversation_id, seen_by=by)
    may_read_along = int(by.may(access.READ_ALONG))
    return _signer().sign(f"{one.id}:{by.key}:{may_read_along}")


def admit_young(cookies: str) -> Admitted:
    """Return what a Cookie header opens; TokenUnknown where it opens nothing.

    It opens nothing in a browser that has just left.
    """
    token = token_in(cookies)
    if token is None or quick_exit.says_away(cookies):
        raise TokenUnknown("")
    one, key = queries.opened(token)
    return Admitted(one.id, key)


def admit_staff(ticket: str) -> Admitted:
    """Return what a ticket opens; TokenUnknown where it opens nothing, or no longer."""
    try:
        conversation, account, reads = _signer().unsign(ticket, max_age=LASTS).split(":")
        abilities = {access.TALK} | ({access.READ_ALONG} if reads == "1" else set())
        actor = Actor(ActorKind.STAFF, account, frozenset(abilities))
        one, key = queries.joined(UUID(conversation), seen_by=actor)
    except (BadSignature, ValueError, Refused, NotHere, NotYours) as refused:
        raise TokenUnknown("") from refused
    return Admitted(one.id, key, is_staff=True)


def seat_ticket(*, by: Actor) -> str:
    """Return a ticket to the stream of one's own seat, which only says that there is news."""
    access.require(by, access.TALK)
    return _seat_signer().sign(by.key)


def admit_seat(ticket: str) -> UUID:
    """Return the account whose seat a ticket opens; TokenUnknown where it opens nothing."""
    try:
        return UUID(_seat_signer().unsign(ticket, max_age=LASTS))
    except (BadSignature, ValueError) as refused:
        raise TokenUnknown("") from refused


def _seat_signer() -> TimestampSigner:
    return TimestampSigner(salt="balise.helpline.stream.seat", sep="/")


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="balise.helpline.stream", sep="/")
