"""What was said, for those who may read it: with the token, or with the line's key."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from balise.foundation import rows
from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import now, of_database
from balise.foundation.encryption.sealing import (
    RecordKey,
    blind,
    key_of_line,
    key_of_receipt,
    receipt_index,
)
from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import NotYours, find
from balise.helpline.conversations import access
from balise.helpline.conversations.models import (
    COACHED,
    LINE,
    NAMED,
    SAID,
    CoachNote,
    Conversation,
    Said,
)
from balise.helpline.conversations.rules import (
    SUSPENDED_AFTER,
    ChatEventKind,
    ConversationState,
    NotInConversation,
    Side,
    TokenUnknown,
)
from balise.helpline.conversations.rules.hours import (
    OpenState,
    Schedule,
    is_after_hours,
    open_state,
    schedule,
)
from balise.helpline.queue import queries as queue
from balise.helpline.queue.queries import Standing
from balise.helpline.queue.queries.rows import ItemRow, locked_before
from balise.helpline.queue.rules import WaitKind

COLUMNS = ("seq", "kind", "side", "at", "code", "about", "sealed", "author")
_BY_TOKEN = ("token_key", "id", "erased_at")
MOST = 500  # events read at once


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the log, in clear. `text` is empty where it says nothing, or no longer.

    `author` is the account of the listener, `who` their name once asked for, `is_marked` that it
    matters to the next listener: for the staff's side alone.
    """

    seq: int
    kind: ChatEventKind
    side: Side
    at: datetime
    code: str = ""
    about: int | None = None
    text: str = ""
    author: str = ""
    who: str = ""
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A conversation as its page shows it."""

    id: UUID
    state: ConversationState
    nickname: str
    language: str
    age: int | None
    age_band: str
    begun_at: datetime
    last_seq: int
    listener: str


@dataclass(frozen=True, slots=True)
class Noted:
    """A supervisor's note, or the listener's answer; `who` is a name."""

    at: datetime
    text: str
    who: str = ""
    is_mine: bool = False


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event as it is kept: sealed."""

    seq: int
    kind: str
    side: str
    at: datetime
    code: str
    about: int | None
    sealed: bytes
    author: str = ""


def locked_with_place(
    conversation_id: UUID, *, with_seat: bool = False
) -> tuple[Conversation, ItemRow | None]:
    """Return a conversation and its open item in the queue, as `locked_before`."""
    return locked_before(WaitKind.CHAT, conversation_id, Conversation.locked, with_seat=with_seat)


def by_token(token: Receipt) -> UUID:
    """Return the conversation that a token opens, or refuse it (TokenUnknown)."""
    found = rows.select(Conversation, _BY_TOKEN, among=[receipt_index(token)])
    if not found or found[0][2] is not None:
        raise TokenUnknown(_("This conversation no longer exists."))
    conversation_id: UUID = found[0][1]
    return conversation_id


def token_key(conversation_id: UUID) -> bytes:
    """Return the blind index of a conversation's code, by which a file opens again."""
    found = Conversation.objects.filter(id=conversation_id)
    return bytes(found.values_list("token_key", flat=True).get())


def bearer_of(conversation_id: UUID) -> str:
    """Return the key by which a block recognises a conversation's browser. It opens nothing."""
    return _bearer(token_key(conversation_id))


def bearer_of_token(token: Receipt) -> str:
    """Return the same for the bearer of the token."""
    return _bearer(receipt_index(token))


def opened(token: Receipt) -> tuple[Conversation, RecordKey]:
    """Return a conversation and its key for the bearer of the token; TokenUnknown otherwise."""
    conversation_id = by_token(token)
    key = key_of_receipt(conversation_id, token)
    return Conversation.objects.get(id=conversation_id), key


def joined(conversation_id: UUID, *, seen_by: Actor) -> tuple[Conversation, RecordKey]:
    """Return a conversation and its key for the listener in it, or a supervisor who reads along."""
    access.require_staff(seen_by)
    one = find(Conversation, id=conversation_id)
    if one.listener != seen_by.key and not seen_by.may(access.READ_ALONG):
        raise not_in(one.id, who=seen_by)
    return one, key_of_line(LINE, one.id)


def not_in(conversation_id: UUID, *, who: Actor) -> NotInConversation | NotYours:
    """Return the refusal of a listener: one who was never in it does not learn that it exists."""
    if Said.objects.filter(conversation=conversation_id, author=who.key).exists():
        return NotInConversation(_("You are not in this conversation."))
    return NotYours(access.TALK)


def shown(one: Conversation, key: RecordKey) -> Shown:
    """Return what a page shows of a conversation beside what is said."""
    return Shown(
        id=one.id,
        state=ConversationState(one.state),
        nickname=str(key.open(one.sealed, where=NAMED, row=one.id)["nickname"]),
        language=one.language,
        age=one.age,
        age_band=one.age_band,
        begun_at=one.begun_at,
        last_seq=one.last_seq,
        listener=one.listener,
    )


def age_of(conversation_id: UUID) -> int | None:
    """Return the age in years that someone gave as they began, or None."""
    found = Conversation.objects.filter(id=conversation_id)
    return found.values_list("age", flat=True).first()


def questions_token(one: Conversation, key: RecordKey) -> Receipt | None:
    """Return the token of the questions about a conversation that has ended; None for none."""
    if one.state != ConversationState.ENDED:
        return None
    token = key.open(bytes(one.sealed), where=NAMED, row=one.id).get("after")
    return Receipt(str(token)) if token else None


def names_in(conversation_id: UUID) -> dict[str, str]:
    """Return by account the names of the listeners who spoke or came, for the staff alone."""
    found = Said.objects.filter(conversation=conversation_id).exclude(author="")
    return accounts.names_of(set(found.values_list("author", flat=True)))


def announced(conversation_ids: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """Return by conversation the accounts of the supervisors who came in and did not leave."""
    there: dict[UUID, frozenset[str]] = dict.fromkeys(conversation_ids, frozenset())
    came = Said.objects.filter(
        conversation__in=conversation_ids, kind__in=(ChatEventKind.CAME_IN, ChatEventKind.WENT_OUT)
    )
    rows_found = came.order_by("seq").values_list("conversation", "kind", "author")
    for conversation_id, kind, author in rows_found:
        others = there[conversation_id] - {author}
        there[conversation_id] = others | {author} if kind == ChatEventKind.CAME_IN else others
    return there


def account_of_listener(conversation_id: UUID, *, goes_on: bool = False) -> str:
    """Return the account of the listener who is, or was last, in a conversation; "" for nobody.

    With `goes_on`, "" for a conversation that has ended too.
    """
    found = Conversation.objects.filter(id=conversation_id)
    if goes_on:
        found = found.exclude(state=ConversationState.ENDED)
    return found.values_list("listener", flat=True).first() or ""


def listener_of(conversation_id: UUID) -> str:
    """Return the name of the listener who is in a conversation; "" for nobody."""
    account = account_of_listener(conversation_id)
    return accounts.names_of({account}).get(account, "")


def coach_notes(conversation_id: UUID, *, seen_by: Actor) -> list[Noted]:
    """Return what supervisors noted and the listener answered, to them and to nobody else."""
    one = find(Conversation, id=conversation_id)
    if one.listener != seen_by.key and not seen_by.may(access.READ_ALONG):
        return []
    found = list(CoachNote.objects.filter(conversation=one).order_by("at"))
    if not found:
        return []
    key = key_of_line(LINE, one.id)
    names = accounts.names_of({note.author for note in found})
    return [
        Noted(
            note.at,
            str(key.open(bytes(note.sealed), where=COACHED, row=note.id)["text"]),
            names.get(note.author, ""),
            note.author == seen_by.key,
        )
        for note in found
    ]


def away(conversation_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Return since when the young person's page gives no sign, of those where it gives none."""
    found = Conversation.objects.filter(id__in=conversation_ids).exclude(
        state=ConversationState.ENDED
    )
    gone = found.filter(young_seen_at__lt=of_database() - SUSPENDED_AFTER)
    return dict(gone.values_list("id", "young_seen_at"))


def waits(conversation_id: UUID) -> Standing | None:
    """Return the place of a conversation in the line; None where it is in none."""
    item_id = queue.open_item(WaitKind.CHAT, conversation_id, is_waiting=True)
    return queue.standing(item_id) if item_id else None


def is_over(conversation_id: UUID) -> bool:
    """Return whether a conversation has ended."""
    return Conversation.objects.filter(id=conversation_id, state=ConversationState.ENDED).exists()


def open_now() -> OpenState:
    """Return whether the chat is open at this moment."""
    return open_state(now(), _hours(), queue.seated())


def open_for(standing: Standing) -> OpenState:
    """Return the same for someone who waits, whose standing holds which consoles are on."""
    return open_state(now(), _hours(), standing.seats)


def is_shut() -> bool:
    """Return whether no listener will come: half an hour after closing, with no console on."""
    return is_after_hours(now(), _hours()) and not queue.seated()


def after(conversation_id: UUID, seq: int, *, key: RecordKey) -> list[Event]:
    """Return what was said after a place in the log, at most `MOST` events, in order."""
    found = Said.objects.filter(conversation=conversation_id, seq__gt=seq).order_by("seq")
    kept = [EventRow(*values) for values in found.values_list(*COLUMNS)[:MOST]]
    return [read(row, conversation_id, key) for row in kept]


def read(row: EventRow, conversation_id: UUID, key: RecordKey) -> Event:
    """Return one event in clear."""
    text = ""
    if row.sealed:
        where = f"{SAID}.{row.seq}"
        text = str(key.open(bytes(row.sealed), where=where, row=conversation_id)["text"])
    kind, side = ChatEventKind(row.kind), Side(row.side)
    return Event(row.seq, kind, side, row.at, row.code, row.about, text, row.author)


def rows_after(wanted: Mapping[UUID, int]) -> dict[UUID, list[EventRow]]:
    """Return the rows of many conversations after a place in each, in order, in one query.

    Sealed: this is what the hub reads, which has no need to understand it. At most `MOST` of each.
    """
    if not wanted:
        return {}
    is_postgres = connection.vendor == "postgresql"
    one = "(%s::uuid, %s::integer)" if is_postgres else "(%s, %s)"
    values = ", ".join([one] * len(wanted))
    columns = ", ".join(f"said.{name}" for name in COLUMNS)
    table = connection.ops.quote_name(Said._meta.db_table)
    statement = (
        f"WITH wanted(conversation_id, seq) AS (VALUES {values})"  # noqa: S608 - our own names
        f" SELECT said.conversation_id, {columns} FROM wanted JOIN {table} AS said"
        " ON said.conversation_id = wanted.conversation_id AND said.seq > wanted.seq"
        " ORDER BY said.conversation_id, said.seq"
    )
    parameters: list[UUID | str | int] = []
    for conversation_id, seq in wanted.items():
        parameters += (conversation_id if is_postgres else conversation_id.hex, seq)
    found: dict[UUID, list[EventRow]] = {conversation_id: [] for conversation_id in wanted}
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for values_of_one in cursor.fetchall():
            of_one = found[_uuid(values_of_one[0])]
            if len(of_one) < MOST:
                of_one.append(_row(values_of_one[1:]))
    return found


def places_of(named: Collection[tuple[UUID, UUID]]) -> dict[tuple[UUID, UUID], int]:
    """Return the places of messages by (conversation, client_id), as far as they are known."""
    is_postgres = connection.vendor == "postgresql"
    one = "(%s::uuid, %s::uuid)" if is_postgres else "(%s, %s)"
    values = ", ".join([one] * len(named))
    table = connection.ops.quote_name(Said._meta.db_table)
    statement = (
        f"WITH named(conversation_id, client_id) AS (VALUES {values})"  # noqa: S608 - our own names
        f" SELECT said.conversation_id, said.client_id, said.seq FROM named JOIN {table} AS said"
        " ON said.conversation_id = named.conversation_id AND said.client_id = named.client_id"
    )
    ids = [part for pair in named for part in pair]
    with connection.cursor() as cursor:
        cursor.execute(statement, ids if is_postgres else [each.hex for each in ids])
        return {
            (_uuid(conversation_id), _uuid(client_id)): int(seq)
            for conversation_id, client_id, seq in cursor.fetchall()
        }


def places(conversations: Iterable[UUID]) -> dict[UUID, int]:
    """Return the last place in the log of each conversation that is there."""
    found = Conversation.objects.filter(id__in=list(conversations))
    return dict(found.values_list("id", "last_seq"))


def _hours() -> Schedule:
    return schedule(settings.COUNTRY, zone=settings.TIME_ZONE)


def open_days(first: date, last: date) -> int:
    """Return on how many days of a period, both ends included, the chat and the line were open."""
    hours = _hours()
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sum(hours.hours_of(day) is not None for day in days)


def _bearer(token_key: bytes) -> str:
    return blind(LINE, "conversations.bearer", token_key.hex()).hex()


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def _row(values: Sequence[object]) -> EventRow:
    seq, kind, side, at, code, about, sealed, author = values
    moment = at if isinstance(at, datetime) else datetime.fromisoformat(f"{at}+00:00")
    return EventRow(
        int(str(seq)),
        str(kind),
        str(side),
        moment,
        str(code),
        None if about is None else int(str(about)),
        bytes(sealed or b""),  # type: ignore[call-overload]
        str(author),
    )
