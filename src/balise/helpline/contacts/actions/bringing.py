"""Bring in contacts that are over, with their records: thousands at once.

Each leaves the rows, the facts and the tallies of one that a listener began, wrote once and wrapped
up (`keeping.begin`, `keeping.save`, `wrapping.wrap_up`), at the moments at which that happened.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import day_of
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.receipts import new_receipt
from balise.foundation.encryption.sealing import WRAP_COLUMNS, BatchSealer, WrapRow, new_key
from balise.foundation.journal.book import Past, record_past
from balise.foundation.journal.events import Event
from balise.helpline.contacts import access, queries
from balise.helpline.contacts.actions.keeping import seal_drawer
from balise.helpline.contacts.actions.wrapping import Met, events_of, fact_of, questions_of
from balise.helpline.contacts.events import ContactBegun, ContactSaved
from balise.helpline.contacts.models import LINE, Contact, Fact, Questions
from balise.helpline.contacts.rules import Channel, ContactState
from balise.helpline.contacts.rules.forms import Drawer
from balise.helpline.contacts.rules.kinds import contact_kind
from balise.helpline.queue.rules import Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A contact that is over: about what, when, what it was in codes, and what was written of it.

    `given` is by field of the form; nothing was written where it is empty. Its risk was never
    lowered.
    """

    subject: UUID
    channel: Channel
    begun_at: datetime
    closed_at: datetime
    contact_type: str
    met: Met
    given: Mapping[str, Any]
    waited_s: int = 0
    risk: Risk = Risk.F
    item: UUID | None = None


@dataclass(slots=True)
class _Kept:
    contacts: list[Contact]
    facts: list[Fact]
    links: list[Questions]
    wraps: list[WrapRow]
    told: list[Past]


def bring_in(
    *,
    contacts: Sequence[tuple[Brought, Actor]],
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> list[UUID]:
    """Bring in contacts, each with the listener who had it; return their records, in order.

    Refuses what the form of its day refuses. They are all written, or none.
    """
    for who in {who for _one, who in contacts}:
        access.require(who, access.WORK)
    sealer, kept = BatchSealer(LINE), _Kept([], [], [], [], [])
    for one, who in contacts:
        _keep(kept, one, sealer, who)
    with transaction.atomic():
        rows.insert_objects(kept.contacts)
        rows.insert(KeyWrap, WRAP_COLUMNS, [sealer.own_columns(), *kept.wraps])
        rows.insert_objects(kept.facts)
        rows.insert_objects(kept.links)
        record_past(kept.told)
    return [one.id for one in kept.contacts]


def _keep(kept: _Kept, brought: Brought, sealer: BatchSealer, by: Actor) -> None:
    key = new_key(LINE, uuid4())
    kind = contact_kind(brought.contact_type, country=queries.country())
    one = Contact(
        id=key.record,
        channel=brought.channel,
        subject=brought.subject,
        item=brought.item,
        listener=by.key,
        state=ContactState.CLOSED,
        risk=brought.risk,
        kind=kind.code,
        waited_s=max(brought.waited_s, 0),
        begun_at=brought.begun_at,
        closed_at=brought.closed_at,
    )
    day = day_of(brought.begun_at)
    values = queries.form_values(brought.given, day)
    drawers = queries.form(day).drawers(values)
    if drawers[Drawer.NOTES]:
        access.require(by, access.NOTES)
    for drawer, fields in drawers.items():
        if fields:
            seal_drawer(one=one, key=key, drawer=drawer, fields=fields, by=by)
            one.version = 1
    seconds = max(int((brought.closed_at - brought.begun_at).total_seconds()), 0)
    fact = fact_of(one=one, kind=kind, risk=brought.risk, codes=brought.met, seconds=seconds, by=by)
    kept.contacts.append(one)
    kept.facts.append(fact)
    kept.links.append(questions_of(fact=fact, token=new_receipt(), since=brought.closed_at, by=by))
    kept.wraps.append(sealer.columns(key))
    kept.told += ((event, by, at) for event, at in _told(one, fact, brought, by))


def _told(
    one: Contact, fact: Fact, brought: Brought, by: Actor
) -> Iterator[tuple[Event, datetime]]:
    yield ContactBegun(subject=one.id, channel=brought.channel), brought.begun_at
    if one.version:
        yield ContactSaved(subject=one.id, version=one.version), brought.closed_at
    for event in events_of(one=one, fact=fact, by=by):
        yield event, brought.closed_at
