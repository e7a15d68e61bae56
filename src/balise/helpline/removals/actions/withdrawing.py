"""Notices of an item are given up with it: no platform is expected to act on what nobody wants."""

from balise.foundation.actors import Actor
from balise.helpline.removals import access
from balise.helpline.removals.models import LINE, Item
from balise.takedown.notices import queries as notices
from balise.takedown.notices.actions import ending
from balise.takedown.notices.rules.states import OPEN


def withdraw_all(*, item: Item, by: Actor) -> None:
    """Withdraw each notice of a locked item that has not ended.

    Refuses one that is being handed to a mail server this very moment.
    """
    access.require(by, access.WORK)
    for notice in notices.about(line=LINE, subject=item.id, seen_by=by):
        if notice.stands in OPEN:
            ending.withdraw(notice_id=notice.id, by=by)
