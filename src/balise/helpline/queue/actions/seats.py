"""What the other actions do with a seat, inside their transaction."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.helpline.queue.events import SeatChanged
from balise.helpline.queue.models import Seat
from balise.helpline.queue.rules import SeatNeeded, SeatState


def own_seat(*, by: Actor) -> Seat:
    """Return one's seat, locked; refuse who never sat down."""
    try:
        return Seat.objects.select_for_update().get(account=by.key)
    except Seat.DoesNotExist:
        raise SeatNeeded(_("Take your seat first.")) from None


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
