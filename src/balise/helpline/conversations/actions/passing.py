"""Join, leave, end, take back, erase."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Least
from django.utils.translation import gettext as _

from balise.foundation import rows
from balise.foundation.actors import ANYONE, Actor, ActorKind
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import RecordKey
from balise.foundation.encryption.worded import Receipt
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.conversations import access, bell, queries
from balise.helpline.conversations.events import (
    ConversationContinued,
    ConversationEnded,
    ConversationErased,
    ConversationRead,
    ListenerJoined,
    ListenerLeft,
    MessageRedacted,
    SupervisorJoined,
    SupervisorLeft,
)
from balise.helpline.conversations.models import Conversation, Said
from balise.helpline.conversations.queries.earlier import joined_before
from balise.helpline.conversations.rules import (
    ChatEventKind,
    ConversationState,
    Earlier,
    NobodyTalks,
    Side,
    check_goes_on,
)
from balise.helpline.conversations.rules.saying import Room
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.queries.rows import ItemRow
from balise.helpline.queue.rules import Reason, Skill, WaitKind

# A conversation's place in the line, inside an action's transaction.


def leave_line(*, place: ItemRow | None, reason: Reason = Reason.LEFT, by: Actor) -> None:
    """Leave the line if one still waits in it. A person who is with a listener stays with them."""
    if place is not None and place.waits:
        waiting.withdraw(item_id=place.id, reason=reason, by=by)


# Write what happens in conversations in their logs, inside an action's transaction.


_SIDES = {ActorKind.PUBLIC: Side.YOUNG, ActorKind.STAFF: Side.STAFF}
_FIELDS = (
    *("conversation", "seq", "kind", "side", "author", "at"),
    *("client_id", "code", "about", "sealed"),
)


def side_of(*, by: Actor) -> Side:
    """Return the side that an actor speaks for."""
    return _SIDES.get(by.kind, Side.HOUSE)


@dataclass(slots=True)
class Log:
    """What one transaction adds to the logs of locked conversations: at once, where many speak."""

    moment: datetime
    _added: list[tuple[object, ...]] = field(default_factory=list)
    _last: dict[UUID, int] = field(default_factory=dict)

    def add(
        self,
        room: Room | Conversation,
        kind: ChatEventKind,
        *,
        client_id: UUID | None = None,
        code: str = "",
        about: int | None = None,
        seal: Callable[[int], bytes] | None = None,
        by: Actor,
    ) -> None:
        """Add the next event of a conversation; `seal` binds its words to its place."""
        side = side_of(by=by)
        room.last_seq = seq = self._last[room.id] = room.last_seq + 1
        author = by.key if side is Side.STAFF else ""
        sealed = seal(seq) if seal else b""
        what = (room.id, seq, kind.value, side.value, author, self.moment)
        self._added.append((*what, client_id, code, about, sealed))

    def write(self) -> None:
        """Write it all, and ring the bell of each conversation."""
        rows.insert(Said, _FIELDS, self._added)
        places = [(seq, conversation_id) for conversation_id, seq in self._last.items()]
        rows.update(Conversation, ("last_seq",), places)
        for conversation_id in self._last:
            bell.ring(conversation_id)


def write(
    *,
    conversation: Conversation,
    kind: ChatEventKind,
    moment: datetime,
    about: int | None = None,
    code: str = "",
    by: Actor,
) -> None:
    """Write the next event of a locked conversation that has no words.

    `code` is the profession that comes where a listener left.
    """
    log = Log(moment)
    code = conversation.state if kind is ChatEventKind.STATE else code
    log.add(conversation, kind, code=code, about=about, by=by)
    log.write()


def join(*, conversation_id: UUID, by: Actor) -> None:
    """Make a listener the one of a conversation; the next one continues the same conversation."""
    access.require(by, access.TALK)
    moment = now()
    with transaction.atomic():
        one = Conversation.locked(conversation_id)
        check_goes_on(one.state)
        if one.listener == by.key and one.state == ConversationState.OPEN:
            return
        came = Said.objects.filter(
            conversation=one, kind__in=(ChatEventKind.JOINED, ChatEventKind.TRANSFERRED)
        )
        before = came.order_by("-seq").values_list("author", flat=True).first()
        kind = ChatEventKind.JOINED if before in {None, by.key} else ChatEventKind.TRANSFERRED
        one.listener, one.state, one.wants_another = by.key, ConversationState.OPEN, False
        one.save(update_fields=("listener", "state", "wants_another"))
        write(conversation=one, kind=kind, moment=moment, by=by)
        record(ListenerJoined(subject=one.id, seconds=_seconds(one, moment)), by=by)


# Why a listener is gone, in the words of the young person's page.
_SAYS_WHY: Mapping[Reason | None, str] = MappingProxyType(
    {Reason.VANISHED: "cut", Reason.FOR_DANGER: "urgent"}
)


def leave(*, conversation_id: UUID, to: Skill | None, why: Reason | None = None, by: Actor) -> None:
    """Take its listener out of a conversation that waits for another: of a profession, or anyone.

    The queue says so as the item waits again, and has checked who may. A person whose line dropped
    meanwhile reads it when they are back, with `why` where it is no choice of the listener. One
    that is unknown, or has ended, stays as it is.
    """
    with transaction.atomic():
        going_on = Conversation.objects.exclude(listener="").exclude(state=ConversationState.ENDED)
        one = going_on.select_for_update().filter(id=conversation_id).first()
        if one is None:
            return
        one.listener = ""
        if one.state == ConversationState.OPEN:
            one.state = ConversationState.WAITING
        one.save(update_fields=("listener", "state"))
        write(
            conversation=one,
            kind=ChatEventKind.LEFT,
            moment=now(),
            code=to or _SAYS_WHY.get(why, ""),
            by=by,
        )
        record(ListenerLeft(subject=one.id), by=by)
        for other in queue.waiting_subjects(WaitKind.CHAT):  # one more is before them
            bell.ring(other, note="turn")


def be_read(*, conversation_id: UUID, seq: int, by: Actor) -> None:
    """Note as its listener how far one has read. Never a fact: it only counts what is unread."""
    access.require(by, access.TALK)
    found = Conversation.objects.filter(id=conversation_id, listener=by.key, read_seq__lt=seq)
    found.update(read_seq=Least(Value(seq), F("last_seq")))


def end(*, conversation_id: UUID, by: Actor) -> None:
    """End a conversation as its listener; one that has ended stays as it is."""
    access.require(by, access.TALK)
    with transaction.atomic():
        one, place = queries.locked_with_place(conversation_id)
        _check_is_in(one, by)
        _end(one, place, by)


def end_by_itself(*, conversation_id: UUID, by: Actor) -> None:
    """End a conversation that nobody has come back to."""
    with transaction.atomic():
        _end(*queries.locked_with_place(conversation_id), by)


def end_own(*, token: Receipt, by: Actor = ANYONE) -> None:
    """End a conversation as the young person, and leave the line if one still waited in it."""
    conversation_id = queries.by_token(token)
    with transaction.atomic():
        _end(*queries.locked_with_place(conversation_id), by)


def erase_own(*, token: Receipt, by: Actor = ANYONE) -> None:
    """End a conversation as the young person and wipe what was said: no one reads it ever again.

    The worker destroys its key a moment later: the public door has no right to destroy keys. The
    figures stay; a case file that a listener wrote is another record and stays too.
    """
    conversation_id = queries.by_token(token)
    moment = now()
    with transaction.atomic():
        one, place = queries.locked_with_place(conversation_id)
        _end(one, place, by)
        one.erased_at = moment
        one.save(update_fields=("erased_at",))
        Said.objects.filter(conversation=one).update(sealed=b"")
        record(ConversationErased(subject=one.id), by=by)


def redact(*, conversation_id: UUID, seq: int, by: Actor) -> None:
    """Delete the words of one message, for both sides; its place stays."""
    access.require(by, access.TALK)
    moment = now()
    with transaction.atomic():
        one = Conversation.locked(conversation_id)
        _check_is_in(one, by)
        found = Said.objects.filter(conversation=one, seq=seq, kind=ChatEventKind.MESSAGE)
        if not found.exclude(sealed=b"").update(sealed=b""):
            return
        write(conversation=one, kind=ChatEventKind.REDACTED, moment=moment, about=seq, by=by)
        record(MessageRedacted(subject=one.id, seq=seq), by=by)


def open_to_read(*, conversation_id: UUID, by: Actor) -> RecordKey:
    """Return the key of a conversation to someone who may read it, and log the reading."""
    one, key = queries.joined(conversation_id, seen_by=by)
    with transaction.atomic():
        record(ConversationRead(subject=one.id), by=by)
    return key


def open_before(*, conversation_id: UUID, by: Actor) -> tuple[Conversation, RecordKey]:
    """Return the conversation before one, with its key, to the listener in it; log the reading.

    Refuses as `joined_before`.
    """
    one, key = joined_before(conversation_id, seen_by=by)
    with transaction.atomic():
        record(ConversationRead(subject=one.id), by=by)
    return one, key


def say_same(*, conversation_id: UUID, by: Actor) -> None:
    """Note, as its listener, that the same browser is the same person: they were asked.

    From here on the earlier conversation can be read, and a danger of theirs goes with them.
    """
    access.require(by, access.TALK)
    with transaction.atomic():
        one, place = queries.locked_with_place(conversation_id)
        _check_is_in(one, by)
        if one.earlier_by != Earlier.BROWSER or one.earlier is None:
            return
        one.earlier_by = Earlier.LISTENER
        one.save(update_fields=("earlier_by",))
        record(ConversationContinued(subject=one.id, how=Code(Earlier.LISTENER)), by=by)
        if place is not None:
            waiting.carry_danger(item_id=place.id, same_as=one.earlier, by=by)


def be_typing(*, conversation_id: UUID, by: Actor) -> None:
    """Show the other side that one is writing, on whatever page the listener is. Never kept."""
    side = side_of(by=by)
    bell.ring(conversation_id, note=f"typing-{side.value}")
    listener = queries.account_of_listener(conversation_id) if side is Side.YOUNG else ""
    if listener:
        bell.ring(UUID(listener), note=f"typing {conversation_id}")


def _check_is_in(one: Conversation, by: Actor) -> None:
    if one.listener != by.key:
        raise queries.not_in(one.id, who=by)


def _end(one: Conversation, place: ItemRow | None, by: Actor) -> None:
    """End a locked conversation, and take it out of the line."""
    leave_line(place=place, by=by)
    if one.state == ConversationState.ENDED:
        return
    moment = now()
    one.state, one.ended_at = ConversationState.ENDED, moment  # its last listener may still read it
    one.save(update_fields=("state", "ended_at"))
    write(conversation=one, kind=ChatEventKind.STATE, moment=moment, by=by)
    fact = ConversationEnded(
        subject=one.id,
        side=side_of(by=by),
        seconds=_seconds(one, moment),
        messages=Said.objects.filter(conversation=one, kind=ChatEventKind.MESSAGE).count(),
    )
    record(fact, by=by)


def _seconds(one: Conversation, moment: datetime) -> int:
    return max(int((moment - one.begun_at).total_seconds()), 0)


# Let a supervisor who reads along speak in a conversation: the young person is told first.
#
# The listener stays its listener. What the supervisor says stands behind the line that says that
# someone else has joined: nobody speaks who was not announced (`rules.saying`).


def speak_in(*, conversation_id: UUID, by: Actor) -> None:
    """Announce a supervisor to the young person; from here on they may say something.

    Refuses (ConversationOver) a conversation that has ended, and (NobodyTalks) one that no listener
    holds at this moment. Who is in it already stays in it, and nothing is said twice.
    """
    access.require(by, access.READ_ALONG)
    with transaction.atomic():
        one = Conversation.locked(conversation_id)
        check_goes_on(one.state)
        if one.state != ConversationState.OPEN or not one.listener:
            raise NobodyTalks(_("No listener is talking in this conversation now."))
        if by.key == one.listener or by.key in queries.announced([one.id])[one.id]:
            return
        write(conversation=one, kind=ChatEventKind.CAME_IN, moment=now(), by=by)
        record(SupervisorJoined(subject=one.id), by=by)


def step_out(*, conversation_id: UUID, by: Actor) -> None:
    """Tell the young person that the supervisor has left; one who is not in it changes nothing."""
    access.require(by, access.READ_ALONG)
    with transaction.atomic():
        one = Conversation.locked(conversation_id)
        if (
            one.state == ConversationState.ENDED
            or by.key not in queries.announced([one.id])[one.id]
        ):
            return
        write(conversation=one, kind=ChatEventKind.WENT_OUT, moment=now(), by=by)
        record(SupervisorLeft(subject=one.id), by=by)


# Tell both sides of a conversation what became of a picture, or of what was asked of a vault.
#
# A code, and no word of anyone.


def tell_of_picture(*, conversation_id: UUID, code: str, is_new: bool = False, by: Actor) -> None:
    """Write in the log what became of a picture, within the caller's transaction.

    A new one is refused (ConversationOver) once it has ended; of another one nothing is written
    then. Whether `by` may is for the caller to ask.
    """
    _tell(ChatEventKind.PICTURE, conversation_id, code, is_new=is_new, by=by)


def tell_of_vault(*, conversation_id: UUID, code: str, is_new: bool = False, by: Actor) -> None:
    """Write in the log what was asked of a vault, and what became of it; as `tell_of_picture`."""
    _tell(ChatEventKind.VAULT, conversation_id, code, is_new=is_new, by=by)


def _tell(
    kind: ChatEventKind, conversation_id: UUID, code: str, *, is_new: bool, by: Actor
) -> None:
    one = Conversation.locked(conversation_id)
    if is_new:
        check_goes_on(one.state)
    if one.state == ConversationState.ENDED:
        return
    write(conversation=one, kind=kind, moment=now(), code=code, by=by)
    if one.listener and side_of(by=by) is Side.YOUNG:
        bell.ring(UUID(one.listener), note="news")
