"""Bring in conversations that are over: thousands at once.

Each leaves the rows, the facts and the tallies of one that was begun (`talking.begin`), joined by
one listener (`passing.join`), spoken in by both (`talking.say`, `talking.answer`) and ended by one
of them (`passing.end_own`, `passing.end`). It never waited in the queue here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation import rows
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import day_of
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import (
    WRAP_COLUMNS,
    BatchSealer,
    WrapRow,
    new_key,
    receipt_columns,
    receipt_index,
)
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.journal.book import Past, record_past
from balise.foundation.journal.events import Code
from balise.helpline.contacts import queries as contacts
from balise.helpline.conversations import access
from balise.helpline.conversations.actions.passing import side_of
from balise.helpline.conversations.events import (
    ConversationBegun,
    ConversationEnded,
    ListenerJoined,
    MessageSaid,
)
from balise.helpline.conversations.models import LINE, NAMED, SAID, Conversation, Said
from balise.helpline.conversations.rules import (
    LONGEST_NICKNAME,
    ChatEventKind,
    ConversationState,
    Side,
    read_words,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A conversation of the past. `said` is who said what and when, in order.

    `ended_by` is one of the two who were in it.
    """

    begun_at: datetime
    joined_at: datetime
    said: Sequence[tuple[Side, str, datetime]]
    ended_at: datetime
    ended_by: Side = Side.YOUNG
    nickname: str = ""
    language: str = ""
    age_band: str = ""


@dataclass(slots=True)
class _Made:
    conversations: list[Conversation]
    log: list[Said]
    wraps: list[WrapRow]
    told: list[Past]


def bring_in(
    *,
    conversations: Sequence[tuple[Brought, Actor]],
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> list[UUID]:
    """Bring in conversations, each with its listener; return them in order.

    Refuses (TooLong, NothingSaid) what is no message, and an age that the form of its day lacks.
    They are all written, or none.
    """
    for who in {who for _one, who in conversations}:
        access.require(who, access.TALK)
    sealer, made = BatchSealer(LINE), _Made([], [], [], [])
    for one, who in conversations:
        _make(made, one, sealer, who)
    with transaction.atomic():
        rows.insert_objects(made.conversations)
        rows.insert_objects(made.log)
        rows.insert(KeyWrap, WRAP_COLUMNS, [sealer.own_columns(), *made.wraps])
        record_past(made.told)
    return [one.id for one in made.conversations]


def _make(made: _Made, brought: Brought, sealer: BatchSealer, by: Actor) -> None:
    key, token = new_key(LINE, uuid4()), new_receipt()
    contacts.form(day_of(brought.begun_at)).check_code(brought.age_band, of="chat_ages")
    name = {"nickname": brought.nickname.strip()[:LONGEST_NICKNAME]}
    one = Conversation(
        id=key.record,
        token_key=receipt_index(token),
        state=ConversationState.ENDED,
        language=brought.language,
        age_band=brought.age_band,
        sealed=key.seal(name, where=NAMED, row=key.record),
        listener=by.key,
        begun_at=brought.begun_at,
        young_seen_at=brought.begun_at,
        ended_at=brought.ended_at,
    )

    def write(
        kind: ChatEventKind, at: datetime, who: Actor, *, text: str = "", code: str = ""
    ) -> None:
        one.last_seq += 1
        side = side_of(by=who)
        line = Said(
            conversation=one,
            seq=one.last_seq,
            kind=kind,
            side=side,
            author=who.key if side is Side.STAFF else "",
            at=at,
            code=code,
        )
        if kind is ChatEventKind.MESSAGE:
            line.client_id = uuid4()
            where = f"{SAID}.{one.last_seq}"
            line.sealed = key.seal({"text": read_words(text)}, where=where, row=one.id)
        made.log.append(line)

    who = {Side.YOUNG: ANYONE, Side.STAFF: by}
    write(ChatEventKind.JOINED, brought.joined_at, by)
    for side, text, at in brought.said:
        write(ChatEventKind.MESSAGE, at, who[side], text=text)
    write(
        ChatEventKind.STATE, brought.ended_at, who[brought.ended_by], code=ConversationState.ENDED
    )
    made.conversations.append(one)
    made.wraps += (sealer.columns(key), receipt_columns(key, token))
    made.told += _told(one, brought, by)


def _told(one: Conversation, brought: Brought, by: Actor) -> Iterator[Past]:
    begun = ConversationBegun(
        subject=one.id, language=Code(one.language), age_band=Code(one.age_band)
    )
    yield begun, ANYONE, brought.begun_at
    waited = int((brought.joined_at - brought.begun_at).total_seconds())
    yield ListenerJoined(subject=one.id, seconds=max(waited, 0)), by, brought.joined_at
    for seq, (side, _text, at) in enumerate(brought.said, 2):  # behind the listener who joined
        who = ANYONE if side is Side.YOUNG else by
        yield MessageSaid(subject=one.id, side=side, seq=seq), who, at
    lasted = int((brought.ended_at - brought.begun_at).total_seconds())
    ended = ConversationEnded(
        subject=one.id,
        side=brought.ended_by,
        seconds=max(lasted, 0),
        messages=len(brought.said),
    )
    yield ended, ANYONE if brought.ended_by is Side.YOUNG else by, brought.ended_at
