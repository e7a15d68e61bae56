"""Immediate dangers at the console: those that are on, and one of them with its checklist.

One that was declared goes on until two people say that it is over, even if the listener or the
person has left; the queue says whether it is on (`queue.queries.dangers`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.models import Entry
from balise.helpline.channels import queries as channels
from balise.helpline.console import access
from balise.helpline.console.models import Brief, Hand
from balise.helpline.console.rules import Question
from balise.helpline.contacts import queries as contacts
from balise.helpline.conversations import queries as conversations
from balise.helpline.queue import queries as queue
from balise.helpline.queue.queries import dangers
from balise.helpline.queue.queries.dangers import DangerRow
from balise.helpline.queue.queries.rows import ItemRow
from balise.helpline.queue.rules import LIVE, VOICE, ItemState, NotYours, WaitKind
from balise.helpline.queue.rules.dangers import Life, NoDanger, alone_after
from balise.helpline.telephony import queries as telephony
from balise.helpline.telephony.queries import Asking, CallNumber, Line

# Someone whom a listener has, who waits, or who has gone: codes and moments, no word of theirs.


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(ItemRow):
    """Someone whom a listener has, who waits, or who has gone."""

    hand: bool = False
    briefs: int = 0
    contact: UUID | None = None
    # Of a call: whether it has ended.
    is_over: bool = False
    # Of one's own call, where the exchange takes commands: what it does with it.
    line: Line | None = None
    # Of a chat: since when the young person's page gives no sign, if it gives none.
    gone_since: datetime | None = None

    @property
    def can_wait(self) -> bool:
        """Return whether it can go back in line: nobody is there."""
        return self.kind not in LIVE


def shown(rows: Sequence[ItemRow], *, seen_by: Actor) -> tuple[Held, ...]:
    """Return items as their pages show them, in the same order."""
    ids = [one.id for one in rows]
    hands = set(Hand.objects.filter(item__in=ids, lowered_at=None).values_list("item", flat=True))
    briefs = list(Brief.objects.filter(item__in=ids).values_list("item", flat=True))
    chats = [one.subject for one in rows if one.kind is WaitKind.CHAT and not one.is_gone]
    away = conversations.away(chats) if chats else {}
    own = [one.subject for one in rows if one.held_by == seen_by.key]
    calls = [
        one.subject for one in rows if one.kind is WaitKind.CALL and one.held_by == seen_by.key
    ]
    lines = telephony.lines(calls, seen_by=seen_by)
    latest = contacts.latest_of(own, seen_by=seen_by) if own else {}
    return tuple(
        Held(
            **asdict(one),
            hand=one.id in hands,
            briefs=briefs.count(one.id),
            contact=latest.get(one.subject),
            is_over=one.kind in VOICE and one.state is ItemState.HELD and queue.is_over(one),
            line=lines.get(one.subject),
            gone_since=away.get(one.subject),
        )
        for one in rows
    )


# The people who may have a number, which two people open together.
_NUMBERED = frozenset({WaitKind.CALL, WaitKind.MESSAGE})
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Alarm:
    """An immediate danger that is on, and who handles it; `may_open`: whether the reader may.

    `askings` wait for a second person to agree that their number is read.
    """

    item: Held
    life: Life
    listener: str
    since: datetime
    joined_by: str
    may_open: bool
    askings: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class ToJoin:
    """Someone in danger whom no supervisor has joined; `mark` is new when it is declared anew."""

    id: UUID
    kind: WaitKind
    since: datetime
    mark: str


@dataclass(frozen=True, slots=True)
class ToRead:
    """What one person ended or set aside, for a supervisor: who, how and why, opened."""

    danger: DangerRow
    who: str
    told: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ending:
    """A proposal of the end: who proposed it, how it ends, and what `told` in a sentence.

    `may_agree`: whether the reader is a second person; `alone_at`: when the one who proposed it may
    end it alone.
    """

    danger: DangerRow
    proposed_by: str
    told: str
    may_agree: bool
    is_own: bool
    alone_at: datetime

    @property
    def may_end_alone(self) -> bool:
        return self.is_own and now() >= self.alone_at


@dataclass(frozen=True, slots=True)
class Checklist:
    """An immediate danger, opened: what was answered, and what happened so far.

    `number` is of a call, or of someone who writes by messaging; None for anyone else. `over` says
    who ended it; empty until then.
    """

    item: Held
    life: Life
    declared_at: datetime
    declared_by: str
    joined_by: str
    joined_at: datetime | None
    over: str
    ending: Ending | None
    answers: Mapping[str, str]
    number: CallNumber | None
    timeline: tuple[tuple[datetime, str, str], ...]


def alarms(*, seen_by: Actor) -> tuple[Alarm, ...]:
    """Return the people in danger now, the longest first."""
    access.require(seen_by, access.WORK)
    rows = {one.item: one for one in dangers.all_on()}
    found = {one.id: one for one in shown(queue.items(list(rows)), seen_by=seen_by)}
    calls = {one.subject for one in found.values() if one.kind in _NUMBERED}
    numbers = telephony.numbers(calls, seen_by=seen_by) if calls else {}
    keys = {found[one.item].held_by for one in rows.values() if one.item in found}
    names = accounts.names_of({key for key in keys | {r.joined_by for r in rows.values()} if key})
    return tuple(
        Alarm(
            item=found[one.item],
            life=one.life,
            listener=names.get(found[one.item].held_by, ""),
            since=one.declared_at,
            joined_by=names.get(one.joined_by, ""),
            may_open=_may_read(one, found[one.item].held_by, seen_by),
            askings=numbers[one.subject].waiting if one.subject in numbers else (),
        )
        for one in rows.values()
        if one.item in found
    )


def own_alarms(*, seen_by: Actor) -> tuple[Alarm, ...]:
    """Return the immediate dangers of people whom one no longer has, whose page one still opens."""
    return tuple(
        one for one in alarms(seen_by=seen_by) if one.may_open and one.item.held_by != seen_by.key
    )


def alarms_to_join(*, seen_by: Actor) -> tuple[ToJoin, ...]:
    """Return the lives in danger that no supervisor has joined yet, for supervisors; else none."""
    if not seen_by.may(access.SUPERVISE):
        return ()
    return tuple(
        ToJoin(one.item, one.kind, one.declared_at, str(one.id))
        for one in dangers.all_on()
        if not one.joined_by
    )


def to_read(*, seen_by: Actor) -> tuple[ToRead, ...]:
    """Return what one person ended or set aside and no supervisor has read, with their words."""
    access.require(seen_by, access.SUPERVISE)
    rows = dangers.to_read(seen_by=seen_by)
    names = accounts.names_of({one.ended_by for one in rows if one.ended_by})
    return tuple(ToRead(row, names.get(row.ended_by, ""), dangers.told(row.id)) for row in rows)


def checklist(item_id: UUID, *, seen_by: Actor) -> Checklist | None:
    """Return an immediate danger, the latest of an item, to people who may read it; else None.

    Refuses as `queue.queries.dangers.check_may_read`.
    """
    access.require(seen_by, access.WORK)
    item = queue.item(item_id, seen_by=seen_by)
    row = dangers.of_item(item_id)
    if row is None:
        return None
    dangers.check_may_read(row, item.held_by, seen_by=seen_by)
    keys = {row.declared_by, row.joined_by, row.life.proposed_by}
    names = accounts.names_of({key for key in keys if key})
    number = _number(item, seen_by)
    return Checklist(
        item=shown([item], seen_by=seen_by)[0],
        life=row.life,
        declared_at=row.declared_at,
        declared_by=names.get(row.declared_by, ""),
        joined_by=names.get(row.joined_by, ""),
        joined_at=row.joined_at,
        over=dangers.over(row),
        ending=_ending(row, names, seen_by),
        answers=answers_of(item_id),
        number=number,
        timeline=_timeline(item, number),
    )


def answers_of(item_id: UUID) -> dict[str, str]:
    """Return what was answered to each question of the latest danger of an item; empty for none."""
    row = dangers.of_item(item_id)
    return dict.fromkeys(Question.values, "") | (dangers.steps(row.id) if row else {})


def danger_read(item_id: UUID, *, seen_by: Actor) -> DangerRow:
    """Return the latest danger of an item to whom may read it. Raises NotHere for no item.

    Raises NoDanger where none was ever declared.
    """
    item = queue.item(item_id, seen_by=seen_by)
    row = dangers.of_item(item_id)
    if row is None:
        raise NoDanger(_("No immediate danger has been declared here."))
    dangers.check_may_read(row, item.held_by, seen_by=seen_by)
    return row


def number_of(item_id: UUID, *, seen_by: Actor) -> CallNumber | None:
    """Return who asked for the number of a call or of a messaging thread; None without one.

    For the readers of `checklist`.
    """
    access.require(seen_by, access.WORK)
    item = queue.item(item_id, seen_by=seen_by)
    row = dangers.of_item(item_id)
    if row is None:
        return None
    dangers.check_may_read(row, item.held_by, seen_by=seen_by)
    return _number(item, seen_by)


def _may_read(one: DangerRow, held_by: str, seen_by: Actor) -> bool:
    try:
        dangers.check_may_read(one, held_by, seen_by=seen_by)
    except NotYours:
        return False
    return True


def _ending(row: DangerRow, names: Mapping[str, str], seen_by: Actor) -> Ending | None:
    at = row.life.proposed_at
    if at is None or not row.is_on:
        return None
    is_own = row.life.proposed_by == seen_by.key
    return Ending(
        danger=row,
        proposed_by=names.get(row.life.proposed_by, ""),
        told=dangers.told(row.id).get("told", ""),
        may_agree=not is_own,
        is_own=is_own,
        alone_at=at + alone_after(settings.COUNTRY),
    )


def _number(item: ItemRow, seen_by: Actor) -> CallNumber | None:
    if item.kind not in _NUMBERED or (
        item.kind == WaitKind.MESSAGE and not channels.with_number([item.subject])
    ):
        return None
    return telephony.numbers([item.subject], seen_by=seen_by)[item.subject]


def _timeline(item: ItemRow, number: CallNumber | None) -> tuple[tuple[datetime, str, str], ...]:
    """Return (moment, event, who) from the journal, in order."""
    subjects = [item.id, item.subject, *(one.id for one in (number.askings if number else ()))]
    found = Entry.objects.filter(subject__in=subjects)
    rows = list(
        found.exclude(
            event__in=("helpline.conversation.said", "helpline.conversation.read")
        ).order_by("id")[:_MOST]
    )
    names = accounts.names_of({one.actor_key for one in rows if one.actor_key})
    said = [(one.at, _event(one), names.get(one.actor_key, "")) for one in rows]
    # What is typed is saved as one types: the first of several alike says it.
    return tuple(
        one for place, one in enumerate(said) if place == 0 or one[1:] != said[place - 1][1:]
    )


def _event(one: Entry) -> str:
    """Return the name of an event; of a risk, with where it comes from."""
    how = one.facts.get("how")
    return f"{one.event}:{how}" if how else one.event
