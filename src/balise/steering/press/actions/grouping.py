"""Confirm that items are one article of several outlets, or that they are not."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation import clock, rows
from balise.foundation.actors import Actor
from balise.foundation.journal.book import record, record_many
from balise.steering.press import access
from balise.steering.press.events import PressApart, PressGrouped, PressUngrouped
from balise.steering.press.models import Apart, Group, Item
from balise.steering.press.rules.refusals import GroupFaulty
from balise.steering.press.rules.syndication import digest_of

TURN: Final = "steering.press"  # of whatever changes items, so that each is counted once
_FEWEST: Final = 2


@transaction.atomic
def group(*, items: Sequence[UUID], by: Actor) -> UUID:
    """Say that items are one article; return the group's id. Raises GroupFaulty.

    The article is counted once, on the day of the first.
    """
    access.require(by, access.WRITE)
    rows.in_turn(TURN)
    found = list(Item.objects.filter(id__in=items, withdrawn_at=None).order_by("day", "id"))
    if len(found) < _FEWEST or any(row.group_id for row in found):
        raise GroupFaulty(_("Choose two items or more that are in no group."))
    made = Group.objects.create(confirmed_by=by.key, confirmed_at=clock.now())
    for row in found:
        row.group, row.is_repeat = made, row is not found[0]
    Item.objects.bulk_update(found, ("group", "is_repeat"))
    record(PressGrouped(subject=made.id, items=len(found)), by=by)
    record_many((row.article(-1) for row in found[1:]), by=by)
    return made.id


@transaction.atomic
def ungroup_of(*, item_id: UUID, by: Actor) -> None:
    """Undo the group of an item: all its items are articles of their own. Raises GroupFaulty."""
    access.require(by, access.WRITE)
    rows.in_turn(TURN)
    row = Item.locked(item_id)
    if row.group is None:
        raise GroupFaulty(_("This item is in no group."))
    _undo(row.group, by=by)


@transaction.atomic
def keep_apart(*, items: Sequence[UUID], by: Actor) -> None:
    """Say that items that look alike are not one article: they are not proposed again together."""
    access.require(by, access.WRITE)
    if len(set(items)) < _FEWEST:
        raise GroupFaulty(_("Choose two items or more that are in no group."))
    if rows.insert(Apart, ("id", "digest"), [(uuid4(), digest_of(items))], unless_known=True):
        record(PressApart(subject=uuid4(), items=len(set(items))), by=by)


def close_ranks(*, group: Group, by: Actor) -> None:
    """Count the article of a group that lost an item with its next one; undo a group of one."""
    left = list(group.items.order_by("day", "id"))
    if len(left) < _FEWEST:
        _undo(group, by=by)
    elif left[0].is_repeat:
        left[0].is_repeat = False
        left[0].save(update_fields=("is_repeat",))
        record(left[0].article(1), by=by)


def _undo(group: Group, *, by: Actor) -> None:
    items = list(group.items.all())
    record(PressUngrouped(subject=group.id, items=len(items)), by=by)
    record_many((row.article(1) for row in items if row.is_repeat), by=by)
    group.items.update(group=None, is_repeat=False)
    group.delete()
