"""A dispute stops the fingerprint first and asks after; nobody looks at a picture to decide."""

from uuid import UUID

from django.db import transaction

from balise.foundation.actors import ANYONE, SYSTEM, Actor
from balise.foundation.clock import now
from balise.foundation.encryption.receipts import Receipt
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.hotline.laboratory import access
from balise.hotline.laboratory.actions.withdrawing import end_if_over, remove
from balise.hotline.laboratory.events import DisputeAnswered, DisputeOpened, DisputeSettled
from balise.hotline.laboratory.models import ANSWER, BANK, Case, Dispute, Item
from balise.hotline.laboratory.queries.coded import opened
from balise.hotline.laboratory.rules.prints import item_of
from balise.hotline.laboratory.rules.refusals import NotNow
from balise.hotline.laboratory.rules.words import Ground, ItemKind, ItemState, Outcome, Source
from balise.hotline.matching.banks.actions import keeping, together
from balise.hotline.matching.banks.queries.exchanging import standings

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
        together.bring(entries=item.entries, by=by)
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
