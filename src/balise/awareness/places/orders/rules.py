"""What is decided about printed kits, without a database."""

import re
from base64 import b32encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext_lazy

from balise.awareness.places.structures.rules.places import departement, departement_of_postcode
from balise.foundation.refusals import Refused

# Why something of printed kits is refused.


class StockShort(Refused, code="stock-short"):
    """There are not so many kits."""

    field = "number"


class NotThere(Refused, code="kits-not-there"):
    """Kits of this range are not where they would be taken from."""

    field = "numbers"


class NumbersFaulty(Refused, code="kit-numbers-faulty"):
    """The text names neither kits nor a note."""

    field = "numbers"


class MarkFaulty(Refused, code="kit-mark-faulty"):
    """The text is no mark."""

    field = "mark"


class MarkTaken(Refused, code="kit-mark-taken"):
    """Another kit has this mark."""

    field = "mark"


class WrongState(Refused, code="order-state"):
    """The order does not stand where this can be done."""


class TooMany(Refused, code="order-too-many"):
    """More kits than were asked for, or accepted."""

    field = "number"


class AlreadyReversed(Refused, code="entry-reversed"):
    """An entry is reversed once, and no counter-entry is."""


class AreaUnknown(Refused, code="order-area-unknown"):
    """The postcode is none that we know."""

    field = "postcode"


class KitNotOffered(Refused, code="kit-not-offered"):
    """The kit cannot be ordered."""

    field = "kit"


# The area that an order is for: in France, a département.


def area_of(postcode: str) -> str:
    """Return the code of the area of a postcode. Raises AreaUnknown."""
    area = departement_of_postcode(postcode)
    if not area:
        raise AreaUnknown(_("We do not know this postcode."))
    return area


def area_said(code: str) -> str:
    """Return an area's name with its code; the code of one that is no longer known."""
    try:
        return f"{departement(code).name} ({code})"
    except KeyError:
        return code


# Ranges of kit numbers: what stands on the shelf, what leaves it, what comes back. Pure.


class Range(NamedTuple):
    """Kits whose numbers follow each other, the first and the last included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1


def size_of(ranges: Iterable[Range]) -> int:
    """Return how many kits these are."""
    return sum(each.size for each in ranges)


def taken(shelf: Sequence[Range], number: int) -> list[Range]:
    """Return the lowest numbers of a shelf, so many kits. Raises StockShort."""
    left, found = number, []
    for each in sorted(shelf):
        part = Range(each.first, min(each.last, each.first + left - 1))
        found.append(part)
        left -= part.size
        if not left:
            return found
    there = size_of(shelf)
    said = ngettext("%(there)s kit is in stock.", "%(there)s kits are in stock.", there)
    raise StockShort(said % {"there": there})


def without(shelf: Iterable[Range], gone: Range) -> list[Range]:
    """Return a shelf without a range. Raises NotThere unless the whole of it is there."""
    left: list[Range] = []
    is_there = False
    for each in shelf:
        if each.first <= gone.first and gone.last <= each.last:
            is_there = True
            left += [Range(each.first, gone.first - 1), Range(gone.last + 1, each.last)]
        else:
            left.append(each)
    if not is_there or gone.size < 1:
        raise NotThere(_("Not all of these kits are there."))
    return sorted(each for each in left if each.size > 0)


def joined(ranges: Iterable[Range]) -> list[Range]:
    """Return ranges in order, those that follow each other as one. Raises NotThere for overlaps."""
    found: list[Range] = []
    for each in sorted(ranges):
        if found and each.first <= found[-1].last:
            raise NotThere(_("Some of these kits are there already."))
        if found and each.first == found[-1].last + 1:
            found[-1] = Range(found[-1].first, each.last)
        else:
            found.append(each)
    return found


# The words of orders and of the ledger; how numbers of kits and notes are written and read.


LONGEST_MARK: Final = 8
MOST: Final = 20_000  # kits of one order
MOST_PRINTED: Final = 10_000_000  # kits of one run
_NOTE: Final = "BL"  # what a delivery note's number begins with: bon de livraison
_NONE: Final = Range(0, 0)
_GAP: Final = re.compile(r"[\s–—-]+")
_MARK: Final = re.compile(r"[A-Z0-9]{2,8}")
_NUMBERS: Final = re.compile(
    r"(?P<mark>[A-Z0-9]{2,8})-(?P<first>\d{1,8})(?:-(?:(?P=mark)-)?(?P<last>\d{1,8}))?"
)


class OrderState(TextChoices):
    """Where an order stands."""

    WAITING = "waiting", pgettext_lazy("order", "Waiting")
    ACCEPTED = "accepted", pgettext_lazy("order", "Accepted")
    DELIVERED = "delivered", pgettext_lazy("order", "Delivered")
    REFUSED = "refused", pgettext_lazy("order", "Refused")


class Because(TextChoices):
    """Why an order is refused."""

    STOCK = "stock", gettext_lazy("No kits left")
    TWICE = "twice", gettext_lazy("Ordered twice")
    ELSEWHERE = "elsewhere", gettext_lazy("Outside the territory served")
    AUDIENCE = "audience", gettext_lazy("Kit for another age")


class Requester(TextChoices):
    """Who orders."""

    PRIMARY = "primary", pgettext_lazy("requester", "Primary school")
    MIDDLE = "middle", gettext_lazy("Lower secondary school")
    HIGH = "high", gettext_lazy("Upper secondary school")
    STRUCTURE = "structure", gettext_lazy("Association or local service")
    OTHER = "other", pgettext_lazy("requester", "Other")


class LedgerKind(TextChoices):
    """What an entry of the ledger says."""

    PRINTED = "printed", pgettext_lazy("kits", "Printed")
    DELIVERED = "delivered", pgettext_lazy("kits", "Delivered")
    RETURNED = "returned", pgettext_lazy("kits", "Returned")
    LOST = "lost", pgettext_lazy("kits", "Lost or damaged")


SIGN: Final = {
    LedgerKind.PRINTED: 1,
    LedgerKind.RETURNED: 1,
    LedgerKind.DELIVERED: -1,
    LedgerKind.LOST: -1,
}


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: kits of a mark, or a delivery note."""

    mark: str = ""
    kits: Range = _NONE
    note: int = 0


def kit_number(mark: str, number: int) -> str:
    """Return a kit's number as it is printed on it."""
    return f"{mark}-{number:06}"


def kits_said(mark: str, kits: Range) -> str:
    """Return a range of kits in words."""
    first = kit_number(mark, kits.first)
    return first if kits.size == 1 else f"{first} – {kit_number(mark, kits.last)}"


def note_number(number: int) -> str:
    """Return a delivery note's number as it is printed on it."""
    return f"{_NOTE}-{number:06}"


def mark_of(text: str) -> str:
    """Return the mark of a kit: 2 to 8 capitals and digits. Raises MarkFaulty."""
    mark = text.strip().upper()
    if not _MARK.fullmatch(mark) or mark == _NOTE:
        raise MarkFaulty(_("Use 2 to 8 letters without accents and digits, other than BL."))
    return mark


def named_in(text: str) -> Named:
    """Return what a text names. Raises NumbersFaulty.

    `6E-000120`, `6e 120`, `6E-000120 – 6E-000180`, `6E-120-180` and `BL-000012` are understood.
    """
    found = _NUMBERS.fullmatch(_GAP.sub("-", text.strip().upper()))
    if found:
        first = int(found["first"])
        kits = Range(first, int(found["last"] or first))
        if found["mark"] == _NOTE and kits.size == 1:
            return Named(note=first)
        if found["mark"] != _NOTE and kits.size > 0:
            return Named(mark=found["mark"], kits=kits)
    raise NumbersFaulty(_("Enter a kit number, two numbers, or the number of a delivery note."))


def reference_of(order: UUID) -> str:
    """Return what someone quotes of an order: 8 letters and digits of its random id."""
    return b32encode(order.bytes[:5]).decode()
