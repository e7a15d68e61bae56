"""Time passes: an item reaches the next rung of the ladder, and a person takes it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.helpline.removals import access, queries
from balise.helpline.removals.actions import moving, sending
from balise.helpline.removals.events import RungClimbed
from balise.helpline.removals.models import Item
from balise.helpline.removals.rules.customs import COMPLAINTS
from balise.helpline.removals.rules.requests import NoChannel
from balise.takedown.notices.rules.ladder import Rung, check_is_open


def look_at_clock(*, item_id: UUID, by: Actor) -> None:
    """See which rung an item's clock has reached; it waits for a person then."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        moving.reach(item=item, at=now(), by=by)
        item.save(update_fields=("reached", "due_at"))
        moving.settle(request=item.request, by=by)


def climb(*, item_id: UUID, rung: Rung, contact_id: UUID | None = None, by: Actor) -> None:
    """Take a rung: a reminder, a second way (to `contact_id`), a call, a complaint.

    A second way that leaves from here leaves at once; by hand, its sheet waits on the item's page.
    The others are done by whoever says so. Refuses a rung that time does not allow yet, unless the
    platform has refused, and a complaint of one who may not complain. A rung that was jumped after
    a refusal can still be taken.
    """
    access.require(by, access.COMPLAIN if rung in COMPLAINTS else access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        check_is_open(rung, queries.steps_open(item))
        if rung is Rung.OTHER_WAY:
            way = next((one for one in queries.other_ways(item) if one.id == contact_id), None)
            if way is None:
                raise NoChannel(_("Choose another channel to this platform."))
            sending.put_on_its_way(item=item, way=way, by=by)
        item.climb(rung)
        item.save()
        record(item.fact(RungClimbed, rung=rung), by=by)
        moving.settle(request=item.request, by=by)
