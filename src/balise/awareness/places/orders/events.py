"""What happened to printed kits and their orders."""

from balise.foundation.journal.events import Code, Event


class KitAdded(Event, name="awareness.kit.added"):
    """A printed kit has a mark, which its numbers begin with."""

    mark: Code


class KitOffered(Event, name="awareness.kit.offered"):
    """A printed kit can be ordered on the public page, or cannot any more."""

    is_offered: bool


class KitsMoved(Event, name="awareness.kits.moved"):
    """An entry of the ledger. Its subject is the note, the print run, or the kit for what was lost.

    `number` is how many kits of its kind; a counter-entry has it below zero.
    """

    kind: Code
    mark: Code
    number: int
    area: Code
    requester: Code
    campaign: Code


class OrderAsked(Event, name="awareness.order.asked"):
    """A school or structure orders kits."""

    area: Code
    requester: Code
    campaign: Code
    number: int


class OrderAccepted(Event, name="awareness.order.accepted"):
    """So many kits are to be delivered."""

    number: int


class OrderRefused(Event, name="awareness.order.refused"):
    """No kits are delivered."""

    because: Code


class OrderDelivered(Event, name="awareness.order.delivered"):
    """A delivery note was made of an order: its subject. `note` is the note's number."""

    note: int
