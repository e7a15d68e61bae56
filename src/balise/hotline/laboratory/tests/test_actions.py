"""Each action: what it writes, what it tells the journal, and what it refuses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.worded import new_receipt
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry as Fact
from balise.helpline.cases.models import Referral
from balise.hotline.laboratory import tasks
from balise.hotline.laboratory.actions import disputing, helping, linking, sending
from balise.hotline.laboratory.models import Case, Dispute, Item
from balise.hotline.laboratory.module import RULES
from balise.hotline.laboratory.queries import tracking
from balise.hotline.laboratory.rules.links import LinkUnreadable, read_links
from balise.hotline.laboratory.rules.prints import (
    ClaimMissing,
    CodeUnknown,
    CodeUsed,
    NothingPrecise,
    NotNow,
    ReportThere,
)
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
    make_case,
    make_disputed,
    make_draft,
    make_lead,
    make_prints,
    work_off,
)
from balise.hotline.matching.banks.actions import keeping, looking
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal
from balise.hotline.reports.models import Report
from balise.hotline.reports.queries import receipts

pytestmark = pytest.mark.django_db

BOAT = Signal(HashKind.PDQ, bytes.fromhex(hex_of("a boat")))


def facts(name: str) -> list[Fact]:
    return list(Fact.objects.filter(event=f"hotline.laboratory.{name}").order_by("id"))


def is_known(signal: Signal = BOAT) -> bool:
    return looking.look_up(signals=[signal], by=SYSTEM).is_known


def test_a_draft_is_on_no_list_and_can_be_sent_later() -> None:
    receipt = make_draft()
    assert tracking.is_draft(receipt)
    assert tracking.tracked(receipt).waiting == 1
    (saved,) = facts("saved")
    disputing.bank(case_id=saved.subject)
    assert not Item.objects.exists()
    case_id = sending.send(receipt=receipt, claims=True)
    disputing.bank(case_id=case_id)
    assert is_known()
    with pytest.raises(CodeUsed):
        sending.save(receipt=receipt, prints=make_prints("a tree"))
    assert not tracking.is_draft(receipt)


def test_what_is_sent_is_banked_once_and_leaves_nothing_sealed_behind() -> None:
    case, receipt = make_case("a boat", "a tree", frames=4)
    disputing.bank(case_id=case.id)
    case.refresh_from_db()
    assert bytes(case.sealed) == b""
    assert [(item.kind, item.count, item.state) for item in case.items.all()] == [
        ("picture", 1, "active"),
        ("picture", 1, "active"),
        ("clip", 4, "active"),
    ]
    assert is_known()
    (sent,) = facts("sent")
    assert (sent.facts["hashes"], sent.facts["pictures"], sent.facts["clips"]) == (6, 2, 1)
    assert len(facts("banked")) == 3
    assert tracking.tracked(receipt).can_leave == 3


def test_a_second_sending_is_the_first_one() -> None:
    case, receipt = make_case()
    assert sending.send(receipt=receipt, prints=make_prints("a boat"), claims=True) == case.id
    assert sending.save(receipt=receipt, prints=make_prints("a boat")) == case.id
    assert sending.send(receipt=receipt, claims=True) == case.id
    assert case.items.count() == 1
    assert len(facts("sent")) == 1


def test_other_fingerprints_under_a_code_that_was_used_are_refused() -> None:
    _case, sent = make_case()
    deleted = make_draft()
    disputing.erase_draft(receipt=deleted)
    for receipt in (sent, deleted):
        with pytest.raises(CodeUsed):
            sending.send(receipt=receipt, prints=make_prints("a tree"), claims=True)
        with pytest.raises(CodeUsed):
            sending.save(receipt=receipt, prints=make_prints("a tree"))
    assert Item.objects.count() == 1


def test_only_who_says_that_it_is_them_may_send() -> None:
    with pytest.raises(ClaimMissing):
        sending.send(receipt=new_receipt(), prints=make_prints("a boat"), claims=False)
    with pytest.raises(NothingPrecise):
        sending.send(receipt=new_receipt(), claims=True)
    assert not Case.objects.exists()


def test_no_hash_stands_in_the_journal() -> None:
    case, receipt = make_case("a boat", frames=2)
    disputing.withdraw(receipt=receipt)
    work_off(case)
    said = " ".join(Fact.objects.values_list("facts_text", flat=True))
    assert hex_of("a boat") not in said
    assert hex_of("frame 0") not in said


def test_one_fingerprint_is_withdrawn_and_then_all() -> None:
    case, receipt = make_case("a boat", "a tree")
    first, second = case.items.all()
    assert disputing.withdraw(receipt=receipt, item_id=first.id) == 1
    assert disputing.withdraw(receipt=receipt, item_id=first.id) == 0
    work_off(case)
    assert not is_known()
    assert is_known(Signal(HashKind.PDQ, bytes.fromhex(hex_of("a tree"))))
    assert Item.objects.get(id=second.id).stands is ItemState.ACTIVE
    disputing.withdraw(receipt=receipt)
    work_off(case)
    case.refresh_from_db()
    assert case.stands is CaseState.ENDED
    assert [one.subject for one in facts("withdrawn")] == [first.id, second.id]
    assert len(facts("ended")) == 1


def test_what_is_withdrawn_before_it_is_banked_never_is() -> None:
    case, receipt = make_case(banked=False)
    disputing.withdraw(receipt=receipt)
    work_off(case)
    disputing.bank(case_id=case.id)
    assert not is_known()
    case.refresh_from_db()
    assert case.stands is CaseState.ENDED


def test_a_code_opens_its_own_case_alone() -> None:
    case, _receipt = make_case()
    _other, other = make_case("a tree")
    with pytest.raises(NotHere):
        disputing.withdraw(receipt=other, item_id=case.items.get().id)
    with pytest.raises(CodeUnknown):
        disputing.withdraw(receipt=new_receipt())
    with pytest.raises(CodeUnknown):
        tracking.tracked(new_receipt())


def test_a_draft_is_deleted_by_its_code() -> None:
    receipt = make_draft()
    disputing.withdraw(receipt=receipt)
    assert tracking.tracked(receipt).waiting == 1
    for _again in range(2):
        disputing.erase_draft(receipt=receipt)
    assert tracking.tracked(receipt).waiting == 0
    assert Case.objects.get().stands is CaseState.ENDED


def test_what_was_sent_meanwhile_is_no_draft_to_delete() -> None:
    receipt = make_draft()
    sending.send(receipt=receipt, claims=True)
    with pytest.raises(NotNow):
        disputing.erase_draft(receipt=receipt)
    assert Case.objects.get().stands is CaseState.SENT
    assert not facts("withdrawal-asked")
    with pytest.raises(CodeUnknown):
        disputing.erase_draft(receipt=new_receipt())


def test_a_dispute_stops_first_and_asks_after() -> None:
    lead = make_lead()
    item, receipt, dispute = make_disputed(lead)
    assert not is_known()
    assert item.stands is ItemState.HELD
    (question,) = tracking.tracked(receipt).questions
    assert question.ground is Ground.PUBLIC
    disputing.answer(receipt=receipt, dispute_id=dispute, text="C’est moi, chez moi.")
    with pytest.raises(NotNow):
        disputing.answer(receipt=receipt, dispute_id=dispute, text="Encore.")
    (shown,) = tracking.case(item.case_id, seen_by=lead).disputes
    assert shown.answer == "C’est moi, chez moi."
    disputing.settle(dispute_id=dispute, outcome=Outcome.RELEASED, by=lead)
    assert is_known()
    assert tracking.tracked(receipt).questions == ()
    with pytest.raises(NotNow):
        disputing.settle(dispute_id=dispute, outcome=Outcome.STOPPED, by=lead)
    names = ("disputed", "dispute-answered", "dispute-settled")
    assert [len(facts(name)) for name in names] == [1, 1, 1]


def test_a_dispute_that_is_right_takes_the_fingerprint_off() -> None:
    lead = make_lead()
    item, _receipt, dispute = make_disputed(lead)
    disputing.settle(dispute_id=dispute, outcome=Outcome.STOPPED, by=lead)
    assert Item.objects.get(id=item.id).stands is ItemState.TAKEN_OFF
    assert Case.objects.get().stands is CaseState.ENDED
    with pytest.raises(NotNow):
        disputing.dispute(item_id=item.id, ground=Ground.MARK, source=Source.STAFF, by=lead)


def test_a_withdrawal_ends_a_dispute_that_is_open() -> None:
    lead = make_lead()
    item, receipt, dispute = make_disputed(lead)
    disputing.withdraw(receipt=receipt)
    work_off(Case.objects.get(id=item.case_id))
    with pytest.raises(NotNow):
        disputing.settle(dispute_id=dispute, outcome=Outcome.RELEASED, by=lead)
    assert not is_known()
    assert tracking.open_disputes(seen_by=lead) == []


def test_what_the_negative_bank_knows_is_disputed_as_it_comes() -> None:
    keeping.add_bank(code="logos", name="Logos", is_negative=True, by=SYSTEM)
    keeping.add(bank="logos", signals=[BOAT], opinion=Opinion.NEGATIVE, by=SYSTEM)
    _case, receipt = make_case("a boat", "a tree")
    tracked = tracking.tracked(receipt)
    assert [one.state for one in tracked.prints] == [ItemState.HELD, ItemState.ACTIVE]
    assert [one.ground for one in tracked.questions] == [Ground.KNOWN]
    assert not is_known()


def test_a_flood_stops_a_picture_for_a_look() -> None:
    lead = make_lead()
    case, receipt = make_case()
    (entry,) = case.items.get().entries
    keeping.quarantine(entry=entry, many=60)
    tasks.stop_flooded([flooded(entry), flooded(entry)])
    assert not is_known()
    tracked = tracking.tracked(receipt)
    assert [one.state for one in tracked.prints] == [ItemState.HELD]
    assert [one.ground for one in tracked.questions] == [Ground.FLOOD]
    (shown,) = tracking.open_disputes(seen_by=lead)
    assert (shown.ground, shown.source) == (Ground.FLOOD, Source.BANK)
    assert [fact.facts["ground"] for fact in facts("disputed")] == ["flood"]
    assert not Fact.objects.filter(event="hotline.entry.held").exists()

    disputing.settle(dispute_id=shown.id, outcome=Outcome.RELEASED, by=lead)
    assert is_known()
    tasks.stop_flooded([flooded(entry)])
    assert is_known(), "it was released meanwhile"
    assert tracking.open_disputes(seen_by=lead) == []


def test_a_flood_of_one_frame_or_of_others_asks_nobody() -> None:
    case, receipt = make_case(frames=4)
    frame = case.items.get(kind=ItemKind.CLIP).entries[1]
    keeping.add_bank(code="known", name="Known", by=SYSTEM)
    (other,) = keeping.add(bank="known", signals=[BOAT], opinion=Opinion.POSITIVE, by=SYSTEM)
    for entry in (frame, other):
        keeping.quarantine(entry=entry, many=60)
    tasks.stop_flooded([flooded(frame), flooded(other), flooded(other + 1)])
    assert tracking.tracked(receipt).questions == ()
    with pytest.raises(PermissionDenied):
        disputing.stop_flooded(entry=frame, by=make_actor("analyst"))


def flooded(entry: int) -> Fact:
    """Return what the bank tells of an entry in quarantine."""
    facts = f'{{"entry":{entry},"many":60}}'
    return Fact(actor_kind="system", subject=uuid4(), facts_text=facts)


def test_an_analyst_sees_cases_and_decides_nothing() -> None:
    lead, analyst, nobody = make_lead(), make_actor("analyst"), make_actor("listener")
    item, receipt, dispute = make_disputed(lead)
    disputing.answer(receipt=receipt, dispute_id=dispute, text="C’est moi.")
    assert tracking.case(item.case_id, seen_by=analyst).disputes[0].answer == ""
    with pytest.raises(PermissionDenied):
        disputing.settle(dispute_id=dispute, outcome=Outcome.STOPPED, by=analyst)
    with pytest.raises(PermissionDenied):
        disputing.dispute(item_id=item.id, ground=Ground.MARK, source=Source.STAFF, by=analyst)
    with pytest.raises(PermissionDenied):
        tracking.latest(seen_by=nobody)


def test_nobody_of_the_team_sees_a_draft() -> None:
    make_draft()
    case = Case.objects.get()
    assert tracking.latest(seen_by=make_lead()) == []
    with pytest.raises(NotHere):
        tracking.case(case.id, seen_by=make_lead())


def test_links_become_a_report_under_the_same_code_once() -> None:
    _case, receipt = make_case()
    links = read_links("https://pictures.example/1\n\nhttps://pictures.example/2")
    assert linking.report(receipt=receipt, links=links, language="fr")
    assert not linking.report(receipt=receipt, links=links, language="fr")
    with pytest.raises(ReportThere):
        linking.report(
            receipt=receipt, links=read_links("https://pictures.example/3"), language="fr"
        )
    report = Report.objects.get()
    assert report.category == "ncii"
    assert len(receipts.followed(receipt).standings) == 2
    assert [one.place for one in tracking.tracked(receipt).removals] == [
        "https://pictures.example/1",
        "https://pictures.example/2",
    ]


def test_a_line_that_is_no_address_is_refused_and_no_line_is_no_report() -> None:
    _case, receipt = make_case()
    with pytest.raises(LinkUnreadable):
        read_links("sur son compte")
    with pytest.raises(LinkUnreadable):
        read_links("\n".join(f"https://pictures.example/{n}" for n in range(21)))
    assert not linking.report(receipt=receipt, links=(), language="fr")
    with pytest.raises(CodeUnknown):
        linking.report(receipt=new_receipt(), links=(), language="fr")
    assert not Report.objects.exists()


def test_a_minor_is_passed_to_the_helpline_once_and_no_hash_is_here() -> None:
    origin = uuid4()
    for _again in range(2):
        helping.ask_helpline(
            origin=origin, contact="06 00 00 00 00", age_band="13-14", is_threat=True, by=ANYONE
        )
    assert Referral.objects.get().is_child
    assert Fact.objects.filter(event="helpline.referral.received").count() == 1
    assert not Case.objects.exists()


def test_nobody_came_back_for_five_years() -> None:
    case, receipt = make_case()
    with clock.at(clock.now() + disputing.UNOPENED_KEPT - timedelta(days=2)):
        assert disputing.end_unopened() == 0
        sending.come_back(receipt=receipt)
    with clock.at(clock.now() + disputing.UNOPENED_KEPT + timedelta(days=2)):
        assert disputing.end_unopened() == 0
    with clock.at(clock.now() + 2 * disputing.UNOPENED_KEPT + timedelta(days=2)):
        assert disputing.end_unopened() == 1
        work_off(case)
    assert not is_known()


def test_what_is_over_is_deleted_and_what_protects_stays() -> None:
    drafts, over = RULES
    make_draft()
    kept, _receipt = make_case("a tree")
    case, receipt = make_case()
    disputing.withdraw(receipt=receipt)
    work_off(case)
    with clock.at(clock.now() + timedelta(days=91)):
        for rule in (drafts, over):
            rule.erase([one.pk for one in rule.due(clock.now())])
    assert [one.id for one in Case.objects.all()] == [kept.id]
    assert not Dispute.objects.exists()
    assert not KeyWrap.objects.filter(record=case.id).exists()
