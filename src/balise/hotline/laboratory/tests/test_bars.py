"""A picture with bars at its edges: one picture of two hashes, whatever is done to it."""

import pytest

from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry as Fact
from balise.hotline.laboratory.actions import disputing, sending
from balise.hotline.laboratory.models import Case, Item
from balise.hotline.laboratory.queries import tracking
from balise.hotline.laboratory.rules.prints import CodeUsed, NotNow
from balise.hotline.laboratory.rules.standing import (
    CaseState,
    Ground,
    ItemKind,
    ItemState,
    Outcome,
    Source,
)
from balise.hotline.laboratory.tests.makers import (
    hex_of,
    make_barred,
    make_case,
    make_draft,
    make_lead,
    make_prints,
    work_off,
)
from balise.hotline.matching.banks.actions import keeping, looking
from balise.hotline.matching.banks.queries.exchanging import changes, standings
from balise.hotline.matching.banks.rules.deciding import EntryState, Opinion
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal

pytestmark = pytest.mark.django_db

WHOLE, INSIDE = (
    Signal(HashKind.PDQ, bytes.fromhex(hex_of(name))) for name in ("a boat", "the boat alone")
)


def known() -> list[bool]:
    """Return whether a look-up knows the picture with its bars, and without."""
    found = (looking.look_up(signals=[one], by=SYSTEM) for one in (WHOLE, INSIDE))
    return [one.is_known for one in found]


def facts(name: str) -> list[Fact]:
    return list(Fact.objects.filter(event=f"hotline.laboratory.{name}").order_by("id"))


def test_both_are_on_the_list_and_it_is_one_picture_everywhere() -> None:
    case, receipt = make_case(prints=make_barred())
    assert known() == [True, True]
    item = case.items.get()
    assert (item.kind, item.count, len(item.entries)) == (ItemKind.PICTURE, 2, 2)
    (shown,) = tracking.tracked(receipt).prints
    assert (shown.number, shown.count, shown.size) == (1, 2, 64)
    (sent,) = facts("sent")
    assert (sent.facts["hashes"], sent.facts["pictures"]) == (1, 1)
    assert len(facts("banked")) == 1
    assert tracking.latest(seen_by=make_lead())[0].prints == 1


def test_a_partner_that_holds_the_list_gets_both() -> None:
    case, _receipt = make_case(prints=make_barred())
    (one,) = {standing.bank for standing in standings(case.items.get().entries).values()}
    found = changes(banks=[one], after=0, most=9, seen_by=SYSTEM).entries
    assert [each.value for each in found] == [WHOLE.value, INSIDE.value]
    assert [(each.clip, each.is_on) for each in found] == [(None, True)] * 2


def test_a_withdrawal_takes_both_away() -> None:
    case, receipt = make_case(prints=make_barred())
    assert disputing.withdraw(receipt=receipt) == 1
    work_off(case)
    assert known() == [False, False]
    assert len(facts("withdrawn")) == 1
    case.refresh_from_db()
    assert case.stands is CaseState.ENDED


def test_a_draft_keeps_both_and_other_fingerprints_are_not_the_same_sending() -> None:
    receipt = make_draft(make_barred())
    assert tracking.tracked(receipt).waiting == 2
    case_id = sending.send(receipt=receipt, claims=True)
    assert sending.send(receipt=receipt, prints=make_barred(), claims=True) == case_id
    with pytest.raises(CodeUsed):
        sending.send(receipt=receipt, prints=make_prints("a boat"), claims=True)


def test_a_dispute_stops_both_and_lets_both_on_again_or_takes_both_off() -> None:
    lead = make_lead()
    case, _receipt = make_case(prints=make_barred())
    item = case.items.get()
    for outcome, after in ((Outcome.RELEASED, True), (Outcome.STOPPED, False)):
        dispute = disputing.dispute(
            item_id=item.id, ground=Ground.PUBLIC, source=Source.PARTNER, by=lead
        )
        assert known() == [False, False]
        disputing.settle(dispute_id=dispute, outcome=outcome, by=lead)
        assert known() == [after, after]
    assert Item.objects.get().stands is ItemState.TAKEN_OFF


@pytest.mark.parametrize("harmless", [WHOLE, INSIDE])
def test_what_the_negative_bank_knows_of_either_stops_both(harmless: Signal) -> None:
    keeping.add_bank(code="logos", name="Logos", is_negative=True, by=SYSTEM)
    keeping.add(bank="logos", signals=[harmless], opinion=Opinion.NEGATIVE, by=SYSTEM)
    _case, receipt = make_case(prints=make_barred())
    tracked = tracking.tracked(receipt)
    assert [one.state for one in tracked.prints] == [ItemState.HELD]
    assert [one.ground for one in tracked.questions] == [Ground.KNOWN]
    assert known() == [False, False]


@pytest.mark.parametrize("flooded", [0, 1])
def test_a_flood_of_either_stops_both_and_asks_once(flooded: int) -> None:
    lead = make_lead()
    case, _receipt = make_case(prints=make_barred())
    item = case.items.get()
    keeping.quarantine(entry=item.entries[flooded], many=60)
    dispute = disputing.stop_flooded(entry=item.entries[flooded])
    assert dispute is not None
    assert known() == [False, False]
    stand = standings(item.entries)
    assert stand[item.entries[flooded]].state is EntryState.QUARANTINED
    assert stand[item.entries[1 - flooded]].state is EntryState.OFF
    keeping.quarantine(entry=item.entries[1 - flooded], many=60)
    assert disputing.stop_flooded(entry=item.entries[1 - flooded]) is None
    disputing.settle(dispute_id=dispute, outcome=Outcome.RELEASED, by=lead)
    assert known() == [True, True]


def test_both_may_flood_at_once() -> None:
    case, _receipt = make_case(prints=make_barred())
    entries = case.items.get().entries
    for entry in entries:
        keeping.quarantine(entry=entry, many=60)
    assert [disputing.stop_flooded(entry=entry) is None for entry in entries] == [False, True]
    assert {one.state for one in standings(entries).values()} == {EntryState.QUARANTINED}


def test_a_hash_that_is_said_to_be_inside_is_a_hash_like_another() -> None:
    """Someone else's picture, sent as the part inside bars, is disputed as one that is sent."""
    lead = make_lead()
    keeping.add_bank(code="elsewhere", name="Elsewhere", by=SYSTEM)
    (other,) = keeping.add(bank="elsewhere", signals=[INSIDE], opinion=Opinion.POSITIVE, by=SYSTEM)
    case, receipt = make_case(prints=make_barred())
    item = case.items.get()
    disputing.dispute(item_id=item.id, ground=Ground.OTHER, source=Source.STAFF, by=lead)
    disputing.withdraw(receipt=receipt)
    work_off(Case.objects.get(id=case.id))
    assert standings([other])[other].is_on
    assert known() == [False, True]
    with pytest.raises(NotNow):
        disputing.dispute(item_id=item.id, ground=Ground.OTHER, source=Source.STAFF, by=lead)
