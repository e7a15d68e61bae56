"""Put what is not live back in its place: same moment, same profession or listener."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.helpline.queue import access
from balise.helpline.queue.actions.leaving import leave
from balise.helpline.queue.actions.seats import let_go, own_seat
from balise.helpline.queue.events import ItemPutBack
from balise.helpline.queue.models import Item
from balise.helpline.queue.queries import is_over
from balise.helpline.queue.rules import (
    ItemState,
    PutBack,
    Reason,
    WaitKind,
    check_can_wait,
    check_is,
    check_is_yours,
)


def put_back(*, item_id: UUID, by: Actor) -> None:
    """Put what one holds back in line, in the place that it had; the console is ready again.

    Refuses (SomeoneIsThere) a call or a chat. What is over leaves the queue instead.
    """
    access.require(by, access.WORK)
    moment = now()
    with transaction.atomic():
        seat = own_seat(by=by)
        item = Item.locked(item_id)
        check_is(item.state, ItemState.HELD)
        check_is_yours(held_by=item.held_by, by=by.key)
        check_can_wait(WaitKind(item.kind))
        go_back(item=item, why=PutBack.BY_HAND, moment=moment, by=by)
        let_go(seat=seat, kind=item.kind, moment=moment, by=by)


def go_back(*, item: Item, why: PutBack, moment: datetime, by: Actor) -> None:
    """Put a locked, held item back in the place that it had, in the open transaction."""
    if is_over(item):
        leave(item=item, reason=Reason.LEFT, moment=moment, by=by)
        return
    item.state, item.held_by = ItemState.WAITING, ""
    item.save(update_fields=("state", "held_by"))
    record(item.fact(ItemPutBack, why=why), by=by)
