"""A dispute stops the fingerprint first and asks after; nobody looks at a picture to decide."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.encryption.worded import Receipt
from balise.foundation.finding import NotHere, find
from balise.foundation.journal.book import record, record_many
from balise.foundation.journal.events import Code
from balise.hotline.laboratory import access
from balise.hotline.laboratory.events import (
    CaseEnded,
    DisputeAnswered,
    DisputeOpened,
    DisputeSettled,
    ItemBanked,
    ItemWithdrawn,
    WithdrawalAsked,
)
from balise.hotline.laboratory.models import ANSWER, BANK, LINE, Case, Dispute, Item
from balise.hotline.laboratory.queries.coded import opened, prints_of
from balise.hotline.laboratory.rules.prints import NotNow, Print, item_of, signals_of
from balise.hotline.laboratory.rules.standing import (
    OFF_THE_LIST,
    WITHDRAWABLE,
    CaseState,
    Ground,
    ItemKind,
    ItemState,
    Outcome,
    Source,
    state_of,
)
from balise.hotline.matching.banks.actions import finding, keeping, looking
from balise.hotline.matching.banks.queries.exchanging import standings
from balise.hotline.matching.banks.rules.asking import Asker
from balise.hotline.matching.banks.rules.deciding import Opinion

# Take a fingerprint off the list: asked with the code, done by the worker, heard by partners.


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


LONGEST_ANSWER = 2_000


def dispute(*, item_id: UUID, ground: Ground, source: Source, by: Actor) -> UUID:
    """Stop a fingerprint and open a dispute; return it. Refuses (NotNow) one that is not on."""
    access.require(by, access.DECIDE)
    with transaction.atomic():
        _case_of(item_id)
        item = Item.locked(item_id)
        if item.stands is not ItemState.ACTIVE:
            raise NotNow
        keeping.hold(entries=item.entries, by=by)
        return open_dispute(item=item, ground=ground, source=source, by=by)


def stop_flooded(*, entry: int, by: Actor = SYSTEM) -> UUID | None:
    """Ask about a picture whose entry the bank put in quarantine; return the dispute, if any.

    The entry stays in quarantine: it decides nothing, and what was decided by it stands; the other
    one of a picture with bars is held with it. One frame of a video says nothing of the video. Of
    others' entries, and late or again, nothing is done.
    """
    access.require(by, access.DECIDE)
    found = standings([entry]).get(entry)
    item_id = item_of(found.reference) if found and found.bank == BANK and not found.is_on else None
    if item_id is None or not Item.objects.filter(id=item_id).exists():
        return None
    with transaction.atomic():
        _case_of(item_id)
        item = Item.locked(item_id)
        if item.kind != ItemKind.PICTURE or item.stands is not ItemState.ACTIVE:
            return None
        finding.bring(entries=item.entries, by=by)
        return open_dispute(item=item, ground=Ground.FLOOD, source=Source.BANK, by=by)


def open_dispute(*, item: Item, ground: Ground, source: Source, by: Actor) -> UUID:
    """Open the dispute of a locked item whose entries decide nothing from now on."""
    item.state = ItemState.HELD
    item.save(update_fields=("state",))
    one = Dispute.objects.create(item=item, ground=ground, source=source, opened_at=now())
    record(
        DisputeOpened(subject=one.id, item=item.id, ground=Code(ground), source=Code(source)), by=by
    )
    return one.id


def answer(*, receipt: Receipt, dispute_id: UUID, text: str, by: Actor = ANYONE) -> None:
    """Answer an open dispute with the code. Refuses (NotNow) one that is settled or answered."""
    with transaction.atomic():
        case, key = opened(receipt, lock=True)
        one = find(Dispute.objects.select_for_update(), id=dispute_id, item__case=case)
        if one.outcome or one.answered_at is not None:
            raise NotNow
        one.sealed = key.seal({"text": text[:LONGEST_ANSWER]}, where=ANSWER, row=one.id)
        one.answered_at = now()
        one.save(update_fields=("sealed", "answered_at"))
        record(DisputeAnswered(subject=one.id, item=one.item_id), by=by)


def settle(*, dispute_id: UUID, outcome: Outcome, by: Actor) -> None:
    """Decide: back on the list, or off it for good. Refuses (NotNow) what is decided already."""
    access.require(by, access.DECIDE)
    with transaction.atomic():
        case = _case_of(find(Dispute, id=dispute_id).item_id)
        one = Dispute.locked(dispute_id)
        item = Item.locked(one.item_id)
        if one.outcome or item.stands is not ItemState.HELD:
            raise NotNow
        if outcome is Outcome.RELEASED:
            keeping.release(entries=item.entries, by=by)
            item.state = ItemState.ACTIVE
            item.save(update_fields=("state",))
        else:
            remove(item=item, by=by)
        one.outcome, one.settled_by, one.settled_at = outcome, by.key, now()
        one.save(update_fields=("outcome", "settled_by", "settled_at"))
        record(DisputeSettled(subject=one.id, item=item.id, outcome=Code(outcome)), by=by)
        end_if_over(case=case, by=by)


def _case_of(item_id: UUID) -> Case:
    """Return the locked case of an item: everyone locks the case first."""
    return Case.locked(find(Item, id=item_id).case_id)


# Put what was sent in the bank: a job of the worker, which alone can open it and write there.


def bank(*, case_id: UUID, by: Actor = SYSTEM) -> None:
    """Put each fingerprint of a case on the list, once; what was withdrawn meanwhile stays off.

    One that a bank knows as harmless (a logo, a press picture) is stopped at once: we ask.
    """
    with transaction.atomic():
        case = Case.locked(case_id)
        if case.stands is not CaseState.SENT or not case.sealed:
            return
        have_bank(by=by)
        prints = prints_of(case, key_of_line(LINE, case.id))
        for item, one in zip(case.items.select_for_update(), prints, strict=True):
            if item.stands is ItemState.SENT:
                _put(item, one, by=by)
        case.sealed = b""
        case.save(update_fields=("sealed",))


def have_bank(*, by: Actor = SYSTEM) -> None:
    """Make the bank of what victims send, where it is not there yet."""
    with suppress(keeping.BankThere):
        keeping.add_bank(code=BANK, by=by)


def _put(item: Item, one: Print, *, by: Actor) -> None:
    item.entries = keeping.add(
        bank=BANK,
        signals=signals_of(one),
        opinion=Opinion.POSITIVE,
        reference=str(item.id),
        by=by,
    )
    item.state, item.active_at = ItemState.ACTIVE, now()
    item.save(update_fields=("state", "entries", "active_at"))
    record(ItemBanked(subject=item.id, case=item.case_id, kind=Code(item.kind)), by=by)
    if _is_harmless(one, by=by):
        keeping.hold(entries=item.entries, by=by)
        open_dispute(item=item, ground=Ground.KNOWN, source=Source.BANK, by=by)


def _is_harmless(one: Print, *, by: Actor) -> bool:
    looked = looking.look_up(signals=signals_of(one), asker=Asker.LABORATORY, by=by)
    return any(hit.opinion is Opinion.NEGATIVE for hit in looked.hits)


# What someone does to an entry in the bank's own pages is said on the page of who sent it.


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
            finding.bring(entries=item.entries, by=by)
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
