"""The notice that stands for an item, as far as the item follows it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balise.foundation.actors import Actor
from balise.helpline.removals.models import LINE, Item
from balise.helpline.removals.rules.states import WAITING
from balise.helpline.removals.rules.states import State as Stand
from balise.takedown.notices import queries as notices
from balise.takedown.notices.rules.states import Account, Outcome, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """Where a notice of ours stands. `item` is what it is about."""

    id: UUID
    item: UUID
    drafted_at: datetime
    stands: State
    is_sent: bool
    is_acknowledged: bool
    outcome: Outcome | None
    account: Account
    failure: str
    is_reminded: bool


# What is written, and has not reached anyone.
UNSENT = frozenset({State.DRAFT, State.FAILED})


def is_unsent(item: Item) -> bool:
    """Return whether the notice of an item that is on its way, or that waits, has yet to leave."""
    if item.notice is None or (item.stands is not Stand.SENDING and item.stands not in WAITING):
        return False
    found = next(iter(notices.by_id([item.notice])), None)
    return found is not None and found.stands in UNSENT


def answers_to_read(*, seen_by: Actor) -> int:
    """Return how many answers of platforms wait for a person to say what they mean."""
    return len(notices.answers_that_wait(seen_by=seen_by))


def by_notice(notice_id: UUID) -> Noticed | None:
    """Return where one of the helpline's notices stands, or None: it is no notice of ours."""
    found = next(iter(notices.by_id([notice_id])), None)
    if found is None or found.line != LINE:
        return None
    return Noticed(
        id=found.id,
        item=found.subject,
        drafted_at=found.drafted_at,
        stands=found.stands,
        is_sent=found.sent_at is not None,
        is_acknowledged=found.acknowledged_at is not None,
        outcome=found.came_of_it,
        account=found.account_was,
        failure=found.failure,
        is_reminded=bool(found.reminder_count),
    )
