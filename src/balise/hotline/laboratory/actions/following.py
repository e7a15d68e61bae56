"""What someone does to an entry in the bank's own pages is said on the page of who sent it."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.hotline.laboratory import access
from balise.hotline.laboratory.actions.withdrawing import end_if_over, remove
from balise.hotline.laboratory.events import DisputeSettled
from balise.hotline.laboratory.models import BANK, Case, Item
from balise.hotline.laboratory.rules.prints import item_of
from balise.hotline.laboratory.rules.standing import state_of
from balise.hotline.laboratory.rules.words import ItemKind, ItemState, Outcome
from balise.hotline.matching.banks.actions import together
from balise.hotline.matching.banks.queries.exchanging import standings

_FOLLOWS = frozenset({ItemState.ACTIVE, ItemState.HELD})


def follow(*, entries: Collection[int], by: Actor = SYSTEM) -> int:
    """Bring the fingerprints of these entries to where the bank has them; return how many moved.

    Late, again, or of others' entries, nothing is done. A dispute that the bank's state answers is
    settled with it. What is done to one of a picture's two entries is done to the other, but for a
    withdrawal: the other goes on protecting.
    """
    access.require(by, access.DECIDE)
    found = standings(entries).values()
    named = [item_of(one.reference) for one in found if one.bank == BANK]
    items = Item.objects.filter(id__in=filter(None, named), state__in=_FOLLOWS).order_by("id")
    return sum(_follow(*each, by=by) for each in items.values_list("case_id", "id"))


def _follow(case_id: UUID, item_id: UUID, *, by: Actor) -> bool:
    with transaction.atomic():
        case = Case.locked(case_id)
        item = Item.locked(item_id)
        if item.stands in _FOLLOWS and item.kind == ItemKind.PICTURE:
            together.bring(entries=item.entries, by=by)
        stand = [one.state for one in standings(item.entries).values()]
        is_disputed = item.disputes.filter(outcome="").exists()
        state = state_of(stand, is_disputed=is_disputed)
        if item.stands not in _FOLLOWS or state is item.stands:
            return False
        if state is ItemState.TAKEN_OFF:
            remove(item=item, by=by)
            _settle(item, Outcome.STOPPED, by=by)
            end_if_over(case=case, by=by)
        else:
            item.state = state
            item.save(update_fields=("state",))
            if state is ItemState.ACTIVE:
                _settle(item, Outcome.RELEASED, by=by)
    return True


def _settle(item: Item, outcome: Outcome, *, by: Actor) -> None:
    for one in item.disputes.select_for_update().filter(outcome=""):
        one.outcome, one.settled_by, one.settled_at = outcome, by.key, now()
        one.save(update_fields=("outcome", "settled_by", "settled_at"))
        record(DisputeSettled(subject=one.id, item=item.id, outcome=Code(outcome)), by=by)
