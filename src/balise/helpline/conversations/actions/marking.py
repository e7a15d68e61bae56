"""Mark what matters in a conversation, for the record and for the next listener.

The young person never sees a mark, nor that there are any: it is in no log, and no stream tells it.
"""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.helpline.conversations import access, queries
from balise.helpline.conversations.events import MessageMarked
from balise.helpline.conversations.models import Conversation, Mark, Said
from balise.helpline.conversations.rules import ChatEventKind


def mark(*, conversation_id: UUID, seq: int, is_marked: bool, by: Actor) -> None:
    """Mark a message, or take its mark away; the same again changes nothing.

    Refuses (NotInConversation, NotYours) everyone but its listener. Raises NotHere for what is no
    message with words.
    """
    access.require(by, access.TALK)
    with transaction.atomic():
        one = Conversation.locked(conversation_id)
        if one.listener != by.key:
            raise queries.not_in(one.id, who=by)
        said = Said.objects.filter(conversation=one, kind=ChatEventKind.MESSAGE).exclude(sealed=b"")
        find(said, seq=seq)
        found = Mark.objects.filter(conversation=one, seq=seq)
        if found.exists() == is_marked:
            return
        if is_marked:
            Mark.objects.create(conversation=one, seq=seq, author=by.key, at=now())
        else:
            found.delete()
        record(MessageMarked(subject=one.id, seq=seq, is_marked=is_marked), by=by)
