"""Add a message to a thread, inside another action's transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import JSON, RecordKey, keep, new_key
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.channels.events import MessageReceived
from balise.helpline.channels.models import LINE, WRITTEN, Message, Thread
from balise.helpline.channels.rules import Audience, CorrespondenceState, Delivery, Side, Way
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Risk, RiskFrom, WaitKind
from balise.helpline.queue.rules.danger_words import risk_of


@dataclass(frozen=True, slots=True)
class Words:
    """What one message says, before it is sealed. `name` is what a mail or a provider calls it."""

    text: str
    subject: str = ""
    quoted: str = ""
    name: str = ""
    known_as: bytes = b""
    attachments: int = 0
    is_cut: bool = False


def write(
    *,
    thread: Thread,
    message_id: UUID,
    side: Side,
    words: Words,
    key: RecordKey | None = None,
    delivery: Delivery = Delivery.NONE,
    by: Actor,
) -> datetime:
    """Seal a message into a locked thread and return its moment; a second time it is refused.

    `key` is the thread's own, where its code opens what is written; else the message gets a key.
    """
    moment = now()
    if key is None:
        key = new_key(LINE, message_id)
        keep(key)
    content: dict[str, JSON] = {"text": words.text}
    content |= {
        name: value
        for name, value in (
            ("subject", words.subject),
            ("quoted", words.quoted),
            ("name", words.name),
        )
        if value
    }
    Message(
        id=message_id,
        thread=thread,
        side=side,
        author=by.key if side is Side.STAFF else "",
        at=moment,
        known_as=words.known_as,
        sealed=key.seal(content, where=WRITTEN, row=message_id),
        attachments_refused=min(words.attachments, 1_000),
        is_cut=words.is_cut,
        delivery=delivery,
    ).save(force_insert=True)
    thread.last_at = moment
    return moment


def let_wait(*, thread: Thread, words: Words, first: bool, moment: datetime, by: Actor) -> None:
    """Queue a thread for a listener; the words in it may raise its risk, never lower it."""
    risk = risk_of(f"{words.subject}.\n{words.text}", country=settings.COUNTRY)
    thread.state = CorrespondenceState.OPEN
    thread.waits_since = thread.waits_since or moment
    thread.save(update_fields=("last_at", "state", "waits_since"))
    fact = MessageReceived(
        subject=thread.id,
        way=Way(thread.way),
        audience=Audience(thread.audience) if thread.audience else Code(""),
        risk=Code(risk),
        first=first,
    )
    record(fact, by=by)
    item_id = waiting.enqueue(
        kind=WaitKind.MESSAGE,
        subject=thread.id,
        language=thread.language,
        preferred=thread.listener,
        by=by,
    )
    if risk is not Risk.F:
        waiting.raise_risk(item_id=item_id, risk=risk, how=RiskFrom.WORDS, by=by)
