"""What the worker looks for, and what a conversation's page asks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line
from balise.helpline.removals import access
from balise.helpline.removals.models import LINE, SAID, Item, Request, Word
from balise.helpline.removals.queries.noticed import by_notice
from balise.helpline.removals.rules.states import WAITING, RemovalState
from balise.takedown.directory import queries as directory
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.notices.rules.states import WAITING as AT_PLATFORM

_MOST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a platform's API is asked, under the platform's own number for a notice."""

    address: str
    number: str
    notice: UUID


def ticket_of(item_id: UUID) -> Asked | None:
    """Return where to ask about an item, or None where there is nothing to ask any more.

    That is where its number was given, whatever way was tried since.
    """
    item = Item.objects.filter(id=item_id, state__in=sorted(WAITING)).exclude(ticket="").first()
    notice = by_notice(item.ticket_notice) if item is not None else None
    if item is None or notice is None or notice.stands not in AT_PLATFORM:
        return None
    contact = directory.contact(notice.contact)
    if contact is None or contact.contact_kind is not ContactKind.API or not contact.is_open:
        return None
    return Asked(contact.address, item.ticket, notice.id)


def answer_to_tell(item_id: UUID, word_id: UUID) -> tuple[Asked, str] | None:
    """Return where our answer goes and what it says, or None: it went by mail, or is forgotten."""
    asked = ticket_of(item_id)
    word = Word.objects.select_related("item").filter(id=word_id, item=item_id).first()
    if asked is None or word is None:
        return None
    key = key_of_line(LINE, word.item.request_id)
    return asked, str(key.open(word.sealed, where=SAID, row=word.id)["text"])


def with_ticket() -> list[UUID]:
    """Return the items whose platform can be asked for their state, by its own number."""
    found = Item.objects.filter(state__in=sorted(WAITING)).exclude(ticket="")
    return list(found.order_by("round_at").values_list("id", flat=True)[:_MOST])


def left_behind() -> list[UUID]:
    """Return the items that wait to be told to an API: the worker may have stopped on the way."""
    found = Item.objects.filter(state=RemovalState.SENDING, way_kind=ContactKind.API)
    return list(found.values_list("id", flat=True)[:_MOST])


def requests_of(contact_id: UUID, *, seen_by: Actor) -> list[tuple[UUID, datetime]]:
    """Return (request, when) of those that began in a contact, the latest first."""
    access.require(seen_by, access.READ)
    found = Request.objects.filter(contact=contact_id).order_by("-asked_at")
    return list(found.values_list("id", "asked_at"))


def items_of(request_id: UUID) -> list[UUID]:
    """Return the items of a request, in order."""
    found = Item.objects.filter(request=request_id).order_by("number")
    return list(found.values_list("id", flat=True))


def request_of(item_id: UUID) -> UUID | None:
    """Return which request an item belongs to, or None: it is not there."""
    return Item.objects.filter(id=item_id).values_list("request", flat=True).first()
