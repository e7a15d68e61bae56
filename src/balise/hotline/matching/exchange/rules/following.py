"""How our copy of a source follows it: what an entry that comes means for the one we hold. Pure."""

from enum import StrEnum
from typing import NamedTuple

from balise.hotline.matching.exchange.rules.items import Item


class Step(StrEnum):
    """What is done with an entry that has come."""

    NOTHING = "nothing"
    ADD = "add"
    CHANGE = "change"  # what we hold is withdrawn, and what it says now is added
    WITHDRAW = "withdraw"
    OWN = "own"  # ours, come back


class Copy(NamedTuple):
    """What we hold under a reference. `until` is the range in which it came last."""

    digest: bytes
    version: int
    is_gone: bool
    until: str


def step_of(item: Item, held: Copy | None, *, own: str, until: str) -> Step:
    """Return what an entry asks of us.

    Pages come in any order, and old ranges again: what is older is passed over, and within one
    range a withdrawal wins, for the source does not say which came last.
    """
    if own and own in item.origins:
        return Step.OWN
    if held is None:
        return Step.NOTHING if item.is_gone or not item.signals else Step.ADD
    said_at, held_at = (item.version, until), (held.version, held.until)
    if said_at < held_at or item.digest == held.digest:
        return Step.NOTHING
    if item.is_gone or not item.signals:
        return Step.NOTHING if held.is_gone else Step.WITHDRAW
    if held.is_gone:
        return Step.ADD if said_at > held_at else Step.NOTHING
    return Step.CHANGE
