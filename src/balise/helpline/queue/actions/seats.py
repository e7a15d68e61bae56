"""What the other actions do with a seat, inside their transaction."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.helpline.queue.events import SeatChanged
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.rules import LIVE, ItemState, SeatNeeded, SeatState


def own_seat(*, by: Actor) -> Seat:
    """Return one's seat, locked; refuse who never sat down."""
    try:
        return Seat.objects.select_for_update().get(account=by.key)
    except Seat.DoesNotExist:
        raise SeatNeeded(_("Go on duty first.")) from None


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
    if after is SeatState.AWAY:
        seat.on_written_work = False
    seat.save(update_fields=("state", "since", "on_written_work"))
    record(fact, by=by)


def let_go(*, seat: Seat, kind: str, moment: datetime, by: Actor) -> None:
    """Release a locked console from an item of this kind: it wraps up, unless it holds others."""
    if Item.objects.filter(held_by=seat.account, state=ItemState.HELD).exists():
        return
    change(
        seat=seat,
        after=SeatState.WRAP_UP if kind in LIVE else SeatState.READY,
        moment=moment,
        by=by,
    )
