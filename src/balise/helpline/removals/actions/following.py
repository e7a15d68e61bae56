"""An item follows its notice: what the platform said, by whichever way, moves it once."""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.helpline.removals import access, queries
from balise.helpline.removals.actions import moving
from balise.helpline.removals.models import Item
from balise.helpline.removals.queries import Noticed
from balise.helpline.removals.rules.clocks import Rung
from balise.helpline.removals.rules.decisions import decision_of
from balise.helpline.removals.rules.requests import ItemKind
from balise.helpline.removals.rules.states import RUNNING, WAITING, State, Step
from balise.takedown.notices.rules.states import STOPPED
from balise.takedown.notices.rules.states import State as NoticeState


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
        if not Item.objects.filter(id=notice.item).exists():
            return
        item = Item.locked(notice.item)
        if item.round_at is None or notice.drafted_at < item.round_at:
            return
        for step in _steps(item, notice):
            if item.may(step):
                moving.move(item=item, step=step, by=by)
        if notice.is_reminded and not item.climbed and item.stands in WAITING:
            item.climbed = Rung.T1.value
            item.save(update_fields=("climbed",))
            moving.settle(request=item.request, by=by)


def _steps(item: Item, notice: Noticed) -> Iterator[Step]:
    """Yield the steps that lead an item to its notice, each after the one before was taken."""
    stands = notice.stands
    is_latest = notice.id == item.notice
    if stands is NoticeState.FAILED or stands is NoticeState.WITHDRAWN:
        if is_latest:
            yield from _without(item, notice)
        return
    if stands is NoticeState.RETRACTED:
        yield Step.CLOSE
        return
    if not notice.is_sent:
        return
    if item.stands is State.SENDING:
        yield Step.LEFT
    if notice.is_acknowledged and item.stands is State.SENT:
        yield Step.ACKNOWLEDGE
    if stands in STOPPED and item.stands in RUNNING:
        yield Step.ASK_INFO
    elif is_latest and stands not in STOPPED and item.stands is State.INFO_REQUESTED:
        yield Step.ANSWER
    decision = (
        decision_of(notice.outcome, account=notice.account, kind=ItemKind(item.kind))
        if notice.outcome is not None
        else None
    )
    if decision is not None and item.stands in WAITING:
        item.decision = decision.value
        yield Step.DECIDE


def _without(item: Item, notice: Noticed) -> Iterator[Step]:
    """Yield the step of an item whose notice did not arrive, or was withdrawn."""
    if item.stands in {State.SENDING, State.SENT}:
        item.failure = notice.failure
        yield Step.FAIL
    elif notice.stands is NoticeState.WITHDRAWN and item.stands in WAITING:
        yield Step.CLOSE
