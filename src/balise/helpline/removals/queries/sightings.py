"""When an item was seen there: what the young person said of it is a report, and no sighting."""

from balise.foundation.actors import SYSTEM, ActorKind
from balise.foundation.journal.models import Entry
from balise.helpline.removals.events import ItemMoved
from balise.helpline.removals.models import LINE, Item
from balise.helpline.removals.rules.states import RemovalState
from balise.takedown.notices.rules.letters import SeenBy, Sighting
from balise.takedown.watch import queries as watch

_SEEN_THERE = (RemovalState.STILL_UP.value, RemovalState.REAPPEARED.value)


def last_sighting(item: Item) -> Sighting:
    """Return when an item was last seen there, by a listener or by the watch.

    Where neither saw it, it is when the young person told the helpline.
    """
    moved = Entry.objects.filter(
        subject=item.id, event=ItemMoved.name, actor_kind=ActorKind.STAFF.value
    )
    looked = [
        Sighting(at=entry.at, by=SeenBy.LOOKED)
        for entry in moved
        if entry.facts["after"] in _SEEN_THERE
    ]
    online_at = watch.last_online(line=LINE, subject=item.id, seen_by=SYSTEM)
    if online_at is not None:
        looked.append(Sighting(at=online_at, by=SeenBy.WATCH))
    told = Sighting(at=item.request.asked_at, by=SeenBy.REPORTER)
    return max(looked, key=lambda one: one.at, default=told)
