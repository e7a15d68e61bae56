"""What is counted about waiting and seats."""

from balise.foundation.statistics.measures import Measure, shown_from
from balise.foundation.statistics.suppression import CHILDREN
from balise.helpline.queue.events import (
    ItemClaimed,
    ItemFinished,
    ItemPutBack,
    ItemQueued,
    ItemReturned,
    ItemWithdrawn,
    SeatChanged,
)

MEASURES = shown_from(
    CHILDREN,
    Measure("helpline.items.queued", counts=ItemQueued, by=("kind",)),
    Measure("helpline.items.claimed", counts=ItemClaimed, by=("kind", "first"), amount="seconds"),
    Measure("helpline.items.returned", counts=ItemReturned, by=("kind", "reason")),
    Measure("helpline.items.put-back", counts=ItemPutBack, by=("kind", "why")),
    Measure("helpline.items.finished", counts=ItemFinished, by=("kind",), amount="seconds"),
    Measure(
        "helpline.items.withdrawn",
        counts=ItemWithdrawn,
        by=("kind", "reason", "taken"),
        amount="seconds",
    ),
    Measure("helpline.seats.spent", counts=SeatChanged, by=("before",), amount="seconds"),
)
