"""Send an item by the platform's right way: by mail and API from here, elsewhere by a person.

What goes there is a notice (`takedown/notices`): its letter, its mail and its outcome are that
module's. Nothing leaves twice: a mail is handed over once, and an API is told the same key again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.helpline.removals import access, queries
from balise.helpline.removals.actions import moving
from balise.helpline.removals.events import ItemLeaves
from balise.helpline.removals.models import LINE, Item
from balise.helpline.removals.queries import Way
from balise.helpline.removals.queries.sightings import last_sighting
from balise.helpline.removals.rules.requests import NeedsSecondLook, NoChannel
from balise.helpline.removals.rules.states import WAITING, RemovalState, Step, WrongState
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.notices import queries as notices
from balise.takedown.notices.actions import drafting, ending, sending as leaving_notices
from balise.takedown.notices.documents.exchange import as_json
from balise.takedown.notices.rules.letters import Letter
from balise.takedown.notices.rules.states import begins_at
from balise.takedown.notices.rules.urgency import Urgency

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
        moving.move(item=item, step=Step.SEND, by=by)


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
        moving.move(item=item, step=Step.FAIL, by=by)


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
            moving.move(item=item, step=Step.FAIL, by=by)
        else:
            item.save(update_fields=("failure",))
        return False


def _left(item: Item, by: Actor) -> None:
    """The platform has it; one that it has had by another way goes on waiting."""
    if item.stands is RemovalState.SENDING:
        moving.move(item=item, step=Step.LEFT, by=by)
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
