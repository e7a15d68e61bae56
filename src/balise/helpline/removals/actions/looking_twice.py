"""A second person looks before an account is closed, or words that may be lawful are taken down."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.helpline.removals import access
from balise.helpline.removals.actions import moving
from balise.helpline.removals.models import Item
from balise.helpline.removals.rules.requests import check_other_eyes
from balise.helpline.removals.rules.states import Step


def ask_second(*, item_id: UUID, by: Actor) -> None:
    """Ask that someone else looks: it waits in the queue for anyone but who wrote it."""
    access.require(by, access.WORK)
    with transaction.atomic():
        moving.move(item=Item.locked(item_id), step=Step.ASK_SECOND, by=by)


def approve(*, item_id: UUID, by: Actor) -> None:
    """Agree that it may be sent. Refuses who wrote it (SameEyes)."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        check_other_eyes(asked_by=item.written_by, by=by.key)
        item.approved_by = by.key
        moving.move(item=item, step=Step.APPROVE, by=by)


def send_back(*, item_id: UUID, by: Actor) -> None:
    """Let it be a draft again; an agreement is void with it."""
    access.require(by, access.WORK)
    with transaction.atomic():
        item = Item.locked(item_id)
        item.approved_by = ""
        moving.move(item=item, step=Step.SEND_BACK, by=by)
