"""From a kit to its print run, the school, the day and the area; and back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from balise.awareness.network.orders import access
from balise.awareness.network.orders.models import Entry, Note, Printed, PrintRun
from balise.awareness.network.orders.rules.ranges import Range, joined, without
from balise.awareness.network.orders.rules.refusals import NumbersFaulty
from balise.awareness.network.orders.rules.words import named_in
from balise.foundation.actors import Actor


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
