"""Every change of printed kits and of their orders."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from balise.awareness.partnership.campaigns.queries import require_known
from balise.awareness.places.orders import access
from balise.awareness.places.orders.events import (
    KitAdded,
    KitOffered,
    KitsMoved,
    OrderAccepted,
    OrderAsked,
    OrderDelivered,
    OrderRefused,
)
from balise.awareness.places.orders.models import (
    CONTACT,
    LINE,
    Entry,
    Note,
    Order,
    Printed,
    PrintRun,
    Shelf,
)
from balise.awareness.places.orders.queries import out_by, shelf_of
from balise.awareness.places.orders.rules import (
    SIGN,
    AlreadyReversed,
    Because,
    KitNotOffered,
    LedgerKind,
    MarkTaken,
    OrderState,
    Range,
    Requester,
    TooMany,
    WrongState,
    area_of,
    joined,
    mark_of,
    size_of,
    taken,
    without,
)
from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import forget, keep, new_key
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code

# The one place that moves copies: an entry, the shelf and the stock, in one transaction.
#
# Its caller holds the lock of the kit. The database refuses a stock below zero whatever is
# written here.


def enter(
    *,
    kit: Printed,
    ranges: Sequence[Range],
    kind: LedgerKind,
    day: date,
    run: PrintRun | None = None,
    note: Note | None = None,
    reverses: Entry | None = None,
    by: Actor,
) -> None:
    """Write ranges of copies into the ledger, and move them. Raises NotThere."""
    sign = -SIGN[kind] if reverses else SIGN[kind]
    number = size_of(ranges)
    _put(kit, _moved(shelf_of(kit), ranges, sign))
    Printed.objects.filter(id=kit.id).update(stock=F("stock") + sign * number)
    Entry.objects.bulk_create(
        Entry(
            kit=kit,
            kind=kind.value,
            first=each.first,
            last=each.last,
            change=sign * each.size,
            day=day,
            at=clock.now(),
            run=run,
            note=note,
            reverses=reverses,
        )
        for each in ranges
    )
    order = note.order if note else None
    subject = note or run or kit
    record(
        KitsMoved(
            subject=subject.id,
            kind=Code(kind.value),
            mark=Code(kit.mark),
            number=-number if reverses else number,
            area=Code(order.area if order else ""),
            requester=Code(order.requester if order else ""),
            campaign=Code(order.campaign if order else kit.campaign),
        ),
        by=by,
    )


def _moved(shelf: list[Range], ranges: Iterable[Range], sign: int) -> list[Range]:
    if sign > 0:
        return joined([*shelf, *ranges])
    for each in ranges:
        shelf = without(shelf, each)
    return shelf


def _put(kit: Printed, ranges: Iterable[Range]) -> None:
    """Let a shelf hold these ranges: only rows that differ are written."""
    rows = {each.range: each.id for each in kit.shelf.all()}
    kept = set(ranges)
    Shelf.objects.filter(id__in=[rows[each] for each in rows.keys() - kept]).delete()
    Shelf.objects.bulk_create(
        Shelf(kit=kit, first=each.first, last=each.last) for each in kept - rows.keys()
    )


# Printed kits: add one, note a print run, what is lost, what comes back; put an entry right.


def add_kit(
    *,
    name: str,
    mark: str,
    page: UUID | None = None,
    edition: int | None = None,
    campaign: str = "",
    by: Actor,
) -> UUID:
    """Add a printed kit, none in stock; return its id.

    Raises MarkFaulty, MarkTaken and CampaignUnknown.
    """
    access.require(by, access.KEEP)
    kit = Printed(
        name=name,
        mark=mark_of(mark),
        page=page,
        edition=edition,
        campaign=require_known(campaign),
    )
    try:
        with transaction.atomic():
            kit.save(force_insert=True)
            record(KitAdded(subject=kit.id, mark=Code(kit.mark)), by=by)
    except IntegrityError:
        raise MarkTaken(_("Another kit has the mark %(mark)s.") % {"mark": kit.mark}) from None
    return kit.id


@transaction.atomic
def offer(*, kit_id: UUID, is_offered: bool, by: Actor) -> None:
    """Let a kit be ordered on the public page, or no longer."""
    access.require(by, access.KEEP)
    kit = Printed.locked(kit_id)
    kit.is_offered = is_offered
    kit.save(update_fields=["is_offered"])
    record(KitOffered(subject=kit.id, is_offered=is_offered), by=by)


@transaction.atomic
def print_run(
    *, kit_id: UUID, number: int, printed_on: date, printer_note: str = "", by: Actor
) -> UUID:
    """Put a print run in stock: its copies have the numbers after the last ones. Return its id."""
    access.require(by, access.KEEP)
    kit = Printed.locked(kit_id)
    copies = Range(kit.printed + 1, kit.printed + number)
    run = PrintRun.objects.create(
        kit=kit,
        first=copies.first,
        last=copies.last,
        printed_on=printed_on,
        printer_note=printer_note,
    )
    kit.printed = copies.last
    kit.save(update_fields=["printed"])
    enter(kit=kit, ranges=[copies], kind=LedgerKind.PRINTED, day=printed_on, run=run, by=by)
    return run.id


@transaction.atomic
def lose(*, kit_id: UUID, kits: Range, by: Actor) -> None:
    """Take lost or damaged copies out of the stock. Raises NotThere unless all are in stock."""
    access.require(by, access.KEEP)
    kit = Printed.locked(kit_id)
    enter(kit=kit, ranges=[kits], kind=LedgerKind.LOST, day=clock.today(), by=by)


@transaction.atomic
def take_back(*, note_id: UUID, kits: Range, by: Actor) -> None:
    """Put copies that came back from a delivery in stock. Raises NotThere for others."""
    access.require(by, access.KEEP)
    note = find(Note.objects.select_related("order"), id=note_id)
    kit = Printed.locked(note.order.kit_id)
    without(out_by(note), kits)  # refuses what this note did not take there, or is back already
    enter(kit=kit, ranges=[kits], kind=LedgerKind.RETURNED, day=clock.today(), note=note, by=by)


@transaction.atomic
def reverse(*, entry_id: int, by: Actor) -> None:
    """Put a wrong entry right by another that reverses it; both stay.

    Raises AlreadyReversed, and NotThere where its copies have moved since.
    """
    access.require(by, access.KEEP)
    entry = find(Entry.objects.select_related("note__order", "run"), id=entry_id)
    delivered = entry.note if entry.says is LedgerKind.DELIVERED else None
    order = Order.locked(delivered.order_id) if delivered else None  # before the kit, as elsewhere
    kit = Printed.locked(entry.kit_id)
    if entry.reverses_id or Entry.objects.filter(reverses=entry).exists():
        raise AlreadyReversed(_("This entry is reversed already, or reverses another."))
    if delivered:
        without(out_by(delivered), entry.range)  # refuses what is back already
    enter(
        kit=kit,
        ranges=[entry.range],
        kind=entry.says,
        day=clock.today(),
        run=entry.run,
        note=entry.note,
        reverses=entry,
        by=by,
    )
    if order:
        order.delivered -= entry.range.size
        order.state, order.ended_at = OrderState.ACCEPTED.value, None
        order.save(update_fields=["delivered", "state", "ended_at"])


# An order: asked by anyone, accepted or refused, delivered; its contact is forgotten in time.


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
