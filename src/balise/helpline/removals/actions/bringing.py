"""Bring in removals that are over: what platforms removed because they were asked, many at once.

Each leaves the rows, the facts and the tallies of one that a listener wrote (`asking.prepare`,
`asking.complete`), that a second person agreed to where it takes two, that went into the platform's
form (`sending`), and that was seen gone before the platform's time was up (`verifying.see_gone`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation import rows
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import (
    WRAP_COLUMNS,
    BatchSealer,
    RecordKey,
    new_key,
    receipt_index,
)
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.journal.book import Past, record_past
from balise.foundation.journal.events import Code
from balise.foundation.statistics.usual import band
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.actions.waiting import Waited
from balise.helpline.queue.rules import Reason, WaitKind
from balise.helpline.removals import access, events
from balise.helpline.removals.actions.asking import check_given, write_given
from balise.helpline.removals.models import LINE, TOLD, Item, Request
from balise.helpline.removals.queries import told_of
from balise.helpline.removals.rules.next_steps import RISKS, TARGETS
from balise.helpline.removals.rules.requests import (
    LONGEST_WORDS,
    ConsentBy,
    Given,
    NeedsSecondLook,
    check_complete,
    check_other_eyes,
    missing,
)
from balise.helpline.removals.rules.states import RemovalState, WrongState
from balise.takedown.directory import queries as directory
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.notices.actions import bringing as notices
from balise.takedown.notices.actions.bringing import Brought as Notice
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.letters import Letter, SeenBy, Sighting


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A removal of the past: one content or account, with its moments and who acted.

    `way` is the contact of the directory whose form it went into. `second` agreed to it, at
    `approved_at`, where it takes two people. `closed_at`: when it had been gone for long.
    """

    way: UUID
    consent: ConsentBy
    urgency: Urgency
    given: Given
    words: str = ""
    asked_at: datetime
    approved_at: datetime | None = None
    second: Actor | None = None
    sent_at: datetime
    gone_at: datetime
    closed_at: datetime | None = None
    contact: UUID | None = None
    conversation: UUID | None = None


class _Way(NamedTuple):
    id: UUID
    kind: ContactKind
    host: UUID


@dataclass(frozen=True, slots=True)
class _Made:
    brought: Brought
    request: Request
    item: Item
    letter: Letter
    by: Actor


def bring_in(*, removals: Sequence[tuple[Brought, Actor]], by: Actor) -> list[UUID]:
    """Bring in removals, each with the listener who asked for it; return their requests, in order.

    Refuses as the actions do, and (WrongState) what the platform took longer for than its time:
    that has a longer story. They are all written, or none.
    """
    for who in {who for _one, who in removals}:
        access.require(who, access.WORK)
    sealer = BatchSealer(LINE)
    ways = {way: _way(way) for way in {one.way for one, _by in removals}}
    keys: list[RecordKey] = []
    made = [_make(one, ways[one.way], keys, who) for one, who in removals]
    with transaction.atomic():
        sent = [(_notice(one), one.by) for one in made]
        ids, of_notices = notices.bring_in(line=LINE, notices=sent, by=by)
        for one, notice in zip(made, ids, strict=True):
            one.item.notice = notice
        rows.insert_objects([one.request for one in made])
        rows.insert_objects([one.item for one in made])
        wraps = [sealer.columns(key) for key in keys]
        rows.insert(KeyWrap, WRAP_COLUMNS, [sealer.own_columns(), *wraps])
        looks = [_second_look(one) for one in made if one.item.needs_second]
        own = (fact for one in made for fact in _told(one))
        record_past((*own, *waiting.bring_in(waited=looks, by=by), *of_notices))
    return [one.request.id for one in made]


def _way(contact_id: UUID) -> _Way:
    contact = directory.contact(contact_id)
    if contact is None:
        raise WrongState(_("Choose a contact point that two people have approved."))
    return _Way(contact.id, contact.contact_kind, contact.organisation_id)


def _make(brought: Brought, way: _Way, keys: list[RecordKey], by: Actor) -> _Made:
    given = brought.given
    check_given(given=given, consent=brought.consent, on=brought.asked_at, by=by)
    if given.shows_abuse or brought.gone_at - brought.sent_at >= TARGETS[brought.urgency]:
        raise WrongState(_("This removal has a longer story: write it step by step."))
    key, at = new_key(LINE, uuid4()), brought.asked_at
    keys.append(key)
    request = Request(
        id=key.record,
        platform=way.host,
        contact=brought.contact,
        conversation=brought.conversation,
        tracker_key=receipt_index(new_receipt()),
        consent=brought.consent,
        agreed_at=at,
        urgency=brought.urgency,
        asked_by=by.key,
        asked_at=at,
        closed_at=brought.closed_at,
        sealed=key.seal({"words": brought.words[:LONGEST_WORDS]}, where=TOLD, row=key.record),
    )
    item = Item(id=uuid4(), request=request, number=1)
    write_given(item=item, secret=key, given=given, by=by)
    told = told_of(item, key)
    check_complete(missing(url=told.url, handle=told.handle, kind=told.kind, words=told.words))
    if item.needs_second:
        if brought.second is None or brought.approved_at is None:
            raise NeedsSecondLook(_("Someone else must review this first."))
        access.require(brought.second, access.WORK)
        check_other_eyes(asked_by=by.key, by=brought.second.key)
        item.approved_by = brought.second.key
    item.way, item.way_kind = way.id, way.kind.value
    item.round_at = item.first_round_at = brought.sent_at
    item.gone_at, item.ended_at = brought.gone_at, brought.closed_at
    item.state = RemovalState.CLOSED if brought.closed_at else RemovalState.VERIFIED_GONE
    letter = Letter(
        locations=(told.url,),
        explanation=told.words,
        details=told.details,
        sighting=Sighting(at=at, by=SeenBy.REPORTER),
        in_good_faith=True,
    )
    return _Made(brought, request, item, letter, by)


def _notice(made: _Made) -> Notice:
    brought = made.brought
    return Notice(
        subject=made.item.id,
        offence=made.item.offence,
        facts=brought.given.facts,
        about_minor=made.item.about_minor,
        contact=brought.way,
        letter=made.letter,
        urgency=brought.urgency,
        drafted_at=brought.sent_at,
        sent_at=brought.sent_at,
        gone_at=brought.gone_at,
    )


def _second_look(made: _Made) -> Waited:
    brought = made.brought
    return Waited(
        kind=WaitKind.REMOVAL,
        subject=made.request.id,
        risk=RISKS[brought.urgency],
        queued_at=brought.asked_at,
        queued_by=made.by,
        left_at=brought.approved_at or brought.sent_at,
        left_by=brought.second or made.by,
        reason=Reason.MOVED,
    )


def _told(made: _Made) -> Iterator[Past]:
    one, item, request, by = made.brought, made.item, made.request, made.by

    def moved(before: RemovalState, after: RemovalState) -> events.ItemMoved:
        return item.fact(events.ItemMoved, before=before, after=after)

    requested = events.RemovalRequested(
        subject=request.id,
        platform=request.platform,
        consent=one.consent,
        urgency=one.urgency,
        items=1,
    )
    yield requested, by, one.asked_at
    yield item.fact(events.ItemAdded, request=request.id), by, one.asked_at
    yield moved(RemovalState.DRAFT, RemovalState.READY), by, one.asked_at
    if one.second is not None and one.approved_at is not None and item.needs_second:
        yield moved(RemovalState.READY, RemovalState.SECOND_LOOK), by, one.asked_at
        yield moved(RemovalState.SECOND_LOOK, RemovalState.READY), one.second, one.approved_at
    yield item.fact(events.ItemLeaves, way=ContactKind(item.way_kind)), by, one.sent_at
    yield moved(RemovalState.READY, RemovalState.SENDING), by, one.sent_at
    yield moved(RemovalState.SENDING, RemovalState.SENT), by, one.sent_at
    yield moved(RemovalState.SENT, RemovalState.VERIFIED_GONE), by, one.gone_at
    ran = one.gone_at - one.sent_at
    seconds = int(ran.total_seconds())
    yield item.fact(events.ItemGone, band=Code(band(ran)), seconds=seconds), by, one.gone_at
    if one.closed_at is not None:
        yield moved(RemovalState.VERIFIED_GONE, RemovalState.CLOSED), SYSTEM, one.closed_at
