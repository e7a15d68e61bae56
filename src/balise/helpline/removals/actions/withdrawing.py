"""Notices of an item are given up with it: no platform is expected to act on what nobody wants."""

from balise.foundation.actors import Actor
from balise.helpline.removals import access, queries
from balise.helpline.removals.models import LINE, Item
from balise.takedown.notices import queries as notices
from balise.takedown.notices.actions import ending
from balise.takedown.notices.queries import NoticeRow
from balise.takedown.notices.rules.states import OPEN, NoticeState


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
