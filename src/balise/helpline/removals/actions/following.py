"""An item follows its notice: what the platform said, by whichever way, moves it once."""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.helpline.removals import access, queries
from balise.helpline.removals.actions import moving, withdrawing
from balise.helpline.removals.models import Item
from balise.helpline.removals.rules.decisions import decision_of
from balise.helpline.removals.rules.requests import ItemKind
from balise.helpline.removals.rules.states import RUNNING, WAITING, RemovalState, Step
from balise.takedown.notices.queries import NoticeRow
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.states import STOPPED, NoticeState

_NOT_THERE = frozenset({NoticeState.FAILED, NoticeState.WITHDRAWN})


def follow(*, notice_id: UUID, by: Actor) -> None:
    """Bring an item to where its notice stands; called again, it changes nothing.

    It looks at the notice as it is now and not at what once happened, so that what is heard late
    moves nothing back. A notice of an earlier round is left alone.
    """
    access.require(by, access.WORK)
    notice = queries.by_notice(notice_id)
    if notice is None:
        return
    with transaction.atomic():
        if not Item.objects.filter(id=notice.subject).exists():
            return
        item = Item.locked(notice.subject)
        if item.round_at is None or notice.drafted_at < item.round_at:
            return
        if notice.stands in _NOT_THERE:
            _go_without(item, notice, by)
            return
        is_asked = any(one.stands in STOPPED for one in queries.of_round(item, seen_by=by))
        for step in _steps(item, notice, is_asked=is_asked):
            if item.may(step):
                if step is Step.DECIDE:
                    withdrawing.withdraw_unsent(item=item, by=by)
                moving.move(item=item, step=step, by=by)
        if notice.reminder_count and not item.climbed and item.stands in WAITING:
            item.climb(Rung.REMINDER)
            item.save(update_fields=("taken",))
            moving.settle(request=item.request, by=by)


def _steps(item: Item, notice: NoticeRow, *, is_asked: bool) -> Iterator[Step]:
    """Yield the steps that lead an item to its notice, each after the one before was taken.

    `is_asked` says whether any way to the platform waits for an answer of ours.
    """
    stands = notice.stands
    if stands is NoticeState.RETRACTED:
        yield Step.CLOSE
        return
    if notice.sent_at is None:
        return
    if item.stands is RemovalState.SENDING:
        yield Step.LEFT
    if notice.acknowledged_at is not None and item.stands is RemovalState.SENT:
        yield Step.ACKNOWLEDGE
    if stands in STOPPED and item.stands in RUNNING:
        yield Step.ASK_INFO
    elif not is_asked and item.stands is RemovalState.INFO_REQUESTED:
        yield Step.ANSWER
    decision = (
        decision_of(notice.came_of_it, account=notice.account_was, kind=ItemKind(item.kind))
        if notice.came_of_it is not None
        else None
    )
    if decision is not None and item.stands in WAITING:
        item.decision = decision.value
        yield Step.DECIDE


def _go_without(item: Item, notice: NoticeRow, by: Actor) -> None:
    """Let an item go on whose notice did not arrive, or was withdrawn.

    The platform may have it by another way, which then stands for it. If not, it is ready to be
    sent again, or has ended where the platform had it and someone withdrew that.
    """
    if notice.id != item.notice:
        return
    step = Step.FAIL if item.stands in {RemovalState.SENDING, RemovalState.SENT} else Step.CLOSE
    other = next(iter(queries.at_platform(item, seen_by=by)), None)
    if other is not None:
        item.failure = notice.failure
        withdrawing.stand_for(item=item, notice=other, by=by)
        item.save(update_fields=("failure", "notice", "way", "way_kind"))
    elif step is Step.FAIL or (notice.stands is NoticeState.WITHDRAWN and item.stands in WAITING):
        item.failure = notice.failure
        moving.move(item=item, step=step, by=by)
