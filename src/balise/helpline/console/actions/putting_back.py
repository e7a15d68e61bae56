"""Put back in line what is not live, with the answer as far as it was typed."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.helpline.channels.actions import drafting
from balise.helpline.console import access
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import putting_back
from balise.helpline.queue.rules import Kind


def put_back(
    *, item_id: UUID, text: str | None = None, message_id: UUID | None = None, by: Actor
) -> None:
    """Put what one holds back in line, in its place; `text` is an answer that was not sent.

    Refuses as the queue does: someone who is there, and what one does not hold.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = queue.item(item_id, seen_by=by)
        if item.kind == Kind.MESSAGE and text is not None and message_id is not None:
            drafting.keep_draft(thread_id=item.subject, text=text, message_id=message_id, by=by)
        putting_back.put_back(item_id=item_id, by=by)
