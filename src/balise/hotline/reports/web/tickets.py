"""The ticket of a visit: which receipt this browser holds, and which page comes next.

It lives in one cookie for a quarter of an hour at most, and in a hidden field of the form, so that
a second sending is the first one again. It is never in an address.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from balise.foundation.encryption.receipts import (
    Receipt,
    ReceiptMistyped,
    new_receipt,
    read_receipt,
)
from balise.foundation.web import keeping

_LASTS = timedelta(minutes=15)
_FORM_LASTS = timedelta(hours=24)
_SECURE_NAME = "__Host-visit"
_PLAIN_NAME = "visit"

EMPTY: Final = "empty"  # of a ticket that holds marks alone: its receipt opens nothing

KEPT: Final = keeping.cookie(_PLAIN_NAME)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A receipt and the page to show for it.

    `met` are marks of the contents that this browser reported just before, for nobody is told that
    someone else had: of contents, not of a person, and gone with the ticket.
    """

    receipt: Receipt
    page: str
    met: str = ""


def new_ticket(page: str, met: str = "") -> Ticket:
    """Return a ticket with a receipt that nobody has yet."""
    return Ticket(new_receipt(), page, met)


def held(request: HttpRequest) -> Ticket | None:
    """Return the ticket in this browser's cookie; None if there is none, or it lapsed."""
    found = _read(request.COOKIES.get(_name(), ""), most=_LASTS)
    return found if found is None or found.page != EMPTY else None


def met_before(request: HttpRequest) -> str:
    """Return the marks of what this browser reported just before; "" where there are none."""
    found = _read(request.COOKIES.get(_name(), ""), most=_LASTS)
    return found.met if found else ""


def in_form(value: str) -> Ticket | None:
    """Return the ticket in a form's hidden field; None if it is not ours, or older than a day."""
    return _read(value, most=_FORM_LASTS)


def written(ticket: Ticket) -> str:
    """Return a ticket signed, for a hidden field or a cookie."""
    return _signer().sign(f"{ticket.receipt}.{ticket.page}.{ticket.met}")


def hand_over(response: HttpResponse, ticket: Ticket) -> None:
    """Put a ticket in the browser's cookie."""
    response.set_cookie(
        _name(),
        written(ticket),
        max_age=_LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def take_back(response: HttpResponse) -> None:
    """Take the ticket out of the browser."""
    response.delete_cookie(_name(), samesite="Strict")


def _read(value: str, *, most: timedelta) -> Ticket | None:
    try:
        receipt, page, met = (*_signer().unsign(value, max_age=most).split("."), "")[:3]
        return Ticket(read_receipt(receipt), page, met)
    except (BadSignature, ReceiptMistyped, ValueError):
        return None


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="balise.hotline.visit")


def _name() -> str:
    return _SECURE_NAME if settings.SESSION_COOKIE_SECURE else _PLAIN_NAME
