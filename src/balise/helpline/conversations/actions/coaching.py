"""A supervisor's private note to the listener, about a conversation they read along."""

from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.helpline.conversations import access, queries
from balise.helpline.conversations.events import CoachNoted
from balise.helpline.conversations.models import COACHED, CoachNote, Conversation
from balise.helpline.conversations.rules import read_words


def note(*, conversation_id: UUID, text: str, by: Actor) -> None:
    """Save a note, encrypted with the conversation and deleted with it."""
    access.require(by, access.READ_ALONG)
    words = read_words(text)
    one, key = queries.joined(conversation_id, seen_by=by)
    with transaction.atomic():
        Conversation.locked(one.id)
        row = uuid4()
        CoachNote.objects.create(
            id=row,
            conversation=one,
            author=by.key,
            at=now(),
            sealed=key.seal({"text": words}, where=COACHED, row=row),
        )
        record(CoachNoted(subject=one.id), by=by)
