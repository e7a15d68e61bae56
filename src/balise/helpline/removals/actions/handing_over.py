"""What may show the sexual abuse of a child is the hotline's: its address, and no look at it."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.helpline.removals import access, queries
from balise.helpline.removals.actions import moving
from balise.helpline.removals.models import Item
from balise.helpline.removals.ports import pass_to_hotline
from balise.helpline.removals.rules.requests import check_has_address
from balise.helpline.removals.rules.states import Step


def hand_over(*, item_id: UUID, by: Actor) -> None:
    """Give an item's address to the hotline, and keep nothing of it here but that it was.

    Refuses what has no address, and what a platform has already.
    """
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        told = queries.told_of(item)
        check_has_address(told.url)
        item.sealed, item.offence = b"", ""
        moving.move(item=item, step=Step.HAND_OVER, by=by)
        pass_to_hotline.ask(origin=item.id, address=told.url, by=by)
