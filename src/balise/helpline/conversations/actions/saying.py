"""Write what is said: what several people say at the same moment, in one transaction.

Words of danger are looked for before, outside of it. Who says some is written alone: their place in
the line is locked first, as everywhere, and rises with the message or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation import rows
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import (
    RecordKey,
    keep,
    key_of_line,
    key_of_receipt,
    new_key,
    receipt_index,
)
from balise.foundation.encryption.worded import Receipt, new_worded
from balise.foundation.group_commit import GroupCommit
from balise.foundation.journal.book import record, record_each
from balise.foundation.journal.events import Code
from balise.helpline.contacts import queries as contacts
from balise.helpline.conversations import access, bell, queries
from balise.helpline.conversations.actions import presence
from balise.helpline.conversations.actions.passing import Log, side_of
from balise.helpline.conversations.events import (
    AnotherWanted,
    ConversationBegun,
    ConversationContinued,
    MessageSaid,
)
from balise.helpline.conversations.models import LINE, NAMED, SAID, Conversation
from balise.helpline.conversations.queries import line
from balise.helpline.conversations.queries.earlier import ended_of, lately
from balise.helpline.conversations.rules import (
    LONGEST_NICKNAME,
    ChatEventKind,
    ConversationOver,
    ConversationState,
    Earlier,
    Side,
    read_words,
)
from balise.helpline.conversations.rules.saying import (
    OTHER,
    Refusal,
    Room,
    goes_on,
    is_announced,
    place_of,
)
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Risk, RiskFrom, WaitKind
from balise.helpline.queue.rules.danger_words import RAISES, read_talk, risk_of

_SHORT = 80  # characters of a message that may go on from the one before, or answer a question
_LOCKED = ("id", "state", "listener", "last_seq")


@dataclass(frozen=True, slots=True)
class _Brought:
    conversation: UUID
    key: RecordKey
    words: str
    client_id: UUID
    by: Actor

    def seal(self, seq: int) -> bytes:
        return self.key.seal({"text": self.words}, where=f"{SAID}.{seq}", row=self.conversation)


def put(*, conversation_id: UUID, key: RecordKey, words: str, client_id: UUID, by: Actor) -> int:
    """Write a message in the log and return its place; a known `client_id` writes nothing.

    Words of danger of the young person raise their risk, and never lower it. Refuses
    (`queries.not_in`) a listener who is not in it, and (ConversationOver) one that has ended.
    """
    brought = _Brought(conversation_id, key, words, client_id, by)
    is_young = side_of(by=by) is Side.YOUNG
    risk = _told(brought) if is_young else Risk.F
    outcome = _put_together(brought) if risk is Risk.F else _put_in_danger(brought, risk)
    if isinstance(outcome, int):
        return outcome
    if outcome is Refusal.NOT_IN_IT:
        raise queries.not_in(conversation_id, who=by)
    raise ConversationOver(_("This conversation has ended."))


def _told(brought: _Brought) -> Risk:
    """Return the risk that a message tells: alone, or with what was said and asked right before it.

    A child sends “je veux”, then “mourir”; or is asked, and says “oui”. What stood before is read
    from the log, unsealed here, and kept nowhere.
    """
    alone = risk_of(brought.words, country=settings.COUNTRY)
    if alone in RAISES or len(brought.words) > _SHORT:
        return alone
    before, asked = lately(brought.conversation, key=brought.key)
    if not before and not asked:
        return alone
    found = read_talk([*before, brought.words], question=asked, country=settings.COUNTRY)
    return found.level if found else Risk.F


def _put_in_danger(brought: _Brought, risk: Risk) -> int | Refusal:
    """Write a message whose words tell of a risk, and raise that of who said them, once.

    At risk A, who has stepped out of the line is in it again, as when they say that they are not
    safe.
    """
    with transaction.atomic():
        one, place = queries.locked_with_place(brought.conversation)
        is_known = (one.id, brought.client_id) in queries.places_of({(one.id, brought.client_id)})
        outcome = _put_together(brought)
        if is_known or not isinstance(outcome, int):
            return outcome
        # Who comes back with these words is in the line again by now.
        item_id = place.id if place else queue.open_item(WaitKind.CHAT, one.id)
        if item_id is None and risk is Risk.A:
            item_id = waiting.enqueue(
                kind=WaitKind.CHAT,
                subject=one.id,
                language=one.language,
                returning=True,
                by=brought.by,
            )
        if item_id is not None:
            waiting.raise_risk(item_id=item_id, risk=risk, how=RiskFrom.WORDS, by=brought.by)
    return outcome


def _put_all(brought: Sequence[_Brought]) -> list[int | Refusal]:
    with transaction.atomic():
        wanted = list({one.conversation for one in brought})
        found = rows.select(Conversation, _LOCKED, among=wanted, lock=True)
        rooms = {row[0]: Room(*row) for row in found}
        others = {each.conversation for each in brought if _is_other(each, rooms)}
        if others:  # no question where nobody else speaks
            for conversation_id, there in queries.announced(others).items():
                rooms[conversation_id].announced = there
        known = queries.places_of({(one.conversation, one.client_id) for one in brought})
        log = Log(now())
        events: list[tuple[MessageSaid, Actor]] = []
        back: dict[UUID, Actor] = {}  # who spoke after the line had dropped
        outcomes: list[int | Refusal] = []
        for one in brought:
            room, named = rooms[one.conversation], (one.conversation, one.client_id)
            side = side_of(by=one.by)
            place = place_of(room, known.get(named), side=side, account=one.by.key)
            outcomes.append(place)
            if isinstance(place, int) and place > room.last_seq:
                known[named] = place
                code = OTHER if is_announced(room, one.by.key) else ""
                log.add(
                    room,
                    ChatEventKind.MESSAGE,
                    client_id=one.client_id,
                    code=code,
                    seal=one.seal,
                    by=one.by,
                )
                events.append((MessageSaid(subject=room.id, side=side, seq=place), one.by))
                if goes_on(room, side=side):
                    back[room.id] = one.by
        log.write()
        record_each(events)
        for conversation_id, by in back.items():
            presence.resume(one=Conversation.locked(conversation_id), by=by)
        for conversation_id in {event.subject for event, _by in events}:
            if listener := rooms[conversation_id].listener:
                bell.ring(UUID(listener), note="news")  # on whatever page they are
    return outcomes


def _is_other(one: _Brought, rooms: dict[UUID, Room]) -> bool:
    """Return whether a supervisor would say it, not the listener."""
    is_listener = rooms[one.conversation].listener == one.by.key
    return not is_listener and one.by.may(access.READ_ALONG)


_put_together = GroupCommit(_put_all)


# Begin a conversation, and write in it: the young person with a token, the listener by name.


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
    return put(conversation_id=conversation_id, key=key, words=words, client_id=client_id, by=by)


def answer(*, conversation_id: UUID, text: str, client_id: UUID, by: Actor) -> int:
    """Write a message as the listener in the conversation, or a supervisor who was announced.

    Otherwise as `say`.
    """
    access.require_staff(by)
    words = read_words(text)
    key = key_of_line(LINE, conversation_id)
    return put(conversation_id=conversation_id, key=key, words=words, client_id=client_id, by=by)


# Ask to talk: begin and wait in one transaction; and what the young person does about waiting.


def ask(
    *,
    nickname: str = "",
    language: str = "",
    age: int | None = None,
    age_band: str = "",
    is_life_danger: bool = False,
    before: Receipt | None = None,
    is_by_code: bool = False,
    by: Actor = ANYONE,
) -> Begun:
    """Begin a conversation and let it wait for a listener: both, or neither.

    With the code (`before`) of one that has ended it is the same person: linked to it, before the
    others of their risk, and in danger still if they were. In the same browser without typing the
    code it is only perhaps they: telephones are shared, and nothing else follows.

    Someone who is not safe now is first in line, and a supervisor is called.
    """
    earlier = ended_of(before)
    how = (Earlier.CODE if is_by_code else Earlier.BROWSER) if earlier else None
    with transaction.atomic():
        begun = begin(
            nickname=nickname,
            language=language,
            age=age,
            age_band=age_band,
            earlier=earlier,
            earlier_by=how,
            by=by,
        )
        risk = Risk.A if is_life_danger else Risk.F
        same = earlier if how is Earlier.CODE else None
        waiting.enqueue(
            kind=WaitKind.CHAT,
            subject=begun.id,
            risk=risk,
            language=language,
            returning=same is not None,
            same_as=same,
            by=by,
        )
    return begun


def be_in_danger(*, token: Receipt, by: Actor = ANYONE) -> bool:
    """Note that a young person is not safe now: first in line, and a supervisor is called.

    Someone who had left the line is in it again. Returns False, and changes nothing, where the
    conversation has ended: another has to begin.
    """
    conversation_id = queries.by_token(token)
    with transaction.atomic():
        one, place = queries.locked_with_place(conversation_id)
        if one.state == ConversationState.ENDED:
            return False
        item_id = (
            place.id
            if place
            else waiting.enqueue(
                kind=WaitKind.CHAT, subject=one.id, language=one.language, returning=True, by=by
            )
        )
        waiting.raise_risk(item_id=item_id, risk=Risk.A, by=by)
    return True


def have_another(*, token: Receipt, by: Actor = ANYONE) -> bool:
    """Note that a young person does not wait for a listener whose line was cut.

    Within two seconds they are first in line for someone else. Returns False, and changes nothing,
    where the listener is there, or nobody is.
    """
    conversation_id = queries.by_token(token)
    with transaction.atomic():
        one = Conversation.locked(conversation_id)
        if not line.is_cut(one):
            return False
        if not one.wants_another:
            one.wants_another = True
            one.save(update_fields=("wants_another",))
            record(AnotherWanted(subject=one.id), by=by)
    return True
