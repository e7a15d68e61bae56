"""Begin a conversation, and write in it: the young person with a token, the listener by name."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.encryption.sealing import (
    keep,
    key_of_line,
    key_of_receipt,
    new_key,
    receipt_index,
)
from balise.foundation.encryption.worded import new_worded
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.contacts import queries as contacts
from balise.helpline.conversations import access, queries
from balise.helpline.conversations.actions import saying
from balise.helpline.conversations.events import ConversationBegun, ConversationContinued
from balise.helpline.conversations.models import LINE, NAMED, Conversation
from balise.helpline.conversations.rules import LONGEST_NICKNAME, Earlier, read_words


@dataclass(frozen=True, slots=True)
class Begun:
    """A new conversation, and the token (a receipt) that opens it for the young person."""

    id: UUID
    token: Receipt


def begin(
    *,
    nickname: str = "",
    language: str = "",
    age: int | None = None,
    age_band: str = "",
    earlier: UUID | None = None,
    earlier_by: Earlier | None = None,
    by: Actor = ANYONE,
) -> Begun:
    """Begin a conversation. Anyone may; nothing that tells who or where is kept.

    `earlier` is the conversation that the same person had, or perhaps had (`earlier_by`).

    With an `age` in years its band is derived; without one a band may be said, or nothing.
    """
    key, token, moment = new_key(LINE, uuid4()), new_worded(), now()
    form = contacts.form()
    if age is not None:
        age_band = form.band_of(age, of="chat_ages")
    form.check_code(age_band, of="chat_ages")
    with transaction.atomic():
        Conversation.objects.create(
            id=key.record,
            token_key=receipt_index(token),
            language=language,
            age=age,
            age_band=age_band,
            sealed=key.seal(
                {"nickname": nickname.strip()[:LONGEST_NICKNAME]}, where=NAMED, row=key.record
            ),
            earlier=earlier,
            earlier_by=earlier_by or "",
            begun_at=moment,
            young_seen_at=moment,
        )
        keep(key, receipt=token)
        record(
            ConversationBegun(subject=key.record, language=Code(language), age_band=Code(age_band)),
            by=by,
        )
        if earlier_by is not None:
            record(ConversationContinued(subject=key.record, how=Code(earlier_by)), by=by)
    return Begun(key.record, token)


def say(*, token: Receipt, text: str, client_id: UUID, by: Actor = ANYONE) -> int:
    """Write a message as the young person, and return its place in the log.

    The same `client_id` again is the same message: its place is returned, nothing is written.
    Refuses (TokenUnknown) a token of no conversation, (TooLong, NothingSaid) what is no message and
    (ConversationOver) one that has ended.
    """
    words = read_words(text)
    conversation_id = queries.by_token(token)
    key = key_of_receipt(conversation_id, token)
    return saying.put(
        conversation_id=conversation_id, key=key, words=words, client_id=client_id, by=by
    )


def answer(*, conversation_id: UUID, text: str, client_id: UUID, by: Actor) -> int:
    """Write a message as the listener in the conversation, or a supervisor who was announced.

    Otherwise as `say`.
    """
    access.require_staff(by)
    words = read_words(text)
    key = key_of_line(LINE, conversation_id)
    return saying.put(
        conversation_id=conversation_id, key=key, words=words, client_id=client_id, by=by
    )
