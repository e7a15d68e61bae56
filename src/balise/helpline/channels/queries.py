"""What was written: for its bearer, for the listener who has it, and for the sending job."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import (
    RecordKey,
    blind,
    key_of_line,
    key_of_receipt,
    keys_of_line,
    receipt_index,
)
from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import find
from balise.helpline.channels import access
from balise.helpline.channels.models import (
    ADDRESSED,
    DRAFTED,
    LINE,
    WRITTEN,
    Draft,
    Message,
    Thread,
)
from balise.helpline.channels.rules import (
    MESSAGING,
    MOST_ACKNOWLEDGED,
    Audience,
    CorrespondenceState,
    Delivery,
    Side,
    Way,
    message_name,
    unknown,
)
from balise.helpline.contacts.rules import Channel
from balise.helpline.conversations.rules.hours import OpenState, open_state, schedule
from balise.helpline.queue.queries import check_holds, comes_first
from balise.helpline.queue.rules import WaitKind

_CHANNELS = {Way.E_MAIL: Channel.E_MAIL, Way.FORM: Channel.FORM}


@dataclass(frozen=True, slots=True)
class Written:
    """One message in clear. `quoted` is what a mail repeats of others below its own words."""

    id: UUID
    side: Side
    at: datetime
    text: str
    quoted: str
    subject: str
    attachments_refused: int
    is_cut: bool
    delivery: Delivery
    failure: str


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer that was begun and not sent; `author` is a name."""

    text: str
    author: str
    at: datetime
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Correspondence:
    """A thread in clear. `address` is empty where an answer is only read here, or by messaging.

    `typed`: the answer that was begun, for a listener alone.
    """

    id: UUID
    way: Way
    audience: Audience | None
    state: CorrespondenceState
    is_sent: bool
    is_discreet: bool
    address: str
    name: str
    messages: tuple[Written, ...]
    typed: Typed | None = None
    # At risk A: it is read before all others.
    comes_first: bool = False
    # Their number is there, and shut: `number_of`.
    has_number: bool = False

    @property
    def waits(self) -> bool:
        """Return whether the last word is theirs."""
        return bool(self.messages) and self.messages[-1].side is Side.PERSON


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An answer that leaves: where to, in which words, to which of their messages."""

    way: Way
    source: str
    address: str
    language: str
    audience: str
    is_discreet: bool
    subject: str
    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A person to be told that their first message came."""

    way: Way
    source: str
    address: str
    language: str
    subject: str
    answers: tuple[str, ...]
    attachments: bool
    comes_first: bool


def by_token(token: Receipt) -> UUID:
    """Return the thread that a code opens. Refuses (ThreadUnknown) any other code."""
    found = Thread.objects.filter(token_key=receipt_index(token)).exclude(
        state=CorrespondenceState.ERASED
    )
    thread_id = found.values_list("id", flat=True).first()
    if thread_id is None:
        raise unknown()
    return thread_id


def is_known(token: Receipt) -> bool:
    """Return whether something was written under a code already."""
    return Thread.objects.filter(token_key=receipt_index(token)).exists()


def opened(token: Receipt) -> Correspondence:
    """Return a thread to the bearer of its code. Refuses (ThreadUnknown) any other code."""
    thread = Thread.objects.get(id=by_token(token))
    return _opened(thread, {thread.id: key_of_receipt(thread.id, token)})


def opened_for(thread_id: UUID, *, seen_by: Actor) -> Correspondence:
    """Return a thread to the listener who has it now. Raises NotHere."""
    access.require(seen_by, access.READ)
    check_holds(thread_id, by=seen_by)
    thread = find(Thread, id=thread_id)
    return replace(_opened(thread, _keys(thread)), typed=_typed(thread, seen_by))


def with_number(thread_ids: Collection[UUID]) -> set[UUID]:
    """Return, of those given, the threads by messaging whose number is kept, sealed."""
    found = Thread.objects.filter(id__in=thread_ids, way__in=MESSAGING).exclude(sealed=b"")
    return set(found.values_list("id", flat=True))


def number_of(thread_id: UUID) -> str:
    """Return the number, or the provider's name, of who writes by messaging.

    The caller has checked who may, and logged it.
    """
    thread = find(Thread, id=thread_id, way__in=MESSAGING)
    return str(_address(thread, _keys(thread))["address"])


def is_over(thread_id: UUID) -> bool:
    """Return whether its author has erased it: there is nothing left to answer."""
    return Thread.objects.filter(id=thread_id, state=CorrespondenceState.ERASED).exists()


def channel_of(thread_id: UUID) -> Channel:
    """Return how a contact about a thread counts."""
    way = Way(Thread.objects.values_list("way", flat=True).get(id=thread_id))
    return _CHANNELS.get(way, Channel.MESSAGE)


def outgoing(message_id: UUID) -> Outgoing | None:
    """Return an answer that is to leave; None where it has left, or was erased meanwhile."""
    message = Message.objects.select_related("thread").filter(id=message_id).first()
    if message is None or message.delivery != Delivery.QUEUED or not message.sealed:
        return None
    thread = message.thread
    keys = _keys(thread)
    to = _address(thread, keys)
    return Outgoing(
        way=Way(thread.way),
        source=thread.source,
        address=str(to["address"]),
        language=thread.language or settings.LANGUAGE_CODE,
        audience=thread.audience,
        is_discreet=thread.is_discreet,
        subject=str(to.get("subject", "")),
        text=str(_content(message, keys)["text"]),
        answers=_names(thread, keys, before=message.at),
    )


def to_acknowledge(thread_id: UUID) -> Acknowledgement | None:
    """Return whom to tell that their message came; None for one who was told, or often enough."""
    thread = Thread.objects.filter(id=thread_id, acknowledged_at=None, is_sent=True).first()
    if thread is None or thread.way == Way.FORM or thread.state == CorrespondenceState.ERASED:
        return None
    lately = Thread.objects.filter(
        correspondent=thread.correspondent, acknowledged_at__gt=now() - timedelta(days=1)
    )
    if lately.count() >= MOST_ACKNOWLEDGED:
        return None
    keys = _keys(thread)
    to = _address(thread, keys)
    return Acknowledgement(
        way=Way(thread.way),
        source=thread.source,
        address=str(to["address"]),
        language=thread.language or settings.LANGUAGE_CODE,
        subject=str(to.get("subject", "")),
        answers=_names(thread, keys),
        attachments=thread.messages.filter(attachments_refused__gt=0).exists(),
        comes_first=comes_first(WaitKind.MESSAGE, thread.id),
    )


def reading_hours() -> OpenState:
    """Return whether the helpline reads now, by its hours, and from when if it does not.

    A message waits for the next listener: unlike a chat it is open while no console is on.
    """
    return open_state(now(), schedule(settings.COUNTRY, zone=settings.TIME_ZONE), seats=1)


def correspondent_key(way: Way, source: str, address: str) -> bytes:
    """Return the blind index of an address, by one channel."""
    kind = "mail" if way in {Way.E_MAIL, Way.FORM} else f"{way}:{source}"
    return blind(LINE, "channels.correspondent", f"{kind}|{address.strip().casefold()}")


def known_as(way: Way, source: str, name: str) -> bytes:
    """Return the blind index of the name that a mail, or a provider, has for a message."""
    return blind(LINE, "channels.message", f"{way}:{source}|{name}")


def _opened(thread: Thread, keys: dict[UUID, RecordKey]) -> Correspondence:
    to = _address(thread, keys)
    rows = Message.objects.filter(thread=thread).exclude(sealed=b"").order_by("at", "id")
    is_number = thread.way in MESSAGING and "address" in to
    return Correspondence(
        id=thread.id,
        way=Way(thread.way),
        audience=Audience(thread.audience) if thread.audience else None,
        state=CorrespondenceState(thread.state),
        is_sent=thread.is_sent,
        is_discreet=thread.is_discreet,
        address="" if is_number else str(to.get("address", "")),
        name=str(to.get("name", "")),
        has_number=is_number,
        messages=tuple(_written(row, keys) for row in rows if _key_record(row, thread) in keys),
        comes_first=comes_first(WaitKind.MESSAGE, thread.id),
    )


def _typed(thread: Thread, seen_by: Actor) -> Typed | None:
    one = Draft.objects.filter(thread=thread).first()
    if one is None or thread.state == CorrespondenceState.ERASED:
        return None
    kept = key_of_line(LINE, one.id).open(bytes(one.sealed), where=DRAFTED, row=one.id)
    return Typed(
        text=str(kept["text"]),
        author=accounts.names_of({one.author}).get(one.author, ""),
        at=one.at,
        is_mine=one.author == seen_by.key,
    )


def _written(row: Message, keys: dict[UUID, RecordKey]) -> Written:
    content = _content(row, keys)
    return Written(
        id=row.id,
        side=Side(row.side),
        at=row.at,
        text=str(content["text"]),
        quoted=str(content.get("quoted", "")),
        subject=str(content.get("subject", "")),
        attachments_refused=row.attachments_refused,
        is_cut=row.is_cut,
        delivery=Delivery(row.delivery),
        failure=row.failure,
    )


def _keys(thread: Thread) -> dict[UUID, RecordKey]:
    """Return the keys of a thread and of its messages, for a process that holds the line's."""
    records: Iterable[UUID] = [thread.id]
    if thread.way != Way.FORM:
        records = [thread.id, *thread.messages.values_list("id", flat=True)]
    return keys_of_line(LINE, records)


def _key_record(message: Message, thread: Thread) -> UUID:
    return thread.id if thread.way == Way.FORM else message.id


def _address(thread: Thread, keys: dict[UUID, RecordKey]) -> dict[str, Any]:
    if not thread.sealed:
        return {}
    return keys[thread.id].open(bytes(thread.sealed), where=ADDRESSED, row=thread.id)


def _content(message: Message, keys: dict[UUID, RecordKey]) -> dict[str, Any]:
    key = keys[_key_record(message, message.thread)]
    return key.open(bytes(message.sealed), where=WRITTEN, row=message.id)


def _names(
    thread: Thread, keys: dict[UUID, RecordKey], *, before: datetime | None = None
) -> tuple[str, ...]:
    """Return the Message-IDs of a thread, the oldest first; ours without their domain."""
    found: list[str] = []
    rows = thread.messages.exclude(sealed=b"").order_by("at", "id")
    for row in rows.filter(at__lt=before) if before else rows:
        if row.side == Side.STAFF:
            found.append(message_name(row.id))
        elif name := str(_content(row, keys).get("name", "")):
            found.append(name)
    return tuple(found[-20:])
