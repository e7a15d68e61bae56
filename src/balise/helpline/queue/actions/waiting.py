"""Wait, be judged, leave; and the seat, for the other actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.foundation import rows
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import Past, record
from balise.foundation.journal.events import Code
from balise.helpline.queue import access
from balise.helpline.queue.events import (
    DangerConfirmed,
    DangerDeclared,
    ItemQueued,
    ItemWithdrawn,
    RiskJudged,
    SeatChanged,
)
from balise.helpline.queue.models import Danger, Item, Seat
from balise.helpline.queue.queries import dangers, open_item
from balise.helpline.queue.rules import (
    LIVE,
    OPEN,
    ItemState,
    Reason,
    Risk,
    RiskFrom,
    SeatNeeded,
    SeatState,
    Skill,
    WaitKind,
    check_is,
    raises,
    rank,
    worse,
)
from balise.helpline.queue.rules.dangers import SaidBy, check_lowers_nothing, said_by

# Take an item out of the queue although it was not done; for the other actions.


def leave(*, item: Item, reason: Reason, moment: datetime, by: Actor) -> None:
    """Take a locked, open item out of the queue, and record it."""
    fact = withdrawn(item=item, reason=reason, moment=moment, by=by)
    item.save(update_fields=("state", "held_by", "ended_at"))
    record(fact, by=by)


def withdrawn(
    *,
    item: Item,
    reason: Reason,
    moment: datetime,
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> ItemWithdrawn:
    """Set, unsaved, that an item has left; return the fact."""
    # A place in line may be older than the wait: the helpline was closed between.
    began = item.waiting_since if item.first_held_at is None else item.queued_at
    item.state, item.held_by, item.ended_at = ItemState.WITHDRAWN, "", moment
    return item.fact(
        ItemWithdrawn,
        reason=reason,
        seconds=max(int((moment - began).total_seconds()), 0),
        taken=item.first_held_at is not None,
    )


# Bring in what waited in the queue and was taken out of it before anyone took it: many at once.
#
# Each leaves the row and facts of `waiting.enqueue` and `waiting.withdraw`. The module whose
# subject it is has checked who may.


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


# What the other actions do with a seat, inside their transaction.


def own_seat(*, by: Actor) -> Seat:
    """Return one's seat, locked; refuse who never sat down."""
    try:
        return Seat.objects.select_for_update().get(account=by.key)
    except Seat.DoesNotExist:
        raise SeatNeeded(_("Go on duty first.")) from None


def change(*, seat: Seat, after: SeatState, moment: datetime, by: Actor) -> None:
    """Change the state of a locked seat, and write it down; the same state changes nothing."""
    before = SeatState(seat.state)
    if before is after:
        return
    fact = SeatChanged(
        subject=UUID(seat.account),
        before=before,
        after=after,
        seconds=max(int((moment - seat.since).total_seconds()), 0),
    )
    seat.state, seat.since = after, moment
    if after is SeatState.AWAY:
        seat.on_written_work = False
    seat.save(update_fields=("state", "since", "on_written_work"))
    record(fact, by=by)


def let_go(*, seat: Seat, kind: str, moment: datetime, by: Actor) -> None:
    """Release a locked console from an item of this kind: it wraps up, unless it holds others."""
    if Item.objects.filter(held_by=seat.account, state=ItemState.HELD).exists():
        return
    change(
        seat=seat,
        after=SeatState.WRAP_UP if kind in LIVE else SeatState.READY,
        moment=moment,
        by=by,
    )


# Set the risk of what waits; at A a life is in danger. In the open transaction of others.


_THE_PERSON = "person"


def set_risk(*, item: Item, risk: Risk, how: RiskFrom, by: Actor) -> None:
    """Give a locked item a risk, and write it down; at A a danger is declared."""
    before = Risk(item.risk)
    item.risk, item.risk_from = risk, how
    item.take_rank()
    if how is not RiskFrom.WORDS:
        item.highest = worse(Risk(item.highest), risk)
    item.save(update_fields=("risk", "risk_from", "highest", "rank", "turn_at"))
    record(item.fact(RiskJudged, before=before, how=how), by=by)
    if risk is Risk.A:
        declare(item=item, how=how, by=by)


def declare(*, item: Item, how: RiskFrom, by: Actor) -> None:
    """Note that a locked item is about a life in danger.

    One that is on already is confirmed by a person, where words alone had raised it; and whoever
    says so again undoes a proposal of its end: supervisors are called anew.
    """
    is_lead = by.may(access.SUPERVISE) and item.held_by != by.key
    said = said_by(how, is_lead=is_lead)
    one = attach(item=item, by=by)
    if one is None:
        one = Danger.objects.create(
            kind=item.kind,
            subject=item.subject,
            item=item.id,
            said_by=said,
            declared_by=by.key if how is RiskFrom.JUDGED else "",
            declared_at=now(),
            listener=item.held_by,
        )
        record(DangerDeclared(subject=item.id, said_by=said, again=False), by=by)
        return
    if one.life.is_guess and said is not SaidBy.WORDS:
        one.confirmed_by = by.key or _THE_PERSON
        record(DangerConfirmed(subject=item.id), by=by)
    if one.proposed_by:
        withdraw_proposal(danger=one, by=by)
        record(DangerDeclared(subject=item.id, said_by=said, again=True), by=by)
    one.save()


def attach(
    *,
    item: Item,
    same_as: UUID | None = None,
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> Danger | None:
    """Return the danger that is on of whom a locked item is about, locked, and lead it there.

    `same_as`: another subject that is the same person.
    """
    known = {item.subject, same_as or item.subject}
    found = dangers.on().select_for_update().filter(kind=item.kind, subject__in=known)
    one = min(found, key=lambda each: each.subject != item.subject, default=None)
    if one is not None and one.item != item.id:
        one.item, one.subject = item.id, item.subject
        one.save(update_fields=("item", "subject"))
    return one


def withdraw_proposal(
    *,
    danger: Danger,
    by: Actor,  # noqa: ARG001 - an action names its actor
) -> None:
    """Undo, unsaved, that somebody proposed its end."""
    danger.proposed_by, danger.proposed_at = "", None
    danger.outcome, danger.risk_now, danger.ending = "", "", b""


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
