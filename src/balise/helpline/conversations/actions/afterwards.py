"""Offer the two questions afterwards where only the young person finds them."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.book import record
from balise.helpline.conversations import access
from balise.helpline.conversations.events import QuestionsOffered
from balise.helpline.conversations.models import LINE, NAMED, Conversation


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
