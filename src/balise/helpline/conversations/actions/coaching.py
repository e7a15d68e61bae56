"""A supervisor's private notes to the listener, about a conversation they read along; the answers.

The young person never sees them, nor that there are any: they are in no log, and no stream of the
conversation tells of them. The pages of whom they are for are told that there is something new.
"""

from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.helpline.conversations import access, bell, queries
from balise.helpline.conversations.events import (
    CoachAnswered,
    CoachNoted,
    MessageMarked,
    QuestionsOffered,
)
from balise.helpline.conversations.models import (
    COACHED,
    LINE,
    NAMED,
    CoachNote,
    Conversation,
    Mark,
    Said,
)
from balise.helpline.conversations.rules import ChatEventKind, read_words


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


# Mark what matters in a conversation, for the record and for the next listener.
#
# The young person never sees a mark, nor that there are any: it is in no log, and no stream tells
# it.


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


# Offer the two questions afterwards where only the young person finds them.


def offer_questions(*, conversation_id: UUID, token: Receipt, by: Actor) -> None:
    """Seal the token of the questions into a conversation: its page shows the link once it ended.

    Nothing happens in one that was erased or forgotten: its key is gone, and who would answer too.
    """
    access.require(by, access.TALK)
    with transaction.atomic():
        found = Conversation.objects.select_for_update().filter(id=conversation_id)
        one = found.filter(erased_at=None).first()
        if one is None:
            return
        key = key_of_line(LINE, one.id)
        kept = key.open(bytes(one.sealed), where=NAMED, row=one.id)
        one.sealed = key.seal({**kept, "after": token}, where=NAMED, row=one.id)
        one.save(update_fields=("sealed",))
        record(QuestionsOffered(subject=one.id), by=by)
