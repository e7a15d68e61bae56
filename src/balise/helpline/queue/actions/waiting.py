"""Wait, be judged, leave: what needs no seat."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.queue import access
from balise.helpline.queue.actions.declaring import attach, declare, set_risk
from balise.helpline.queue.actions.leaving import leave
from balise.helpline.queue.actions.seats import let_go
from balise.helpline.queue.events import ItemQueued, RiskJudged
from balise.helpline.queue.models import Item
from balise.helpline.queue.queries import dangers, open_item
from balise.helpline.queue.rules import (
    OPEN,
    ItemState,
    Reason,
    Risk,
    RiskFrom,
    Skill,
    WaitKind,
    check_is,
    raises,
    rank,
)
from balise.helpline.queue.rules.dangers import check_lowers_nothing


def enqueue(  # noqa: PLR0913 - each is a column of what waits
    *,
    kind: WaitKind,
    subject: UUID,
    risk: Risk = Risk.F,
    skill: Skill | None = None,
    language: str = "",
    returning: bool = False,
    preferred: str = "",
    queued_at: datetime | None = None,
    same_as: UUID | None = None,
    by: Actor = ANYONE,
) -> UUID:
    """Queue something for a listener, and return its item: one for each subject while it is open.

    A `risk` is what the person says of it; what is only guessed is raised afterwards. `queued_at`:
    since when it was in line before it had to leave it; the wait itself begins now. Whose danger is
    on waits as such. The module whose subject it is has checked who may.

    `same_as`: another subject that is the same person; a danger that is on about it goes with them.
    """
    known = open_item(kind, subject)
    if known:
        return known
    moment = now()
    try:
        with transaction.atomic():
            was_on = dangers.on_about(subject) or (dangers.on_about(same_as) if same_as else None)
            risk_from = "" if risk is Risk.F else RiskFrom.DECLARED
            if was_on is not None:
                risk, risk_from = Risk.A, was_on.life.risk_from
            item = Item.objects.create(
                id=uuid4(),
                kind=kind,
                subject=subject,
                risk=risk,
                risk_from=risk_from,
                highest=Risk.F if risk_from == RiskFrom.WORDS else risk,
                skill=skill or "",
                language=language,
                returning=returning,
                preferred=preferred,
                rank=rank(risk, kind=kind, returning=returning),
                queued_at=queued_at or moment,
                turn_at=queued_at or moment,
                waiting_since=moment,
            )
            record(item.fact(ItemQueued, skill=skill or Code("")), by=by)
            if was_on is not None:
                attach(item=item, same_as=same_as, by=by)
            elif risk is Risk.A:
                declare(item=item, how=RiskFrom.DECLARED, by=by)
    except IntegrityError:  # the same subject, at this very moment
        known = open_item(kind, subject)
        if known is None:
            raise
        return known
    return item.id


def judge_risk(*, item_id: UUID, risk: Risk, by: Actor) -> None:
    """Set the risk of an item, waiting or held; it takes its place at once.

    What words had raised is confirmed by the same risk, and corrected by another. At A a life is in
    danger: refuses (DangerGoesOn) to lower it by oneself.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        check_is(item.state, *OPEN)
        check_lowers_nothing(is_on=dangers.is_on(item_id), risk=risk)
        if Risk(item.risk) is not risk or item.risk_from == RiskFrom.WORDS:
            set_risk(item=item, risk=risk, how=RiskFrom.JUDGED, by=by)
        elif risk is Risk.A:
            declare(item=item, how=RiskFrom.JUDGED, by=by)


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
            set_risk(item=item, risk=risk, how=how, by=by)
        elif risk is Risk.A:
            declare(item=item, how=how, by=by)


def carry_danger(*, item_id: UUID, same_as: UUID, by: Actor) -> None:
    """Let a danger that is on about another subject go with an item, where both are one person.

    The module whose subjects they are has checked who may. One with a danger of its own keeps it.
    """
    with transaction.atomic():
        item = Item.locked(item_id)
        check_is(item.state, *OPEN)
        if dangers.on_about(same_as) is None or dangers.is_on(item_id):
            return
        one, before = attach(item=item, same_as=same_as, by=by), Risk(item.risk)
        if one is None:
            return
        item.risk, item.risk_from = Risk.A, one.life.risk_from
        item.take_rank()
        item.save(update_fields=("risk", "risk_from", "rank", "turn_at"))
        record(item.fact(RiskJudged, before=before, how=one.life.risk_from), by=by)


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
