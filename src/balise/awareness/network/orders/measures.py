"""What is counted of printed kits, from the ledger's own events."""

from balise.awareness.network.orders.events import KitsMoved, OrderAsked
from balise.awareness.network.orders.rules.words import LedgerKind
from balise.foundation.statistics.measures import Measure

MEASURES = (
    # A delivery that is reversed takes its kits away again, on the day of the correction.
    Measure(
        "awareness.kits",
        counts=KitsMoved,
        by=("area", "requester", "campaign"),
        amount="number",
        only=(("kind", LedgerKind.DELIVERED.value),),
    ),
    Measure("awareness.kit-orders", counts=OrderAsked, by=("area",), amount="number"),
)
