"""What one item says, for who holds the line's key, and what it waits for."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from balise.foundation.encryption.sealing import RecordKey, key_of_line
from balise.helpline.removals.models import ASKED, LINE, Item
from balise.helpline.removals.queries.platforms import other_ways
from balise.helpline.removals.rules.customs import LADDER
from balise.helpline.removals.rules.decisions import is_gone
from balise.helpline.removals.rules.next_steps import Next, Standing, next_step
from balise.helpline.removals.rules.requests import ItemKind
from balise.helpline.removals.rules.states import WAITING, RemovalState
from balise.takedown.notices import queries as notices
from balise.takedown.notices.rules.clocks import Clock
from balise.takedown.notices.rules.ladder import Rung, Step, above, open_steps


@dataclass(frozen=True, slots=True)
class ItemTold:
    """What an item says, in clear; all empty once the hotline has it."""

    kind: ItemKind
    url: str = ""
    handle: str = ""
    words: str = ""

    @property
    def details(self) -> str:
        """What helps the platform to find it."""
        return _("Account: %(name)s") % {"name": self.handle} if self.handle else ""


def told_of(item: Item, key: RecordKey | None = None) -> ItemTold:
    """Return what an item says; the caller has logged who reads it, or is that person."""
    if not item.sealed:
        return ItemTold(ItemKind(item.kind))
    opener = key or key_of_line(LINE, item.request_id)
    said = opener.open(item.sealed, where=ASKED, row=item.id)
    return ItemTold(ItemKind(item.kind), said["url"], said["handle"], said["words"])


def clock_of(item: Item) -> Clock | None:
    """Return the platform's clock, one for all ways of this round; None before it has anything."""
    if item.round_at is None:
        return None
    return notices.clock_about(line=LINE, subject=item.id, since=item.round_at)


def ran(item: Item, at: datetime) -> int:
    """Return the seconds that the platform's clock has run at a moment."""
    clock = clock_of(item)
    return int(clock.has_run(at).total_seconds()) if clock is not None else 0


def standing(item: Item) -> Standing:
    """Return where an item stands, as its next step depends on it."""
    higher = above(LADDER, item.climbed)
    return Standing(
        state=item.stands,
        needs_second=item.needs_second,
        is_approved=bool(item.approved_by),
        is_by_hand=item.is_by_hand,
        has_failed=bool(item.failure),
        rungs=tuple(step.rung for step in steps_open(item) if step in higher),
    )


def steps_open(item: Item) -> tuple[Step, ...]:
    """Return the steps of the ladder that may be taken for an item now.

    A second way is one of them only where the platform has another that can be used.
    """
    is_said_gone = item.decided_as is not None and is_gone(item.decided_as)
    steps = open_steps(
        LADDER,
        taken=item.rungs_taken,
        reached=item.rung_reached,
        is_waiting=item.stands in WAITING,
        has_refused=item.stands is RemovalState.STILL_UP
        or (item.stands is RemovalState.DECIDED and not is_said_gone),
    )
    if any(step.rung is Rung.OTHER_WAY for step in steps) and not other_ways(item):
        return tuple(step for step in steps if step.rung is not Rung.OTHER_WAY)
    return steps


def next_of(item: Item) -> Next:
    """Return what is to be done about an item now."""
    return next_step(standing(item))
