"""Take a fingerprint off the list: asked with the code, done by the worker, heard by partners."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.finding import NotHere
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code
from balise.hotline.laboratory.events import CaseEnded, ItemWithdrawn, WithdrawalAsked
from balise.hotline.laboratory.models import Case, Item
from balise.hotline.laboratory.queries.coded import opened
from balise.hotline.laboratory.rules.refusals import NotNow
from balise.hotline.laboratory.rules.words import (
    OFF_THE_LIST,
    WITHDRAWABLE,
    CaseState,
    ItemState,
    Outcome,
)
from balise.hotline.matching.banks.actions import keeping

# After that nobody is thought to come back: what protects ends, and partners hear it.
UNOPENED_KEPT: Final = timedelta(days=5 * 365)
_AT_ONCE = 200


def withdraw(*, receipt: Receipt, item_id: UUID | None = None, by: Actor = ANYONE) -> int:
    """Ask for one fingerprint to be withdrawn, or all; return how many. Again changes nothing.

    Raises CodeUnknown, and NotHere for an item of another code.
    """
    with transaction.atomic():
        case, _key = opened(receipt, lock=True)
        items = list(case.items.all())
        if item_id is not None:
            items = [item for item in items if item.id == item_id]
            if not items:
                raise NotHere(Item.__name__)
        return _ask(case, items, by=by)


def erase_draft(*, receipt: Receipt, by: Actor = ANYONE) -> None:  # noqa: ARG001 - as all
    """Erase what waits under a code. Refuses (NotNow) what was sent meanwhile; raises CodeUnknown.

    Again changes nothing.
    """
    with transaction.atomic():
        case, _key = opened(receipt, lock=True)
        if case.stands is CaseState.SENT:
            raise NotNow
        if case.stands is CaseState.DRAFT:
            case.state, case.sealed = CaseState.ENDED, b""
            case.sent_at = case.ended_at = now()
            case.save(update_fields=("state", "sealed", "sent_at", "ended_at"))


def take_off(*, item_id: UUID, by: Actor = SYSTEM) -> None:
    """Take a fingerprint off the list, once; end its case where it was the last.

    For the worker: the public door may not write in the bank.
    """
    with transaction.atomic():
        case = Case.locked(Item.objects.values_list("case_id", flat=True).get(id=item_id))
        item = Item.locked(item_id)
        if item.stands is ItemState.LEAVING:
            item.disputes.filter(outcome="").update(outcome=Outcome.STOPPED, settled_at=now())
            remove(item=item, by=by)
            end_if_over(case=case, by=by)


def end_unopened(*, by: Actor = SYSTEM) -> int:
    """Ask for all fingerprints of cases to be withdrawn whose code nobody used for five years."""
    due = Case.objects.filter(state=CaseState.SENT, opened_on__lte=today() - UNOPENED_KEPT)
    many = 0
    for case_id in due.values_list("id", flat=True)[:_AT_ONCE]:
        with transaction.atomic():
            case = Case.locked(case_id)
            many += _ask(case, list(case.items.all()), by=by)
    return many


def remove(*, item: Item, by: Actor) -> None:
    """Take a locked item's entries out of the bank, within the caller's transaction."""
    keeping.withdraw(entries=item.entries, by=by)
    is_asked = item.stands is ItemState.LEAVING
    item.state = ItemState.WITHDRAWN if is_asked else ItemState.TAKEN_OFF
    item.ended_at = now()
    item.save(update_fields=("state", "ended_at"))
    record(ItemWithdrawn(subject=item.id, case=item.case_id, kind=Code(item.kind)), by=by)


def end_if_over(*, case: Case, by: Actor) -> None:
    """End a locked case of which nothing is left on the list."""
    if case.stands is CaseState.SENT and not _left(case):
        case.state, case.ended_at, case.sealed = CaseState.ENDED, now(), b""
        case.save(update_fields=("state", "ended_at", "sealed"))
        record(CaseEnded(subject=case.id), by=by)


def _ask(case: Case, items: Sequence[Item], *, by: Actor) -> int:
    leaving = [item for item in items if item.stands in WITHDRAWABLE]
    for item in leaving:
        item.state = ItemState.LEAVING
        item.save(update_fields=("state",))
    record_many([WithdrawalAsked(subject=one.id, case=case.id) for one in leaving], by=by)
    return len(leaving)


def _left(case: Case) -> bool:
    return case.items.exclude(state__in=OFF_THE_LIST).exists()
