"""Stock, orders and deliveries: every question, narrowed to who asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _, pgettext

from balise.awareness.partnership.campaigns.ports import Counted
from balise.awareness.places.orders import access
from balise.awareness.places.orders.models import (
    CONTACT,
    LINE,
    Entry,
    Note,
    Order,
    Printed,
    PrintRun,
)
from balise.awareness.places.orders.rules import (
    NumbersFaulty,
    OrderState,
    Range,
    area_said,
    joined,
    named_in,
    without,
)
from balise.awareness.places.structures.queries.register import home
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.finding import find

PAGE: Final = 50
_LAST: Final = 20  # entries that a kit's page shows


@dataclass(frozen=True, slots=True)
class Kept:
    """A kit in stock, with what is promised of it: accepted and not delivered."""

    kit: Printed
    promised: int

    @property
    def available(self) -> int:
        """How many could be promised more; below zero where too many are."""
        return self.kit.stock - self.promised


@dataclass(frozen=True, slots=True)
class KitShown:
    """A kit with its shelf and the last entries of its ledger."""

    kept: Kept
    shelf: Sequence[Range]
    entries: Sequence[Entry]
    has_more: bool


@dataclass(frozen=True, slots=True)
class OrderShown:
    """An order, its contact (None once it is forgotten), its notes and the stock of its kit."""

    row: Order
    contact: Mapping[str, str] | None
    notes: Sequence[Note]
    stock: Kept


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A delivery note: what left with it, all its entries, and the runs its copies are of."""

    row: Note
    left: Sequence[Entry]
    entries: Sequence[Entry]
    runs: Sequence[PrintRun]
    contact: Mapping[str, str] | None

    @property
    def is_cancelled(self) -> bool:
        """Whether all that left was entered by mistake."""
        return all(hasattr(each, "reversed_by") for each in self.left)


@dataclass(frozen=True, slots=True)
class AreaServed:
    """What an area asked for and got: `delivered` is what left and did not come back."""

    area: str
    orders: int
    places: int
    delivered: int

    @property
    def said(self) -> str:
        """Its name, with its code."""
        return area_said(self.area)


def offered() -> Sequence[tuple[UUID, str]]:
    """Return the kits that can be ordered. Anyone may ask: it reads no stock."""
    rows = Printed.objects.filter(is_offered=True).order_by("name")
    return list(rows.values_list("id", "name"))


def stock(*, seen_by: Actor) -> Sequence[Kept]:
    """Return every kit with its stock."""
    access.require(seen_by, access.READ)
    promised = _promised()
    return [Kept(kit, promised.get(kit.id, 0)) for kit in Printed.objects.all()]


def kit(kit_id: UUID, *, seen_by: Actor) -> KitShown:
    """Return a kit with its last entries, the newest first. Raises NotHere."""
    access.require(seen_by, access.READ)
    row = find(Printed, id=kit_id)
    entries = row.entries.select_related("note__order", "run", "reversed_by").order_by("-id")
    return KitShown(
        Kept(row, _promised(kit=row).get(row.id, 0)),
        [each.range for each in row.shelf.all()],
        list(entries[:_LAST]),
        entries.count() > _LAST,
    )


def orders(*, state: OrderState | None = None, seen_by: Actor) -> QuerySet[Order]:
    """Return orders, the oldest that wait first, else the newest."""
    access.require(seen_by, access.READ)
    rows = Order.objects.select_related("kit").defer("sealed")
    if state is None:
        return rows
    waits = state in {OrderState.WAITING, OrderState.ACCEPTED}
    return rows.filter(state=state.value).order_by("asked_at" if waits else "-asked_at")


def waiting(seen_by: Actor) -> int:
    """Return how many orders wait for an answer; 0 for who may not read them."""
    if not seen_by.may(access.READ):
        return 0
    return Order.objects.filter(state=OrderState.WAITING.value).count()


def order(order_id: UUID, *, seen_by: Actor) -> OrderShown:
    """Return an order, its contact opened for who keeps the stock. Raises NotHere."""
    access.require(seen_by, access.READ)
    row = find(Order.objects.select_related("kit"), id=order_id)
    opens = row.sealed and seen_by.may(access.KEEP)
    contact = (
        key_of_line(LINE, row.id).open(row.sealed, where=CONTACT, row=row.id) if opens else None
    )
    kept = Kept(row.kit, _promised(kit=row.kit).get(row.kit_id, 0))
    notes = row.notes.order_by("number")
    return OrderShown(row, contact, list(notes), kept)


def note(note_id: UUID, *, seen_by: Actor) -> Note:
    """Return a delivery note with its order and kit. Raises NotHere."""
    access.require(seen_by, access.READ)
    return find(Note.objects.select_related("order__kit"), id=note_id)


def note_shown(note_id: UUID, *, seen_by: Actor) -> NoteShown:
    """Return a delivery note with its entries, and its contact for who keeps the stock."""
    row = note(note_id, seen_by=seen_by)
    entries = list(row.entries.select_related("kit", "reversed_by"))
    printed = Q()
    for each in entries:
        printed |= Q(first__lte=each.last, last__gte=each.first)
    opens = row.order.sealed and seen_by.may(access.KEEP)
    return NoteShown(
        row,
        [each for each in entries if each.change < 0 and each.reverses_id is None],
        entries,
        list(row.order.kit.runs.filter(printed)),
        _contact(row.order) if opens else None,
    )


def deliveries(*, area: str = "", seen_by: Actor) -> QuerySet[Note, Any]:
    """Return delivery notes, the newest first, with what left and did not come back (`kits`)."""
    access.require(seen_by, access.READ)
    rows = Note.objects.select_related("order__kit").defer("order__sealed")
    if area:
        rows = rows.filter(order__area=area)
    return rows.annotate(kits=-Sum("entries__change")).order_by("-number")


def unserved(*, seen_by: Actor) -> Sequence[str]:
    """Return the names of the country's areas that never ordered, each with its code."""
    access.require(seen_by, access.READ)
    asked = set(Order.objects.values_list("area", flat=True).distinct())
    return [area_said(code) for code in home().areas if code not in asked]


def areas(*, seen_by: Actor) -> Sequence[AreaServed]:
    """Return each area that ordered, with what it got, in the order of their codes."""
    access.require(seen_by, access.READ)
    asked = Order.objects.values("area").annotate(
        orders=Count("id"), places=Count("place", distinct=True)
    )
    moved = Entry.objects.filter(note__isnull=False).values("note__order__area")
    got = {row["note__order__area"]: -row["sum"] for row in moved.annotate(sum=Sum("change"))}
    return [
        AreaServed(row["area"], row["orders"], row["places"], got.get(row["area"], 0))
        for row in asked.order_by("area")
    ]


def counted(*, code: str) -> Sequence[Counted]:
    """Return what carried a campaign's code here; campaigns ask it."""
    asked = Order.objects.filter(campaign=code).count()
    moved = Entry.objects.filter(note__order__campaign=code).aggregate(sum=Sum("change"))
    return [
        Counted(_("Orders of printed kits"), asked, pgettext("campaign", "orders")),
        Counted(_("Printed kits delivered"), -(moved["sum"] or 0), pgettext("campaign", "kits")),
    ]


def to_write(order_id: UUID) -> tuple[Order, str] | None:
    """Return an order and the address of who asked; None once it is forgotten."""
    row = Order.objects.select_related("kit").filter(id=order_id).exclude(sealed=b"").first()
    return (row, _contact(row)["email"]) if row else None


def _contact(row: Order) -> Mapping[str, str]:
    return key_of_line(LINE, row.id).open(row.sealed, where=CONTACT, row=row.id)


def _promised(**of: object) -> Mapping[UUID, int]:
    rows = Order.objects.filter(state=OrderState.ACCEPTED.value, **of).values("kit")
    return {
        row["kit"]: row["granted"] - row["delivered"]
        for row in rows.annotate(granted=Sum("granted"), delivered=Sum("delivered"))
    }


# From a kit to its print run, the school, the day and the area; and back.


@dataclass(frozen=True, slots=True)
class Traced:
    """What a text names: copies, the runs they were printed in, and each place they went, in order.

    `in_stock` are those of them that stand on the shelf now.
    """

    kit: Printed
    ranges: Sequence[Range]
    note: Note | None
    runs: Sequence[PrintRun]
    entries: Sequence[Entry]
    in_stock: Sequence[Range]


def trace(text: str, *, seen_by: Actor) -> Traced:
    """Return where kits come from and where they went. Raises NumbersFaulty.

    `text` is the number of a kit, two of them, or the number of a delivery note.
    """
    access.require(seen_by, access.READ)
    named = named_in(text)
    if named.note:
        return _of_note(named.note)
    kit = Printed.objects.filter(mark=named.mark, printed__gte=named.kits.last).first()
    if kit is None or named.kits.first < 1:
        raise NumbersFaulty(_("No such kit was printed."))
    return _of(kit, [named.kits])


def shelf_of(kit: Printed) -> list[Range]:
    """Return the copies of a kit that are in stock."""
    return [each.range for each in kit.shelf.all()]


def out_by(note: Note) -> list[Range]:
    """Return the copies that a note took out and that are not back."""
    found: list[Range] = []
    for entry in note.entries.all():
        found = joined([*found, entry.range]) if entry.change < 0 else without(found, entry.range)
    return found


def _of_note(number: int) -> Traced:
    note = Note.objects.select_related("order__kit").filter(number=number).first()
    if note is None:
        raise NumbersFaulty(_("No delivery note has this number."))
    left = note.entries.filter(change__lt=0, reverses=None)
    return _of(note.order.kit, [each.range for each in left], note)


def _of(kit: Printed, ranges: Sequence[Range], note: Note | None = None) -> Traced:
    overlaps = Q()
    for each in ranges:
        overlaps |= Q(first__lte=each.last, last__gte=each.first)
    entries = kit.entries.filter(overlaps).select_related("note__order", "run", "reversed_by")
    stands = kit.shelf.filter(overlaps)
    return Traced(
        kit,
        ranges,
        note,
        list(kit.runs.filter(overlaps)),
        list(entries.order_by("id")),
        [each.range for each in stands],
    )
