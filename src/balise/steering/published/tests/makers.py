"""Published editions, over fruit that was picked."""

from datetime import date, timedelta
from uuid import UUID

from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import today
from balise.foundation.journal.clerk import tick
from balise.foundation.statistics.tests.makers import pick
from balise.steering.editions.actions import freezing
from balise.steering.editions.models import Edition
from balise.steering.editions.tests.makers import make_edition


def make_published(day: date | None = None, *, drawn: bool = False, baskets: int = 40) -> UUID:
    """Return a published edition of a day, today unless it is said; its files where `drawn`."""
    day = day or today()
    if baskets:
        pick("apple", times=baskets, on=day - timedelta(days=1))
        tick()
    edition = make_edition(day)
    freezing.freeze(edition_id=edition, by=make_actor("steering"))
    freezing.publish(edition_id=edition, by=make_actor("steering"))
    if drawn:
        freezing.draw(edition_id=edition, by=SYSTEM)
    return edition


def day_of(edition: UUID) -> str:
    """Return the day of an edition, as its addresses name it."""
    return Edition.objects.get(id=edition).day.isoformat()
