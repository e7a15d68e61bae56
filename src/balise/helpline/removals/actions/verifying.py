"""Is it gone? The watch looks, or a person does; what came back is asked for again."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.helpline.removals import access, queries
from balise.helpline.removals.actions import moving, withdrawing
from balise.helpline.removals.models import LINE, Item
from balise.helpline.removals.rules.states import ENDED, RemovalState, Step
from balise.takedown.notices.actions import ending
from balise.takedown.notices.rules.urgency import Urgency
from balise.takedown.watch.actions import watching
from balise.takedown.watch.rules import About, Pace


def see_gone(*, item_id: UUID, by: Actor) -> None:
    """Say that one looked, and it is gone: the young person is told that it is removed."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        withdrawing.withdraw_unsent(item=item, by=by)
        moving.move(item=item, step=Step.SEE_GONE, by=by)
        ending.note_removed(line=LINE, subject=item.id, at=now(), by=by)


def see_up(*, item_id: UUID, by: Actor) -> None:
    """Say that one looked, and it is still there, whatever the platform decided."""
    _take(item_id, Step.SEE_UP, by)


def see_back(*, item_id: UUID, by: Actor) -> None:
    """Say that one looked, and it is there again."""
    _take(item_id, Step.REAPPEAR, by)


def reopen(*, item_id: UUID, by: Actor) -> None:
    """Make an item ready to be sent again, with what it said and who agreed to it."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        withdrawing.withdraw_all(item=item, by=by)
        moving.move(item=item, step=Step.REOPEN, by=by)


def resume(*, item_id: UUID, by: Actor) -> None:
    """Take up again what was given up: a draft, which leaves once it is complete and agreed to.

    Refuses what was seen gone: that comes back, or stays away.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        withdrawing.withdraw_all(item=item, by=by)
        item.approved_by = ""
        moving.move(item=item, step=Step.RESUME, by=by)


def note_seen(*, item_id: UUID, is_gone: bool, by: Actor) -> None:
    """Take note that the watch does not find it any more, or finds it again.

    What is not here is passed over.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        if not Item.objects.filter(id=item_id).exists():
            return
        item, step = Item.locked(item_id), Step.SEE_GONE if is_gone else Step.REAPPEAR
        if item.may(step):
            if is_gone:
                withdrawing.withdraw_unsent(item=item, by=by)
            moving.move(item=item, step=step, by=by)


def watch(*, item_id: UUID, by: Actor) -> None:
    """Let the watch look after an item that a platform has, often if it must be gone soon."""
    access.require(by, access.WORK)
    item = Item.objects.select_related("request").filter(id=item_id).first()
    if item is None or item.stands in ENDED or not item.sealed:
        return
    watching.watch(
        line=LINE,
        subject=item.id,
        address=queries.told_of(item).url,
        pace=Pace.STEADY if item.request.how_urgent is Urgency.STEADY else Pace.URGENT,
        about=About(host=item.request.platform, category=item.kind),
        by=by,
    )


def stop_watching(*, item_id: UUID, by: Actor) -> None:
    """Let the watch forget an item that has ended."""
    access.require(by, access.WORK)
    if Item.objects.filter(id=item_id, state__in=sorted(ENDED)).exists():
        watching.stop(line=LINE, subject=item_id, by=by)


def close_gone(*, item_id: UUID, by: Actor) -> None:
    """End an item that has been gone for long."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        if item.stands is RemovalState.VERIFIED_GONE:
            moving.move(item=item, step=Step.CLOSE, by=by)


def _take(item_id: UUID, step: Step, by: Actor) -> None:
    access.require(by, access.WORK)
    with transaction.atomic():
        moving.move(item=Item.locked(item_id), step=step, by=by)
