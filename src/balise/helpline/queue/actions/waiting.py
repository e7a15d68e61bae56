"""Wait, be judged, leave: what needs no seat."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.queue import access
from balise.helpline.queue.actions.leaving import leave
from balise.helpline.queue.actions.seats import let_go
from balise.helpline.queue.events import ItemQueued, RiskJudged
from balise.helpline.queue.models import Item
from balise.helpline.queue.queries import open_item
from balise.helpline.queue.rules import (
    AHEAD_BY,
    OPEN,
    ItemState,
    Kind,
    Reason,
    Risk,
    RiskFrom,
    Skill,
    check_is,
    is_mark,
    raises,
    rank,
    worse,
)


def enqueue(  # noqa: PLR0913 - each is a column of what waits
    *,
    kind: Kind,
    subject: UUID,
    risk: Risk = Risk.F,
    skill: Skill | None = None,
    language: str = "",
    returning: bool = False,
    preferred: str = "",
    queued_at: datetime | None = None,
    by: Actor = ANYONE,
) -> UUID:
    """Queue something for a listener, and return its item: one for each subject while it is open.

    A `risk` is what the person says of it; what is only guessed is raised afterwards. `queued_at`:
    since when it was in line before it had to leave it; the wait itself begins now. The module
    whose subject it is has checked who may.
    """
    known = open_item(kind, subject)
    if known:
        return known
    moment = now()
    try:
        with transaction.atomic():
            item = Item.objects.create(
                id=uuid4(),
                kind=kind,
                subject=subject,
                risk=risk,
                risk_from="" if risk is Risk.F else RiskFrom.DECLARED,
                highest=risk,
                skill=skill or "",
                language=language,
                returning=returning,
                preferred=preferred,
                rank=rank(risk, kind=kind, returning=returning),
                queued_at=queued_at or moment,
                waiting_since=moment,
            )
            record(item.fact(ItemQueued, skill=skill or Code("")), by=by)
    except IntegrityError:  # the same subject, at this very moment
        known = open_item(kind, subject)
        if known is None:
            raise
        return known
    return item.id


def judge_risk(*, item_id: UUID, risk: Risk, by: Actor) -> None:
    """Set the risk of an item, waiting or held; it takes its place at once.

    What words had raised is confirmed by the same risk, and corrected by another.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        check_is(item.state, *OPEN)
        if Risk(item.risk) is not risk or item.risk_from == RiskFrom.WORDS:
            _set_risk(item, risk, RiskFrom.JUDGED, by=by)


def raise_risk(
    *, item_id: UUID, risk: Risk, how: RiskFrom = RiskFrom.DECLARED, by: Actor = ANYONE
) -> None:
    """Raise the risk of someone who waits, by what they say or by their words; never lower it.

    One that a listener had judged before this item is raised to what it was (JUDGED). No ability is
    asked for.
    """
    with transaction.atomic():
        item = Item.locked(item_id)
        check_is(item.state, *OPEN)
        is_held = item.state == ItemState.HELD
        if raises(risk, how, before=Risk(item.risk), known=item.risk_from, is_held=is_held):
            _set_risk(item, risk, how, by=by)


def withdraw(*, item_id: UUID, reason: Reason, by: Actor = ANYONE) -> None:
    """Take an item that nobody needs any more out of the queue; one that is over stays as it is.

    A listener who had it wraps up: the person is gone, the record is not.
    """
    moment = now()
    with transaction.atomic():
        item, seat = Item.locked_with_seat(item_id)
        if item.state not in OPEN:
            return
        leave(item=item, reason=reason, moment=moment, by=by)
        if seat is not None:
            let_go(seat=seat, kind=item.kind, moment=moment, by=by)


def _set_risk(item: Item, risk: Risk, how: RiskFrom, *, by: Actor) -> None:
    before = Risk(item.risk)
    was_mark = is_mark(before, item.risk_from)
    item.risk, item.risk_from = risk, how
    item.rank = rank(risk, kind=Kind(item.kind), returning=item.returning, how=how)
    if is_mark(risk, how) and not was_mark:
        item.queued_at -= AHEAD_BY  # its place; since when it waits stays as it is
    if how is not RiskFrom.WORDS:
        item.highest = worse(Risk(item.highest), risk)
    item.save(update_fields=("risk", "risk_from", "highest", "rank", "queued_at"))
    record(item.fact(RiskJudged, before=before, how=how), by=by)
