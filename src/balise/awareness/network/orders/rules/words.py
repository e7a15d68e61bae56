"""The words of orders and of the ledger; how numbers of kits and notes are written and read."""

import re
from base64 import b32encode
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.awareness.network.orders.rules.ranges import Range
from balise.awareness.network.orders.rules.refusals import MarkFaulty, NumbersFaulty

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
