"""Records whose person is gone before they were wrapped up, so that figures count them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.helpline.console import access
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.queries import OpenRecord
from balise.helpline.contacts.rules import Channel
from balise.helpline.queue import queries as queue
from balise.helpline.queue.queries import dangers
from balise.helpline.queue.rules import NotYours


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A record to finish; `listener` is a name."""

    id: UUID
    channel: Channel
    begun_at: datetime
    listener: str
    is_mine: bool


def unfinished(*, seen_by: Actor) -> tuple[Unfinished, ...]:
    """Return one's own records to finish, the oldest first; supervisors see everyone's."""
    access.require(seen_by, access.WORK)
    found = contacts.open_records(seen_by=seen_by, of_all=seen_by.may(access.SUPERVISE))
    gone = _gone(found)
    names = accounts.names_of({one.listener for one in gone})
    return tuple(
        Unfinished(
            one.id,
            one.channel,
            one.begun_at,
            names.get(one.listener, ""),
            one.listener == seen_by.key,
        )
        for one in gone
    )


def to_finish(subject: UUID, *, seen_by: Actor) -> UUID | None:
    """Return one's own record to finish about a conversation, a call or a message."""
    access.require(seen_by, access.WORK)
    own = [one for one in contacts.open_records(seen_by=seen_by) if one.subject == subject]
    return next((one.id for one in _gone(own)), None)


def is_lost(item_id: UUID | None, *, seen_by: Actor) -> bool:
    """Return whether a page shows someone whom its reader has no more: another has them, or waits.

    Who reads a danger that is on goes on; who is gone leaves their record.
    """
    access.require(seen_by, access.WORK)
    one = next(iter(queue.items([item_id] if item_id else [])), None)
    if one is None or one.is_gone or one.held_by == seen_by.key:
        return False
    danger = dangers.of_item(one.id)
    if danger is None:
        return True
    try:
        dangers.check_may_read(danger, one.held_by, seen_by=seen_by)
    except NotYours:
        return True
    return False


def taken_over_by(contact_id: UUID, *, seen_by: Actor) -> str | None:
    """Return the name of who has a record now that the reader had; None for any other record."""
    access.require(seen_by, access.WORK)
    account = contacts.lost_to(contact_id, seen_by=seen_by)
    return None if account is None else accounts.names_of({account}).get(account, "")


def held_item(subject: UUID, *, seen_by: Actor) -> UUID | None:
    """Return the item by which one still has the person that a record is about; else None."""
    access.require(seen_by, access.WORK)
    found = queue.items_about(subject)
    return next((one.id for one in found if one.held_by == seen_by.key), None)


def _gone(found: Sequence[OpenRecord]) -> list[OpenRecord]:
    here = queue.open_subjects([one.subject for one in found])
    return [one for one in found if one.subject not in here]
