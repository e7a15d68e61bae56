"""A supervisor's private notes to the listener, about a conversation they read along; the answers.

The young person never sees them, nor that there are any: they are in no log, and no stream of the
conversation tells of them. The pages of whom they are for are told that there is something new.
"""

from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.helpline.conversations import access, bell, queries
from balise.helpline.conversations.events import CoachAnswered, CoachNoted
from balise.helpline.conversations.models import COACHED, CoachNote, Conversation
from balise.helpline.conversations.rules import read_words


def note(*, conversation_id: UUID, text: str, by: Actor) -> None:
    """Save a note, encrypted with the conversation and deleted with it; its listener reads it now.

    The listener who is in it answers in the same place. Refuses anyone else (NotInConversation).
    """
    words = read_words(text)
    one, key = queries.joined(conversation_id, seen_by=by)
    with transaction.atomic():
        held = Conversation.locked(one.id)
        is_listener = held.listener == by.key
        if not is_listener:
            access.require(by, access.READ_ALONG)
        others = set(CoachNote.objects.filter(conversation=held).values_list("author", flat=True))
        row = uuid4()
        CoachNote.objects.create(
            id=row,
            conversation=held,
            author=by.key,
            at=now(),
            sealed=key.seal({"text": words}, where=COACHED, row=row),
        )
        fact = CoachAnswered(subject=held.id) if is_listener else CoachNoted(subject=held.id)
        record(fact, by=by)
        for account in {*others, held.listener} - {by.key, ""}:
            bell.ring(UUID(account), note="news")
