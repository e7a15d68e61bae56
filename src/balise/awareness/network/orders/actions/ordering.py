"""An order: asked by anyone, accepted or refused, delivered; its contact is forgotten in time."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.awareness.network.orders import access
from balise.awareness.network.orders.actions.ledger import enter
from balise.awareness.network.orders.events import (
    OrderAccepted,
    OrderAsked,
    OrderDelivered,
    OrderRefused,
)
from balise.awareness.network.orders.models import CONTACT, LINE, Note, Order, Printed
from balise.awareness.network.orders.queries.trace import shelf_of
from balise.awareness.network.orders.rules.areas import area_of
from balise.awareness.network.orders.rules.ranges import taken
from balise.awareness.network.orders.rules.refusals import KitNotOffered, TooMany, WrongState
from balise.awareness.network.orders.rules.words import Because, LedgerKind, OrderState, Requester
from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import forget, keep, new_key
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a school or structure asks for."""

    requester: Requester
    place: str
    commune: str
    postcode: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who asks, and where the kits go; sealed."""

    name: str
    email: str
    telephone: str = ""
    street: str


def ask(
    *, order_id: UUID, kit_id: UUID, asked: Asked, contact: Contact, language: str, by: Actor
) -> str:
    """Ask for kits, and return the order's reference. Anyone may.

    The same order sent twice (`order_id`) is one. Raises KitNotOffered and AreaUnknown.
    """
    kit = Printed.objects.only("id", "campaign", "is_offered").filter(id=kit_id).first()
    if kit is None or not kit.is_offered:
        raise KitNotOffered(_("This kit can no longer be ordered."))
    key = new_key(LINE, order_id)
    order = Order(
        id=order_id,
        kit_id=kit_id,
        requester=asked.requester.value,
        place=asked.place,
        commune=asked.commune,
        postcode=asked.postcode,
        area=area_of(asked.postcode),
        campaign=kit.campaign,
        language=language,
        wanted=asked.number,
        sealed=key.seal(asdict(contact), where=CONTACT, row=order_id),
        asked_at=clock.now(),
    )
    try:
        with transaction.atomic():
            order.save_new()
            keep(key)
            record(
                OrderAsked(
                    subject=order.id,
                    area=Code(order.area),
                    requester=Code(order.requester),
                    campaign=Code(order.campaign),
                    number=order.wanted,
                ),
                by=by,
            )
    except IntegrityError:
        pass  # the same order, sent once more
    return order.reference


@transaction.atomic
def accept(*, order_id: UUID, number: int, by: Actor) -> None:
    """Accept an order, or say another number before all is delivered.

    Raises TooMany for more than was asked for or fewer than left already, WrongState.
    """
    access.require(by, access.KEEP)
    order = _standing(order_id, OrderState.WAITING, OrderState.ACCEPTED)
    if not max(order.delivered, 1) <= number <= order.wanted:
        said = _("Enter a number from %(fewest)s to %(most)s.")
        raise TooMany(said % {"fewest": max(order.delivered, 1), "most": order.wanted})
    order.granted, order.state = number, OrderState.ACCEPTED.value
    _end_if_done(order)
    order.save(update_fields=["granted", "state", "ended_at"])
    record(OrderAccepted(subject=order.id, number=number), by=by)


@transaction.atomic
def refuse(*, order_id: UUID, because: Because, by: Actor) -> None:
    """Refuse an order of which nothing left. Raises WrongState."""
    access.require(by, access.KEEP)
    order = _standing(order_id, OrderState.WAITING, OrderState.ACCEPTED)
    if order.delivered:
        raise WrongState(_("Some of these kits are delivered."))
    order.state, order.because, order.granted = OrderState.REFUSED.value, because.value, 0
    order.ended_at = clock.now()
    order.save(update_fields=["state", "because", "granted", "ended_at"])
    record(OrderRefused(subject=order.id, because=Code(because.value)), by=by)


@transaction.atomic
def deliver(*, order_id: UUID, number: int, day: date, by: Actor) -> UUID:
    """Take kits out of the stock for an order, the lowest numbers first; return the note's id.

    Raises WrongState, TooMany for more than is left of the order, StockShort.
    """
    access.require(by, access.KEEP)
    order = _standing(order_id, OrderState.ACCEPTED)
    kit = Printed.locked(order.kit_id)
    if not 1 <= number <= order.remaining:
        said = _("%(remaining)s kits of this order are left to deliver.")
        raise TooMany(said % {"remaining": order.remaining})
    ranges = taken(shelf_of(kit), number)
    note = _new_note(order, day)
    enter(kit=kit, ranges=ranges, kind=LedgerKind.DELIVERED, day=day, note=note, by=by)
    order.delivered += number
    _end_if_done(order)
    order.save(update_fields=["delivered", "state", "ended_at"])
    record(OrderDelivered(subject=order.id, note=note.number), by=by)
    return note.id


@transaction.atomic
def forget_contacts(*, orders: Sequence[UUID], by: Actor) -> int:
    """Destroy who asked and their keys; the orders and their deliveries stay. Return how many."""
    access.require(by, access.KEEP)
    forget(orders)
    return Order.objects.filter(id__in=orders).update(sealed=b"")


def _standing(order_id: UUID, *states: OrderState) -> Order:
    order = Order.locked(order_id)
    if order.stands not in states:
        said = _("This order is no longer where this can be done: %(state)s.")
        raise WrongState(said % {"state": order.stands.label})
    return order


def _end_if_done(order: Order) -> None:
    if order.delivered == order.granted:
        order.state, order.ended_at = OrderState.DELIVERED.value, clock.now()


def _new_note(order: Order, day: date) -> Note:
    """Return the next note: one at a time has its number, so that none is missing."""
    rows.in_turn("orders.notes")
    last = Note.objects.order_by("-number").values_list("number", flat=True).first() or 0
    return Note.objects.create(number=last + 1, order=order, day=day, made_at=clock.now())
