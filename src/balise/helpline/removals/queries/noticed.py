"""The notices of an item: those of this round, and the one that stands for it."""

from uuid import UUID

from balise.foundation.actors import Actor
from balise.helpline.removals.models import LINE, Item
from balise.helpline.removals.rules.states import WAITING, RemovalState
from balise.takedown.notices import queries as notices
from balise.takedown.notices.queries.values import NoticeRow, rows
from balise.takedown.notices.rules.states import WAITING as AT_PLATFORM, begins_at


def of_round(item: Item, *, seen_by: Actor) -> list[NoticeRow]:
    """Return the notices of this round, one for each way that was tried; the latest first."""
    since = item.round_at
    if since is None:
        return []
    found = notices.about(line=LINE, subject=item.id, seen_by=seen_by)
    return [one for one in found if one.drafted_at >= since]


def at_platform(item: Item, *, seen_by: Actor) -> list[NoticeRow]:
    """Return the notices of this round that a platform has, and can act on; the latest first.

    Whatever was drafted for a second way, and never left, is none.
    """
    return [one for one in of_round(item, seen_by=seen_by) if one.stands in AT_PLATFORM]


def unsent(item: Item) -> NoticeRow | None:
    """Return the notice of an item on its way, or that waits, if it has yet to leave."""
    if item.stands is not RemovalState.SENDING and item.stands not in WAITING:
        return None
    found = by_notice(item.notice)
    return found if found is not None and begins_at("send", found.stands) else None


def by_notice(notice_id: UUID | None) -> NoticeRow | None:
    """Return one of the helpline's notices, or None: there is none, or it is no notice of ours."""
    found = rows([notice_id]).get(notice_id) if notice_id is not None else None
    return found if found is not None and found.line == LINE else None


def answers_to_read(*, seen_by: Actor) -> int:
    """Return how many answers of platforms wait for a person to say what they mean."""
    return len(notices.answers_that_wait(seen_by=seen_by))
