"""Tell the journal which tools the public catalogue has, so that figures can count them."""

from itertools import chain

from django.conf import settings
from django.db import transaction

from balise.awareness.publications import access
from balise.awareness.publications.events import (
    ToolShelved,
    ToolTaken,
    ToolTopicCleared,
    ToolTopicSet,
)
from balise.awareness.publications.models import Published, Shelved
from balise.awareness.publications.rules.tools import Tool, changes, tools
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Code


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
