"""The one place that moves copies: an entry, the shelf and the stock, in one transaction.

Its caller holds the lock of the kit. The database refuses a stock below zero whatever is written
here.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F

from balise.awareness.network.orders.events import KitsMoved
from balise.awareness.network.orders.models import Entry, Note, Printed, PrintRun, Shelf
from balise.awareness.network.orders.queries.trace import shelf_of
from balise.awareness.network.orders.rules.ranges import Range, joined, size_of, without
from balise.awareness.network.orders.rules.words import SIGN, LedgerKind
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code


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
