"""Bring in what waited in the queue and was taken out of it before anyone took it: many at once.

Each leaves the row and facts of `waiting.enqueue` and `waiting.withdraw`. The module whose subject
it is has checked who may.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.journal.book import Past
from balise.foundation.journal.events import Code
from balise.helpline.queue.actions.leaving import withdrawn
from balise.helpline.queue.events import ItemQueued
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import Reason, Risk, RiskFrom, WaitKind, rank


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """What waited: since when, and until when nobody needed it any more; with who did each."""

    kind: WaitKind
    subject: UUID
    risk: Risk
    queued_at: datetime
    queued_by: Actor
    left_at: datetime
    left_by: Actor
    reason: Reason


def bring_in(*, waited: Sequence[Waited], by: Actor) -> list[Past]:
    """Write what waited, in the open transaction; return the facts, which the caller writes down.

    They stand in the journal with the caller's own (`record_past`).
    """
    told: list[Past] = []
    items: list[Item] = []
    for one in waited:
        item = Item(
            id=uuid4(),
            kind=one.kind,
            subject=one.subject,
            risk=one.risk,
            risk_from="" if one.risk is Risk.F else RiskFrom.DECLARED,
            highest=one.risk,
            rank=rank(one.risk, kind=one.kind, returning=False),
            queued_at=one.queued_at,
            turn_at=one.queued_at,
            waiting_since=one.queued_at,
        )
        told.append((item.fact(ItemQueued, skill=Code("")), one.queued_by, one.queued_at))
        told.append(
            (
                withdrawn(item=item, reason=one.reason, moment=one.left_at, by=by),
                one.left_by,
                one.left_at,
            )
        )
        items.append(item)
    rows.insert_objects(items)
    return told
