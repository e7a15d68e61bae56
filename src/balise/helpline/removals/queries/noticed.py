"""An item's notice, as far as the item follows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from balise.foundation.actors import Actor
from balise.helpline.removals.models import LINE, Item
from balise.helpline.removals.rules.states import WAITING
from balise.helpline.removals.rules.states import State as Stand
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.notices import queries as notices
from balise.takedown.notices.rules.states import WAITING as NOTICE_WAITS
from balise.takedown.notices.rules.states import Account, Outcome, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """The state of a notice of ours. `item` is what it is about, `contact` whom it is for.

    It has yet to leave where it can still be held back: a mail server is not being handed it.
    """

    id: UUID
    item: UUID
    contact: UUID
    way_kind: ContactKind
    drafted_at: datetime
    stands: State
    is_sent: bool
    has_yet_to_leave: bool
    is_acknowledged: bool
    outcome: Outcome | None
    account: Account
    failure: str
    is_reminded: bool


# What is written, and has not reached anyone.
UNSENT = frozenset({State.DRAFT, State.FAILED})
# The platform has it, and can act on it.
HAS_IT = NOTICE_WAITS


def is_unsent(item: Item) -> bool:
    """Return whether the notice of an item that is on its way, or that waits, has yet to leave."""
    if item.notice is None or (item.stands is not Stand.SENDING and item.stands not in WAITING):
        return False
    found = next(iter(notices.by_id([item.notice])), None)
    return found is not None and found.stands in UNSENT


def of_round(item: Item, *, seen_by: Actor) -> tuple[Noticed, ...]:
    """Return the notices of this round, one for each way that was tried; the latest first."""
    since = item.round_at
    if since is None:
        return ()
    found = notices.about(line=LINE, subject=item.id, seen_by=seen_by)
    return tuple(_noticed(one) for one in found if one.drafted_at >= since)


def at_platform(item: Item, *, seen_by: Actor) -> Noticed | None:
    """Return the notice of this round that a platform has, and can act on; the latest, or None.

    Whatever was drafted for a second way, and never left, is none.
    """
    found = of_round(item, seen_by=seen_by)
    return next((one for one in found if one.stands in HAS_IT), None)


def answers_to_read(*, seen_by: Actor) -> int:
    """Return how many answers of platforms wait for a person to say what they mean."""
    return len(notices.answers_that_wait(seen_by=seen_by))


def by_notice(notice_id: UUID) -> Noticed | None:
    """Return the state of one of the helpline's notices, or None: it is no notice of ours."""
    found = next(iter(notices.by_id([notice_id])), None)
    return _noticed(found) if found is not None and found.line == LINE else None


def _noticed(found: Any) -> Noticed:
    return Noticed(
        id=found.id,
        item=found.subject,
        contact=found.contact_id,
        way_kind=found.contact.contact_kind,
        drafted_at=found.drafted_at,
        stands=found.stands,
        is_sent=found.sent_at is not None,
        has_yet_to_leave=found.stands in UNSENT
        or (found.stands is State.QUEUED and not found.is_at_a_server),
        is_acknowledged=found.acknowledged_at is not None,
        outcome=found.came_of_it,
        account=found.account_was,
        failure=found.failure,
        is_reminded=bool(found.reminder_count),
    )
