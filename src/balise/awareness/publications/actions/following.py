"""Hearing of the next version of a kit: ask, confirm, leave. An address is kept for this alone."""

from collections.abc import Sequence
from itertools import chain
from uuid import UUID

from django.conf import settings
from django.db import transaction

from balise.awareness.publications import access, events
from balise.awareness.publications.events import (
    ToolShelved,
    ToolTaken,
    ToolTopicCleared,
    ToolTopicSet,
)
from balise.awareness.publications.models import Follower, Published, Shelved
from balise.awareness.publications.rules.tools import Tool, changes, tools
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code
from balise.foundation.mail import subscribers


@transaction.atomic
def ask(*, kit: UUID, language: str, address: str, by: Actor) -> UUID:
    """Keep an address, sealed, until its owner confirms; returns whose it is. Anyone may."""
    found = subscribers.add(Follower, address=address, language=language, about=str(kit), kit=kit)
    record(events.NextVersionAsked(subject=found), by=by)
    return found


@transaction.atomic
def confirm(*, follower: UUID, by: Actor) -> None:
    """Say that the address is one's own, with the link that only its mailbox has.

    The public door writes a fact and no row; `settle` does what it says.
    """
    record(events.FollowerConfirmed(subject=follower), by=by)


@transaction.atomic
def leave(*, follower: UUID, by: Actor) -> None:
    """Say that one does not want to hear of it any more, with the link of a mail."""
    record(events.FollowerLeft(subject=follower), by=by)


@transaction.atomic
def settle(*, follower: UUID, left: bool, by: Actor) -> None:
    """Do what the bearer of a link said: keep the address, this one alone, or destroy it.

    One that is not there any more stays so.
    """
    access.require(by, access.PUBLISH)
    subscribers.settle(Follower, follower, left=left)


@transaction.atomic
def note_told(*, follower: UUID, number: int, by: Actor) -> None:
    """Note the version that someone heard of."""
    access.require(by, access.PUBLISH)
    subscribers.note_told(Follower, follower, number=number)


@transaction.atomic
def erase(*, followers: Sequence[UUID], by: Actor) -> int:
    """Destroy addresses and their keys; return how many."""
    access.require(by, access.PUBLISH)
    return subscribers.erase(Follower, followers)


# Tell the journal which tools the public catalogue has, so that figures can count them.


@transaction.atomic
def tell_tools(*, by: Actor) -> int:
    """Record what changed of the tools since they were told last; return how many facts it was.

    It compares, so it may run at any time, twice or after a crash.
    """
    access.require(by, access.PUBLISH)
    rows = {row.key: row for row in Shelved.objects.select_for_update()}
    before = {key: Tool(row.kind, tuple(row.topics)) for key, row in rows.items()}
    pages = Published.objects.order_by("page_id").values_list("key", "kind", "codes")
    now = tools(pages, settings.COUNTRY)
    found = changes(before, now)
    told = record_many(
        chain(
            (ToolTaken(subject=key, kind=Code(kind)) for key, kind in found.taken),
            (ToolShelved(subject=key, kind=Code(kind)) for key, kind in found.shelved),
            (ToolTopicCleared(subject=key, topic=Code(topic)) for key, topic in found.cleared),
            (ToolTopicSet(subject=key, topic=Code(topic)) for key, topic in found.set_),
        ),
        by=by,
    )
    if told:
        Shelved.objects.filter(key__in=before.keys() - now.keys()).delete()
        Shelved.objects.bulk_create(
            [
                Shelved(key=key, kind=one.kind, topics=list(one.topics))
                for key, one in now.items()
                if before.get(key) != one
            ],
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["kind", "topics"],
        )
    return told
