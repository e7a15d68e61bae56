"""Count removals one by one, from the journal: a recount gives the same rows."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.takedown.watch import access
from balise.takedown.watch.events import ContentGone
from balise.takedown.watch.models import Removal

_AT_ONCE = 2_000


def count_removals(*, entries: Sequence[Entry], by: Actor) -> int:
    """Save the removals of journal entries, each once; return how many they are."""
    access.require_worker(by)
    found = [_removal(entry) for entry in entries if entry.event == ContentGone.name]
    Removal.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)


def recount_removals(*, by: Actor) -> int:
    """Compute the table again from all of the journal; return how many rows differed."""
    access.require_worker(by)
    with transaction.atomic():
        before = set(_rows(Removal.objects.iterator(_AT_ONCE)))
        Removal.objects.all().delete()
        told = Entry.objects.filter(event=ContentGone.name).order_by("id").iterator(_AT_ONCE)
        Removal.objects.bulk_create(map(_removal, told), batch_size=_AT_ONCE)
        after = set(_rows(Removal.objects.iterator(_AT_ONCE)))
    return len(before ^ after)


def _removal(entry: Entry) -> Removal:
    facts = entry.facts
    return Removal(
        entry=entry.id,
        line=facts["for_line"],
        host=UUID(facts["host"]) if facts.get("host") else None,
        network=facts.get("network") or None,
        country=facts.get("country") or "",
        category=facts.get("category") or "",
        removed_on=date.fromisoformat(facts["gone_on"]),
        seconds=facts["seconds"],
    )


def _rows(found: Iterable[Removal]) -> Iterable[tuple[object, ...]]:
    for one in found:
        yield (
            one.entry,
            one.line,
            one.host,
            one.network,
            one.country,
            one.category,
            one.removed_on,
            one.seconds,
        )
