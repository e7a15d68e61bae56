"""What administrators do; their reading is logged too."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.oversight import access, queries
from balise.foundation.oversight.events import JournalRead
from balise.foundation.oversight.queries import Narrowing, Page
from balise.foundation.tasks import running


@transaction.atomic
def read_journal(
    *, narrowing: Narrowing, by: Actor, before: int | None = None, after: int | None = None
) -> Page:
    """Write down who reads what, then return a page of the journal."""
    access.require(by, access.READ_JOURNAL)
    record(
        JournalRead(
            subject=narrowing.subject or uuid4(),
            of_line=Code(narrowing.line),
            of_event=Code(narrowing.event),
            of_actor=Code(narrowing.actor),
        ),
        by=by,
    )
    return queries.entries(narrowing, seen_by=by, before=before, after=after)


def retry_tasks(*, letters_ids: Iterable[UUID], by: Actor) -> int:
    """Give tasks that were given up all their attempts again, and return how many."""
    access.require(by, access.MANAGE_TASKS)
    return running.retry(letters=letters_ids, by=by)
