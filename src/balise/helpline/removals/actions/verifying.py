"""Is it gone? The watch looks, or a person does; what came back is asked for again."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.helpline.removals import access, queries
from balise.helpline.removals.actions import sending
from balise.helpline.removals.models import LINE, Item
from balise.helpline.removals.rules.states import ENDED, RemovalState, Step
from balise.takedown.notices import queries as notices
from balise.takedown.notices.actions import ending
from balise.takedown.notices.queries import NoticeRow
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.states import OPEN, NoticeState
from balise.takedown.watch.actions import watching
from balise.takedown.watch.rules import About, Pace

# Notices of an item are given up with it: no platform is expected to act on what nobody wants.


def withdraw_all(*, item: Item, by: Actor) -> None:
    """Withdraw each notice of a locked item that has not ended.

    Refuses one that is being handed to a mail server this very moment.
    """
    access.require(by, access.WORK)
    for notice in notices.about(line=LINE, subject=item.id, seen_by=by):
        if notice.stands in OPEN:
            ending.withdraw(notice_id=notice.id, by=by)


def withdraw_unsent(*, item: Item, by: Actor) -> None:
    """Withdraw what was drafted for a second way and never left; what left stands for the item.

    The locked item is not saved. What a mail server is being handed goes on its way.
    """
    access.require(by, access.WORK)
    left = None
    for notice in queries.of_round(item, seen_by=by):
        if notice.has_yet_to_leave:
            ending.withdraw(notice_id=notice.id, by=by)
        elif (
            left is None
            and notice.sent_at is not None
            and notice.stands is not NoticeState.WITHDRAWN
        ):
            left = notice
    if left is not None:
        stand_for(item=item, notice=left, by=by)


def stand_for(*, item: Item, notice: NoticeRow, by: Actor) -> None:
    """Let a notice stand for a locked item, and its way be the item's; unsaved."""
    access.require(by, access.WORK)
    item.notice, item.way, item.way_kind = notice.id, notice.contact, notice.contact_kind


def see_gone(*, item_id: UUID, by: Actor) -> None:
    """Say that one looked, and it is gone: the young person is told that it is removed."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        withdraw_unsent(item=item, by=by)
        sending.move(item=item, step=Step.SEE_GONE, by=by)
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
        withdraw_all(item=item, by=by)
        sending.move(item=item, step=Step.REOPEN, by=by)


def resume(*, item_id: UUID, by: Actor) -> None:
    """Take up again what was given up: a draft, which leaves once it is complete and agreed to.

    Refuses what was seen gone: that comes back, or stays away.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        withdraw_all(item=item, by=by)
        item.approved_by = ""
        sending.move(item=item, step=Step.RESUME, by=by)


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
                withdraw_unsent(item=item, by=by)
            sending.move(item=item, step=step, by=by)


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
            sending.move(item=item, step=Step.CLOSE, by=by)


def _take(item_id: UUID, step: Step, by: Actor) -> None:
    access.require(by, access.WORK)
    with transaction.atomic():
        sending.move(item=Item.locked(item_id), step=step, by=by)
