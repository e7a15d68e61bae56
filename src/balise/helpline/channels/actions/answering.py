"""Accept, read, answer, close; and what becomes of an answer on its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import JSON, RecordKey, forget, keep, key_of_line, new_key
from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.channels import access, queries
from balise.helpline.channels.events import (
    AnswerBegun,
    AnswerFailed,
    AnswerSent,
    AnswerTriedAgain,
    MessageAcknowledged,
    MessageAnswered,
    MessageReceived,
    ThreadClosed,
    ThreadErased,
    ThreadRead,
)
from balise.helpline.channels.models import DRAFTED, LINE, WRITTEN, Draft, Message, Thread
from balise.helpline.channels.queries import Correspondence
from balise.helpline.channels.rules import (
    LONGEST_DRAFT,
    MOST_ATTEMPTS,
    Audience,
    CorrespondenceState,
    Delivery,
    NotAnswerable,
    Side,
    TooLong,
    Way,
    read_words,
)
from balise.helpline.channels.rules.messaging.neutral import Refusal
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.queries import check_holds
from balise.helpline.queue.queries.rows import locked_before
from balise.helpline.queue.rules import Reason, Risk, RiskFrom, WaitKind
from balise.helpline.queue.rules.danger_words import risk_of

# Add a message to a thread, inside another action's transaction.


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


# Save an answer as it is typed, for the next person who has the thread.


def keep_draft(*, thread_id: UUID, text: str, message_id: UUID, by: Actor) -> None:
    """Seal an answer as it is typed, as the listener who has the thread; no text is no draft.

    That it began is written down, not each key. `message_id` is the answer's: once it is sent, the
    draft is deleted. Refuses (TooLong) over 100,000 characters.
    """
    access.require(by, access.WORK)
    words = text.replace("\r\n", "\n").replace("\x00", "").encode("utf-8", "replace").decode()
    if len(words) > LONGEST_DRAFT:
        raise TooLong(_("8,000 characters at most. Send the rest in a second message."))
    with transaction.atomic():
        thread = Thread.locked(thread_id)
        check_holds(thread.id, by=by)
        if (
            thread.state == CorrespondenceState.ERASED
            or Message.objects.filter(id=message_id).exists()
        ):
            return
        if not words.strip():
            forget_drafts(thread_ids=[thread.id], by=by)
            return
        _seal(thread, words, by)


def forget_drafts(*, thread_ids: Sequence[UUID], by: Actor) -> None:  # noqa: ARG001 - the caller wrote it down
    """Destroy what was typed in some threads and not sent, with its keys; the caller says why."""
    found = Draft.objects.filter(thread__in=thread_ids)
    forget(found.values_list("id", flat=True))
    found.delete()


def _seal(thread: Thread, words: str, by: Actor) -> None:
    one = Draft.objects.filter(thread=thread).first()
    if one is None:
        key = new_key(LINE, uuid4())
        keep(key)
        one = Draft(id=key.record, thread=thread)
    else:
        key = key_of_line(LINE, one.id)
    if one.author != by.key:
        record(AnswerBegun(subject=thread.id), by=by)
    one.author, one.at = by.key, now()
    one.sealed = key.seal({"text": words}, where=DRAFTED, row=one.id)
    one.save()


def accept(*, thread_id: UUID, by: Actor) -> None:
    """Note which listener has it: they are asked first when the person writes again."""
    access.require(by, access.WORK)
    with transaction.atomic():
        thread = Thread.locked(thread_id)
        check_holds(thread.id, by=by)
        thread.listener = by.key
        thread.save(update_fields=("listener",))


def read(*, thread_id: UUID, by: Actor) -> Correspondence:
    """Return a thread to the listener who has it; written down before it opens."""
    access.require(by, access.READ)
    check_holds(thread_id, by=by)
    with transaction.atomic():
        record(ThreadRead(subject=thread_id), by=by)
    return queries.opened_for(thread_id, seen_by=by)


def answer(*, thread_id: UUID, text: str, message_id: UUID | None = None, by: Actor) -> UUID:
    """Answer the person who wrote, as the listener who has the thread; return the message.

    It leaves by the way that they wrote, or is read here with their code. The same `message_id`
    again is the same answer.
    """
    access.require(by, access.WORK)
    words = Words(text=read_words(text))
    name = message_id or uuid4()
    with transaction.atomic():
        thread = Thread.locked(thread_id)
        check_holds(thread.id, by=by)
        if Message.objects.filter(id=name).exists():
            return name
        if thread.state == CorrespondenceState.ERASED:
            raise NotAnswerable(_("This person erased their messages and will not see an answer."))
        moment = write(
            thread=thread,
            message_id=name,
            side=Side.STAFF,
            words=words,
            key=key_of_line(LINE, thread.id) if thread.way == Way.FORM else None,
            delivery=Delivery.QUEUED if thread.is_sent else Delivery.HERE,
            by=by,
        )
        waited = moment - thread.waits_since if thread.waits_since else timedelta()
        thread.waits_since = None
        thread.save(update_fields=("last_at", "waits_since"))
        forget_drafts(thread_ids=[thread.id], by=by)
        fact = MessageAnswered(
            subject=thread.id,
            way=Way(thread.way),
            message=name,
            seconds=max(int(waited.total_seconds()), 0),
        )
        record(fact, by=by)
    return name


def close(*, thread_id: UUID, by: Actor) -> None:
    """Close a thread when its contact is wrapped up; another word of theirs opens it again."""
    access.require(by, access.WORK)
    with transaction.atomic():
        thread = Thread.locked(thread_id)
        if thread.state != CorrespondenceState.OPEN:
            return
        thread.state, thread.waits_since = CorrespondenceState.CLOSED, None
        thread.save(update_fields=("state", "waits_since"))
        forget_drafts(thread_ids=[thread.id], by=by)
        record(ThreadClosed(subject=thread.id), by=by)


def erase_own(*, token: Receipt, by: Actor = ANYONE) -> None:
    """Wipe what was written on both sides, as the bearer of its code, and leave the queue.

    The worker destroys the key a moment later: the public process has no right to.
    """
    thread_id = queries.by_token(token)
    with transaction.atomic():
        thread, item = locked_before(WaitKind.MESSAGE, thread_id, Thread.locked)
        thread.state, thread.sealed, thread.waits_since = CorrespondenceState.ERASED, b"", None
        thread.save(update_fields=("state", "sealed", "waits_since"))
        Message.objects.filter(thread=thread).update(sealed=b"")
        if item is not None and item.waits:
            waiting.withdraw(item_id=item.id, reason=Reason.LEFT, by=by)
        record(ThreadErased(subject=thread.id), by=by)


def note_acknowledged(*, thread_id: UUID, is_open: bool, by: Actor = SYSTEM) -> None:
    """Note that someone was told that their message came."""
    with transaction.atomic():
        thread = Thread.locked(thread_id)
        thread.acknowledged_at = now()
        thread.save(update_fields=("acknowledged_at",))
        fact = MessageAcknowledged(subject=thread.id, way=Way(thread.way), open=is_open)
        record(fact, by=by)


def note_sent(*, message_id: UUID, name: bytes = b"", by: Actor = SYSTEM) -> None:
    """Note that an answer has left; `name` is the blind of the provider's name for it."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(id=message_id)
        if message.delivery != Delivery.QUEUED:
            return
        message.delivery, message.failure, message.known_as = Delivery.SENT, "", name
        message.save(update_fields=("delivery", "failure", "known_as"))
        record(AnswerSent(subject=message.thread_id, message=message.id), by=by)


def note_not_sent(
    *, message_id: UUID, reason: str, permanent: bool = False, by: Actor = SYSTEM
) -> bool:
    """Note that an attempt failed, and return whether to try again; else a listener is told."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(id=message_id)
        if message.delivery != Delivery.QUEUED:
            return False
        message.attempts += 1
        message.save(update_fields=("attempts",))
        if not permanent and message.attempts < MOST_ATTEMPTS:
            return True
        _fail(message, reason, by)
    return False


def note_bounced(*, message_id: UUID, reason: str = "bounced", by: Actor = SYSTEM) -> None:
    """Note that an answer which had left came back; one that is not ours changes nothing."""
    with transaction.atomic():
        found = Message.objects.select_for_update().filter(id=message_id, side=Side.STAFF)
        message = found.exclude(delivery=Delivery.FAILED).first()
        if message is not None:
            _fail(message, reason, by)


def note_refused(*, way: Way, source: str, refusal: Refusal, by: Actor) -> None:
    """Note that a provider could not bring an answer that it had taken."""
    access.require(by, access.BRING)
    known_as, reason = queries.known_as(way, source, refusal.name), refusal.reason
    message_id = Message.objects.filter(known_as=known_as).values_list("id", flat=True).first()
    if message_id is not None:
        note_bounced(message_id=message_id, reason=reason, by=by)


def try_again(*, message_id: UUID, by: Actor) -> None:
    """Send an answer that did not arrive again, as the listener who has the thread."""
    access.require(by, access.WORK)
    with transaction.atomic():
        message = find(Message.objects.select_for_update().select_related("thread"), id=message_id)
        check_holds(message.thread_id, by=by)
        if message.delivery != Delivery.FAILED:
            return
        message.delivery, message.attempts, message.failure = Delivery.QUEUED, 0, ""
        message.save(update_fields=("delivery", "attempts", "failure"))
        way = Way(message.thread.way)
        record(AnswerTriedAgain(subject=message.thread_id, way=way, message=message.id), by=by)


def _fail(message: Message, reason: str, by: Actor) -> None:
    """Mark an answer as failed, and queue its thread for a listener again."""
    message.delivery, message.failure = Delivery.FAILED, reason[:60]
    message.save(update_fields=("delivery", "failure"))
    thread = Thread.locked(message.thread_id)
    record(AnswerFailed(subject=thread.id, message=message.id, reason=Code(reason[:60])), by=by)
    if thread.state != CorrespondenceState.ERASED:
        thread.state = CorrespondenceState.OPEN
        thread.save(update_fields=("state",))
        waiting.enqueue(
            kind=WaitKind.MESSAGE,
            subject=thread.id,
            language=thread.language,
            preferred=thread.listener,
            by=by,
        )
