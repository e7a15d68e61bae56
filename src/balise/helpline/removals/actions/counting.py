"""Keep what came of removals for exact figures, from the journal: a recount gives the same rows."""

from collections.abc import Sequence
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of
from balise.foundation.journal.models import Entry
from balise.helpline.removals import access
from balise.helpline.removals.events import ItemBack, ItemDecided, ItemGone, ItemSent, ItemSilent
from balise.helpline.removals.models import Fact
from balise.helpline.removals.rules.figures import Counted

_COUNTED = {
    ItemSent.name: Counted.SENT,
    ItemGone.name: Counted.REMOVED,
    ItemDecided.name: Counted.REFUSED,
    ItemSilent.name: Counted.SILENT,
    ItemBack.name: Counted.BACK,
}


def count(*, entries: Sequence[Entry], by: Actor) -> int:
    """Keep what entries of the journal tell, each once; return how many they are.

    A decision is counted where it refuses.
    """
    access.require(by, access.WORK)
    found = [
        Fact(
            entry=entry.id,
            day=day_of(entry.at),
            platform=UUID(entry.facts["platform"]),
            kind=entry.facts["kind"],
            result=_COUNTED[entry.event].value,
            seconds=entry.facts["seconds"] if entry.event == ItemGone.name else 0,
        )
        for entry in entries
        if entry.event in _COUNTED and (entry.event != ItemDecided.name or entry.facts["refuses"])
    ]
    Fact.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)
