"""What one item says, for who holds the line's key, and what it waits for."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from balise.foundation.encryption.sealing import RecordKey, key_of_line
from balise.helpline.removals.models import ASKED, LINE, Item
from balise.helpline.removals.queries.platforms import other_ways
from balise.helpline.removals.rules.clocks import Rung, above, open_rungs
from balise.helpline.removals.rules.next_steps import Next, Standing, next_step
from balise.helpline.removals.rules.requests import ItemKind
from balise.helpline.removals.rules.states import GONE, WAITING, State


@dataclass(frozen=True, slots=True)
class Told:
    """What an item says, in clear; all empty once the hotline has it."""

    kind: ItemKind
    url: str = ""
    handle: str = ""
    words: str = ""

    @property
    def details(self) -> str:
        """What helps the platform to find it."""
        return _("Account: %(name)s") % {"name": self.handle} if self.handle else ""


def told_of(item: Item, key: RecordKey | None = None) -> Told:
    """Return what an item says; the caller has logged who reads it, or is that person."""
    if not item.sealed:
        return Told(ItemKind(item.kind))
    opener = key or key_of_line(LINE, item.request_id)
    said = opener.open(item.sealed, where=ASKED, row=item.id)
    return Told(ItemKind(item.kind), said["url"], said["handle"], said["words"])


def standing(item: Item) -> Standing:
    """Return an item's state, as far as its next step depends on it."""
    return Standing(
        state=item.stands,
        needs_second=item.needs_second,
        is_approved=bool(item.approved_by),
        is_by_hand=item.is_by_hand,
        has_failed=bool(item.failure),
        rungs=above(rungs_of(item), item.rungs_taken),
    )


def rungs_of(item: Item) -> tuple[Rung, ...]:
    """Return the rungs of the ladder that may be taken for an item now.

    A second way is one of them only where the platform has another that can be used.
    """
    is_gone = item.decided_as in GONE
    rungs = open_rungs(
        taken=item.rungs_taken,
        reached=Rung(item.reached),
        is_waiting=item.stands in WAITING,
        has_refused=item.stands is State.STILL_UP or (item.stands is State.DECIDED and not is_gone),
    )
    if Rung.T2 in rungs and not other_ways(item):
        return tuple(rung for rung in rungs if rung is not Rung.T2)
    return rungs


def next_of(item: Item) -> Next:
    """Return what is to be done about an item now."""
    return next_step(standing(item))
