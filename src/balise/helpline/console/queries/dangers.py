"""Immediate dangers: those that are not over, and one of them with its checklist.

One that was declared goes on until a supervisor says that it is over, even if the listener or the
person has left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.models import Entry
from balise.helpline.channels import queries as channels
from balise.helpline.console import access
from balise.helpline.console.models import ANSWERED, LINE, Danger
from balise.helpline.console.queries.rows import Held, shown
from balise.helpline.console.rules import Question, not_held
from balise.helpline.contacts import queries as contacts
from balise.helpline.queue import queries as queue
from balise.helpline.queue.queries.rows import ItemRow
from balise.helpline.queue.rules import Kind
from balise.helpline.telephony import queries as telephony
from balise.helpline.telephony.queries import Asking, CallNumber

# The people who may have a number, which two people open together.
_NUMBERED = frozenset({Kind.CALL, Kind.MESSAGE})
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Alarm:
    """An immediate danger that is not over, and who handles it; `may_open`: whether the reader may.

    `askings` wait for a second person to agree that their number is read.
    """

    item: Held
    listener: str
    since: datetime
    joined_by: str
    is_declared: bool
    may_open: bool
    askings: tuple[Asking, ...]


@dataclass(frozen=True, slots=True)
class ToJoin:
    """Someone in danger whom no supervisor has joined."""

    id: UUID
    kind: Kind
    since: datetime


@dataclass(frozen=True, slots=True)
class Checklist:
    """An immediate danger, opened: what was answered, and what happened so far.

    `number` is of a call, or of someone who writes by messaging; None for anyone else. `over` says
    who ended it; empty until then.
    """

    item: Held
    declared_at: datetime
    declared_by: str
    joined_by: str
    joined_at: datetime | None
    over: str
    answers: Mapping[str, str]
    number: CallNumber | None
    timeline: tuple[tuple[datetime, str, str], ...]


def alarms(*, seen_by: Actor) -> tuple[Alarm, ...]:
    """Return the people in danger now, the longest first: declared, or judged while here."""
    access.require(seen_by, access.WORK)
    dangers = {one.item: one for one in Danger.objects.filter(ended_at=None)}
    found = shown(queue.in_danger(and_items=dangers), seen_by=seen_by)
    calls = {one.subject for one in found if one.kind in _NUMBERED and one.id in dangers}
    numbers = telephony.numbers(calls, seen_by=seen_by) if calls else {}
    keys = {one.held_by for one in found} | {one.joined_by for one in dangers.values()}
    names = accounts.names_of({key for key in keys if key})
    return tuple(
        sorted(
            (_alarm(one, dangers.get(one.id), names, numbers, seen_by) for one in found),
            key=lambda alarm: alarm.since,
        )
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
    found = _not_over()
    dangers = Danger.objects.filter(item__in=[one.id for one in found]) if found else ()
    joined = {one.item for one in dangers if one.joined_by}
    return tuple(
        ToJoin(one.id, one.kind, one.waiting_since) for one in found if one.id not in joined
    )


def checklist(item_id: UUID, *, seen_by: Actor) -> Checklist | None:
    """Return an immediate danger, to people who may read it (`check_may_read`); else None."""
    access.require(seen_by, access.WORK)
    item = _item_in_danger(item_id, seen_by)
    one = Danger.objects.filter(item=item_id).first()
    if one is None:
        return None
    names = accounts.names_of({key for key in (one.declared_by, one.joined_by) if key})
    number = _number(item, seen_by)
    return Checklist(
        item=shown([item], seen_by=seen_by)[0],
        declared_at=one.declared_at,
        declared_by=names.get(one.declared_by, ""),
        joined_by=names.get(one.joined_by, ""),
        joined_at=one.joined_at,
        over=over(one),
        answers=answers_of(one),
        number=number,
        timeline=_timeline(item, number),
    )


def answers_of(one: Danger) -> dict[str, str]:
    """Return what was answered to each question, opened; empty where nothing was."""
    answers: dict[str, str] = dict.fromkeys(Question.values, "")
    if one.sealed:
        opened = key_of_line(LINE, one.id).open(bytes(one.sealed), where=ANSWERED, row=one.id)
        answers |= {code: str(text) for code, text in opened.items()}
    return answers


def over(one: Danger) -> str:
    """Return the sentence of who said that it is over, and when; empty while it goes on."""
    if one.ended_at is None:
        return ""
    at = time_format(localtime(one.ended_at), "TIME_FORMAT")
    name = accounts.names_of({one.ended_by}).get(one.ended_by, "") if one.ended_by else ""
    if not name:
        return _("Ended at %(at)s.") % {"at": at}
    return _("%(name)s ended the danger at %(at)s.") % {"name": name, "at": at}


def number_of(item_id: UUID, *, seen_by: Actor) -> CallNumber | None:
    """Return who asked for the number of a call or of a messaging thread; None without one.

    For the readers of `checklist`.
    """
    access.require(seen_by, access.WORK)
    return _number(_item_in_danger(item_id, seen_by), seen_by)


def check_may_read(item: ItemRow, *, seen_by: Actor) -> None:
    """Refuse (NotHeld) someone who has nothing to do with an immediate danger.

    The listener who has the person and supervisors always may. Until it is over, so may the one who
    declared it and the one who writes the record: the rescue services still ring them after the
    person is gone.
    """
    if item.held_by == seen_by.key or seen_by.may(access.SUPERVISE):
        return
    one = Danger.objects.filter(item=item.id, ended_at=None).first()
    if one is None or not _is_theirs(one, item.subject, seen_by):
        raise not_held(item.held_by)


def is_in_danger(item_id: UUID) -> bool:
    """Return whether a life in danger is not over: whom the mail is about."""
    return any(one.id == item_id for one in _not_over())


def declared_about(subject: UUID) -> UUID | None:
    """Return the item of a life in danger that is declared and not over, by whom it is about."""
    about = [one.id for one in queue.items_about(subject)]
    declared = set(
        Danger.objects.filter(item__in=about, ended_at=None).values_list("item", flat=True)
    )
    return next((item_id for item_id in about if item_id in declared), None)


def _not_over() -> list[ItemRow]:
    declared = Danger.objects.filter(ended_at=None).values_list("item", flat=True)
    return queue.in_danger(and_items=list(declared))


def _is_theirs(one: Danger, subject: UUID, seen_by: Actor) -> bool:
    if one.declared_by == seen_by.key:
        return True
    contact = contacts.contact_of(subject, seen_by=seen_by)
    return contact is not None and contact.is_mine


def _item_in_danger(item_id: UUID, seen_by: Actor) -> ItemRow:
    item = queue.item(item_id, seen_by=seen_by)
    check_may_read(item, seen_by=seen_by)
    return item


def _alarm(
    item: Held,
    danger: Danger | None,
    names: Mapping[str, str],
    numbers: Mapping[UUID, CallNumber],
    seen_by: Actor,
) -> Alarm:
    is_near = item.held_by == seen_by.key or seen_by.may(access.SUPERVISE)
    return Alarm(
        item=item,
        listener=names.get(item.held_by, ""),
        since=danger.declared_at if danger else item.waiting_since,
        joined_by=names.get(danger.joined_by, "") if danger else "",
        is_declared=danger is not None,
        may_open=danger is not None and (is_near or _is_theirs(danger, item.subject, seen_by)),
        askings=numbers[item.subject].waiting if item.subject in numbers else (),
    )


def _number(item: ItemRow, seen_by: Actor) -> CallNumber | None:
    if item.kind not in _NUMBERED or (
        item.kind == Kind.MESSAGE and not channels.with_number([item.subject])
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
