"""Take an item out of the queue although it was not done; for the other actions."""

from datetime import datetime

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.helpline.queue.events import ItemWithdrawn
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState, Reason


def leave(*, item: Item, reason: Reason, moment: datetime, by: Actor) -> None:
    """Take a locked, open item out of the queue, and record it."""
    fact = withdrawn(item=item, reason=reason, moment=moment, by=by)
    item.save(update_fields=("state", "held_by", "ended_at"))
    record(fact, by=by)


def withdrawn(
    *,
    item: Item,
    reason: Reason,
    moment: datetime,
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> ItemWithdrawn:
    """Set, unsaved, that an item has left; return the fact."""
    # A place in line may be older than the wait: the helpline was closed between.
    began = item.waiting_since if item.first_held_at is None else item.queued_at
    item.state, item.held_by, item.ended_at = ItemState.WITHDRAWN, "", moment
    return item.fact(
        ItemWithdrawn,
        reason=reason,
        seconds=max(int((moment - began).total_seconds()), 0),
        taken=item.first_held_at is not None,
    )
