"""What the other actions do with a seat, inside their transaction.

Everyone locks in one order: the seat, its item, then what the item is about. Two who meet there
wait for each other in turn, and never both at once.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.helpline.queue import queries
from balise.helpline.queue.events import SeatChanged
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.rules import LIVE, ItemState, Kind, SeatNeeded, SeatState


class _Moved(Exception):
    """Somebody changed it before it was locked: let go of what was locked, and look again."""


def own_seat(*, by: Actor) -> Seat:
    """Return one's seat, locked; refuse who never sat down."""
    try:
        return Seat.objects.select_for_update().get(account=by.key)
    except Seat.DoesNotExist:
        raise SeatNeeded(_("Take your seat first.")) from None


def with_its_seat(item_id: UUID) -> tuple[Item, Seat | None]:
    """Return an item and the seat that holds it, locked; the seat first, as every action does."""
    while True:
        account = Item.objects.values_list("held_by", flat=True).get(id=item_id)
        with suppress(_Moved), transaction.atomic():
            seat = _locked(account) if account else None
            item = Item.locked(item_id)
            if item.held_by != account:
                raise _Moved
            return item, seat


def with_its_item[T](
    *, kind: Kind, subject: UUID, lock: Callable[[UUID], T]
) -> tuple[T, Item | None]:
    """Return what `lock` locks of a subject, and its open item or None, locked before it.

    For whoever changes a subject that may wait in the queue; only they let it wait.
    """
    while True:
        item_id = queries.open_item(kind, subject)
        with suppress(_Moved), transaction.atomic():
            item = with_its_seat(item_id)[0] if item_id else None
            locked = lock(subject)
            if queries.open_item(kind, subject) != item_id:
                raise _Moved
            return locked, item


def change(*, seat: Seat, after: SeatState, moment: datetime, by: Actor) -> None:
    """Change the state of a locked seat, and write it down; the same state changes nothing."""
    before = SeatState(seat.state)
    if before is after:
        return
    fact = SeatChanged(
        subject=UUID(seat.account),
        before=before,
        after=after,
        seconds=max(int((moment - seat.since).total_seconds()), 0),
    )
    seat.state, seat.since = after, moment
    seat.save(update_fields=("state", "since"))
    record(fact, by=by)


def let_go(*, seat: Seat, kind: str, moment: datetime, by: Actor) -> None:
    """Let a locked seat go on without an item of this kind: it wraps up, unless it holds others."""
    if Item.objects.filter(held_by=seat.account, state=ItemState.HELD).exists():
        return
    change(
        seat=seat,
        after=SeatState.WRAP_UP if kind in LIVE else SeatState.READY,
        moment=moment,
        by=by,
    )


def _locked(account: str) -> Seat | None:
    return Seat.objects.select_for_update().filter(account=account).first()
