"""Printed kits: add one, note a print run, what is lost, what comes back; put an entry right."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.awareness.network.campaigns.queries import require_known
from balise.awareness.network.orders import access
from balise.awareness.network.orders.actions.ledger import enter
from balise.awareness.network.orders.events import KitAdded, KitOffered
from balise.awareness.network.orders.models import Entry, Note, Order, Printed, PrintRun
from balise.awareness.network.orders.queries.trace import out_by
from balise.awareness.network.orders.rules.ranges import Range, without
from balise.awareness.network.orders.rules.refusals import AlreadyReversed, MarkTaken
from balise.awareness.network.orders.rules.words import LedgerKind, OrderState, mark_of
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code


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
