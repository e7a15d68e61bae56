"""Keep what came of removals for exact figures, from the journal: a recount gives the same rows."""

from collections.abc import Sequence
from uuid import UUID

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of
from balise.foundation.journal.models import Entry
from balise.helpline.removals import access
from balise.helpline.removals.events import ItemDecided, ItemGone, ItemMoved, ItemSilent
from balise.helpline.removals.models import Fact
from balise.helpline.removals.rules.figures import Counted
from balise.helpline.removals.rules.states import RemovalState

_MOVED = {RemovalState.SENT.value: Counted.SENT, RemovalState.REAPPEARED.value: Counted.BACK}


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
            result=result.value,
            seconds=entry.facts["seconds"] if result is Counted.REMOVED else 0,
        )
        for entry in entries
        if (result := _result(entry)) is not None
    ]
    Fact.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


def _result(entry: Entry) -> Counted | None:
    match entry.event:
        case ItemMoved.name:
            return _MOVED.get(entry.facts["after"])
        case ItemDecided.name:
            return Counted.REFUSED if entry.facts["refuses"] else None
        case ItemGone.name:
            return Counted.REMOVED
        case ItemSilent.name:
            return Counted.SILENT
    return None
