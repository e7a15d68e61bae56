"""Send an item by the platform's right way: by mail and API from here, elsewhere by a person.

What goes there is a notice (`takedown/notices`): its letter, its mail and its outcome are that
module's. Nothing leaves twice: a mail is handed over once, and an API is told the same key again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.statistics.usual import band
from balise.helpline.queue import queries as queue
from balise.helpline.queue.actions import waiting
from balise.helpline.queue.rules import Reason, WaitKind
from balise.helpline.removals import access, events, queries
from balise.helpline.removals.events import ItemLeaves, RungClimbed
from balise.helpline.removals.models import LINE, Item, Request
from balise.helpline.removals.queries import Way
from balise.helpline.removals.queries.sightings import last_sighting
from balise.helpline.removals.rules import states
from balise.helpline.removals.rules.next_steps import (
    COMPLAINTS,
    IN_QUEUE,
    LADDER,
    RISKS,
    TARGETS,
    next_step,
)
from balise.helpline.removals.rules.requests import NeedsSecondLook, NoChannel, check_other_eyes
from balise.helpline.removals.rules.states import ENDED, WAITING, RemovalState, Step, WrongState
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.notices import queries as notices
from balise.takedown.notices.actions import drafting, ending, sending as leaving_notices
from balise.takedown.notices.documents.exchange import as_json
from balise.takedown.notices.rules import ladder
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.ladder import Rung, check_is_open
from balise.takedown.notices.rules.letters import Letter
from balise.takedown.notices.rules.states import begins_at

# One step of an item: its state, its moments, the fact; and the queue, where a person is needed.
#
# Every step of every story goes through here, with the item and its request locked.


# A round begins as if nothing had been sent before.
_FRESH: dict[str, object] = {
    "decided_at": None,
    "decision": "",
    "gone_at": None,
    "due_at": None,
    "reached": "",
    "taken": "",
    "notice": None,
    "ticket": "",
    "ticket_notice": None,
    "attempts": 0,
    "failure": "",
    "round_at": None,
}


def move(*, item: Item, step: Step, by: Actor) -> None:
    """Take a step with a locked item, and write down what it is; refuse one that does not fit.

    What a step brings with it (a decision, a notice, a failure) is set on the item before.
    """
    before, at = item.stands, now()
    item.state = states.after(step, before, is_gone=item.is_gone).value
    moved = item.fact(events.ItemMoved, before=before, after=item.stands)
    facts = [moved, *_keep_time(item, step, at)]
    reach(item=item, at=at, by=by)
    item.save()
    record_many(facts, by=by)
    settle(request=item.request, by=by)


def settle(*, request: Request, by: Actor) -> None:
    """Let a request wait in the queue exactly while one of its items needs a person; close it."""
    items = list(request.items.all())
    is_over = all(item.stands in ENDED for item in items)
    if is_over != (request.closed_at is not None):
        request.closed_at = now() if is_over else None
        request.save(update_fields=("closed_at",))
    if any(next_step(queries.standing(item)) in IN_QUEUE for item in items):
        waiting.enqueue(
            kind=WaitKind.REMOVAL,
            subject=request.id,
            risk=RISKS[request.how_urgent],
            # Who knows it may take it first; a second look is never theirs.
            preferred="" if _waits_for_second(items) else request.asked_by,
            by=by,
        )
        return
    item_id = queue.open_item(WaitKind.REMOVAL, request.id, is_waiting=True)
    if item_id is not None:
        waiting.withdraw(item_id=item_id, reason=Reason.MOVED, by=by)


def reach(*, item: Item, at: datetime, by: Actor) -> None:
    """Set, unsaved, which rung the clock has reached at a moment, and when it reaches the next.

    Write down that the platform's time has just passed without a word of it.
    """
    clock = queries.clock_of(item) if item.stands in WAITING else None
    if clock is None:
        item.due_at = None
        return
    target, was = TARGETS[item.request.how_urgent], item.reached
    found = ladder.reached(LADDER, has_run=clock.has_run(at), target=target)
    following = ladder.next_at(LADDER, found, target)
    item.reached = found.value if found is not None else ""
    item.due_at = clock.due(following) if following is not None else None
    if not was and found is not None and item.stands is RemovalState.SENT:
        record(item.fact(events.ItemSilent), by=by)


def _keep_time(item: Item, step: Step, at: datetime) -> Iterator[Event]:
    """Set the moments that a step brings, unsaved; yield the facts beside its own."""
    match step:
        case Step.LEFT:
            item.failure = ""
        case Step.DECIDE:
            item.decided_at = at
            yield item.decided(queries.ran(item, at))
        case Step.SEE_GONE:
            item.gone_at = at
            took = queries.ran(item, at)
            yield item.fact(events.ItemGone, band=Code(band(timedelta(seconds=took))), seconds=took)
        case Step.REAPPEAR:
            item.back_count += 1
            item.gone_at = None
        case Step.REOPEN | Step.RESUME:
            for name, value in _FRESH.items():
                setattr(item, name, value)
        case _:
            pass
    item.ended_at = at if item.stands in ENDED else None


def _waits_for_second(items: list[Item]) -> bool:
    return any(item.stands is RemovalState.SECOND_LOOK for item in items)


MOST_ATTEMPTS = 6
NOT_TAKEN = "not-taken"
REFUSED = "refused-by-platform"


@dataclass(frozen=True, slots=True)
class Leaving:
    """What an API is to be told: where, under which key, and what."""

    address: str
    key: str
    body: Mapping[str, Any]


def send(*, item_id: UUID, contact_id: UUID | None = None, by: Actor) -> None:
    """Let an item leave by a way, the first that can be used unless another is given.

    Whoever sends it states good faith for the centre (DSA, article 16(2)(d)). Refuses what needs a
    second look and had none (NeedsSecondLook), and a platform that nobody can tell (NoChannel).
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        if item.needs_second and not item.approved_by:
            raise NeedsSecondLook(_("Someone else must review this first."))
        put_on_its_way(item=item, way=_way(item, contact_id), by=by)
        move(item=item, step=Step.SEND, by=by)


def put_on_its_way(*, item: Item, way: Way, by: Actor) -> None:
    """Draft the notice of a locked item by a way, and let it leave if it leaves from here.

    The item is not saved. What was drafted before and never left is sent, or withdrawn.
    """
    item.round_at = item.round_at or now()
    item.first_round_at = item.first_round_at or item.round_at
    item.notice = _notice(item, way, by)
    item.way, item.way_kind = way.id, way.kind.value
    item.attempts, item.failure = 0, ""
    if way.kind is ContactKind.MAIL:
        at_once = item.request.how_urgent is Urgency.IMMEDIATE
        leaving_notices.send(notice_id=item.notice, at_once=at_once, by=by)
    record(item.fact(ItemLeaves, way=way.kind), by=by)


def note_sent_by_hand(*, item_id: UUID, by: Actor) -> None:
    """Take note that someone put it into the platform's form or portal, word for word."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        _check_leaves(item)
        if item.notice is None or not item.is_by_hand:
            raise WrongState(_("This is sent automatically."))
        leaving_notices.note_sent_by_hand(notice_id=item.notice, by=by)
        _left(item, by)


def put_back(*, item_id: UUID, by: Actor) -> None:
    """Let an item that nobody has sent yet be ready again, for another way."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        if not item.is_by_hand:
            raise WrongState(_("This is sent automatically."))
        move(item=item, step=Step.FAIL, by=by)


def leaving(*, item_id: UUID, by: Actor) -> Leaving | None:
    """Return what a platform's API is to be told of an item; None if it has it, or gave it up.

    Each call counts as an attempt. Only the worker calls this.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        row = queries.unsent(item)
        if item.way_kind != ContactKind.API or row is None:
            return None
        item.attempts += 1
        item.save(update_fields=("attempts",))
        (notice,) = notices.by_id([row.id])
        opened = notices.opened(notice, notices.letter_of(notice))
        return Leaving(notice.contact.address, str(notice.id), as_json(opened))


def note_taken(*, item_id: UUID, ticket: str, by: Actor) -> None:
    """Take note that a platform's API took it, under its own number."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        if queries.unsent(item) is None or item.notice is None:
            return
        item.ticket, item.ticket_notice = ticket, item.notice
        leaving_notices.note_sent_by_api(notice_id=item.notice, by=by)
        _left(item, by)


def note_not_taken(*, item_id: UUID, is_final: bool, by: Actor) -> bool:
    """Take note that an API did not take it; return whether to try again.

    What it refused as it is, and what failed too often, is ready again for a person.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        if queries.unsent(item) is None:
            return False
        if not is_final and item.attempts < MOST_ATTEMPTS:
            return True
        item.failure = REFUSED if is_final else NOT_TAKEN
        if item.stands is RemovalState.SENDING:
            move(item=item, step=Step.FAIL, by=by)
        else:
            item.save(update_fields=("failure",))
        return False


def _left(item: Item, by: Actor) -> None:
    """The platform has it; one that it has had by another way goes on waiting."""
    if item.stands is RemovalState.SENDING:
        move(item=item, step=Step.LEFT, by=by)
    else:
        item.save(update_fields=("ticket", "ticket_notice"))


def _check_leaves(item: Item) -> None:
    if item.stands is not RemovalState.SENDING and item.stands not in WAITING:
        raise WrongState(_("This item is now: %(state)s.") % {"state": item.stands.label})


def _way(item: Item, contact_id: UUID | None) -> Way:
    """Return the way that was asked for, or the first; refuse one that cannot be used."""
    usable = [way for way in queries.ways(item) if way.is_usable]
    found = next((way for way in usable if contact_id in {None, way.id}), None)
    if found is None:
        raise NoChannel(
            _("This platform has no contact point yet: two people must approve one first.")
        )
    return found


def _notice(item: Item, way: Way, by: Actor) -> UUID:
    """Return the notice to send: the one that never left, or a new one."""
    before = queries.by_notice(item.notice)
    if before is not None and begins_at("send", before.stands):
        if before.contact == way.id:
            return before.id
        ending.withdraw(notice_id=before.id, by=by)
    told = queries.told_of(item)
    return drafting.draft(
        line=LINE,
        subject=item.id,
        offence=item.offence,
        facts=item.days,
        about_minor=item.about_minor,
        contact_id=way.id,
        letter=Letter(
            locations=(told.url,),
            explanation=told.words,
            details=told.details,
            sighting=last_sighting(item),
            in_good_faith=True,
        ),
        urgency=item.request.how_urgent,
        by=by,
    )


# Time passes: an item reaches the next rung of the ladder, and a person takes it.


def look_at_clock(*, item_id: UUID, by: Actor) -> None:
    """See which rung an item's clock has reached; it waits for a person then."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        reach(item=item, at=now(), by=by)
        item.save(update_fields=("reached", "due_at"))
        settle(request=item.request, by=by)


def climb(*, item_id: UUID, rung: Rung, contact_id: UUID | None = None, by: Actor) -> None:
    """Take a rung: a reminder, a second way (to `contact_id`), a call, a complaint.

    A second way that leaves from here leaves at once; by hand, its sheet waits on the item's page.
    The others are done by whoever says so. Refuses a rung that time does not allow yet, unless the
    platform has refused, and a complaint of one who may not complain. A rung that was jumped after
    a refusal can still be taken.
    """
    access.require(by, access.COMPLAIN if rung in COMPLAINTS else access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        check_is_open(rung, queries.steps_open(item))
        if rung is Rung.OTHER_WAY:
            way = next((one for one in queries.other_ways(item) if one.id == contact_id), None)
            if way is None:
                raise NoChannel(_("Choose another channel to this platform."))
            put_on_its_way(item=item, way=way, by=by)
        item.climb(rung)
        item.save()
        record(item.fact(RungClimbed, rung=rung), by=by)
        settle(request=item.request, by=by)


# A second person looks before an account is closed, or words that may be lawful are taken down.


def ask_second(*, item_id: UUID, by: Actor) -> None:
    """Ask that someone else looks: it waits in the queue for anyone but who wrote it."""
    access.require(by, access.WORK)
    with transaction.atomic():
        move(item=Item.locked(item_id), step=Step.ASK_SECOND, by=by)


def approve(*, item_id: UUID, by: Actor) -> None:
    """Agree that it may be sent. Refuses who wrote it (SameEyes)."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        check_other_eyes(asked_by=item.written_by, by=by.key)
        item.approved_by = by.key
        move(item=item, step=Step.APPROVE, by=by)


def send_back(*, item_id: UUID, by: Actor) -> None:
    """Let it be a draft again; an agreement is void with it."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        item.approved_by = ""
        move(item=item, step=Step.SEND_BACK, by=by)
