"""A partner that holds a bank pulls signed pages and says what it did."""

from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.encryption.signatures import is_signed_by, own_pair
from balise.foundation.journal.models import Entry as Fact
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.queries import exchanging
from balise.hotline.matching.exchange.actions import answering, handing, planting
from balise.hotline.matching.exchange.actions.answering import Given
from balise.hotline.matching.exchange.actions.asking import ask
from balise.hotline.matching.exchange.models import Contract, Reply, Sheet
from balise.hotline.matching.exchange.queries import (
    IsCutOff,
    NoContract,
    answers_of,
    answers_of_entries,
    holders,
    key_of,
    withdrawn,
)
from balise.hotline.matching.exchange.rules import sheets
from balise.hotline.matching.exchange.rules.handles import handle_of
from balise.hotline.matching.exchange.rules.items import CutOff, Replied
from balise.hotline.matching.exchange.tests.makers import (
    ANALYST,
    BANK,
    make_contract,
    make_entry,
    make_signal,
)
from balise.hotline.matching.signals.rules.kinds import Turn

pytestmark = pytest.mark.django_db


def pull(partner: Actor, after: int = 0) -> dict[str, Any]:
    """Pull as a partner does: ask, let the worker sign, ask again."""
    pulled = handing.pull(after=after, by=partner)
    if pulled.is_coming:
        handing.prepare(partner_id=UUID(partner.key), by=SYSTEM)
        pulled = handing.pull(after=after, by=partner)
    found: dict[str, Any] = orjson.loads(pulled.body) if pulled.body else {}
    return found


def handle(partner: Actor, entry: int) -> UUID:
    return handle_of(entry, key=key_of(UUID(partner.key)))


class TestPulling:
    def test_a_page_is_signed_by_the_line(self) -> None:
        make_entry()
        partner = make_contract(holds=True)
        assert handing.pull(after=0, by=partner).is_coming
        handing.prepare(partner_id=UUID(partner.key), by=SYSTEM)
        pulled = handing.pull(after=0, by=partner)
        pair = own_pair("hotline")
        assert pulled.key_id == pair.signing_id
        assert is_signed_by(pair.signing, pulled.body, pulled.signature)
        assert not is_signed_by(pair.signing, pulled.body + b" ", pulled.signature)

    def test_what_changed_comes_once(self) -> None:
        entry = make_entry()
        partner = make_contract(holds=True)
        page = pull(partner)
        [line] = page["entries"]
        assert line["hash"] == make_signal().value.hex()
        assert line["handle"] == str(handle(partner, entry))
        assert pull(partner, page["checkpoint"]) == {}
        assert Contract.objects.get().checkpoint == page["checkpoint"]

    def test_a_withdrawal_comes_without_its_hash(self) -> None:
        entry = make_entry()
        partner = make_contract(holds=True)
        checkpoint = pull(partner)["checkpoint"]
        keeping.withdraw(entries=[entry], by=SYSTEM)
        page = pull(partner, checkpoint)
        [line] = page["entries"]
        assert (line["on"], line["hash"]) == (False, "")

    def test_many_changes_are_many_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sheets, "MOST", 2)
        for seed in range(5):
            make_entry(make_signal(seed))
        partner = make_contract(holds=True)
        seen: list[object] = []
        page = pull(partner)
        while page:
            seen.append(len(page["entries"]))
            page = pull(partner, page["checkpoint"])
        assert seen == [2, 2, 1]

    def test_what_was_taken_is_forgotten_and_can_be_had_again(self) -> None:
        make_entry()
        partner = make_contract(holds=True)
        checkpoint = pull(partner)["checkpoint"]
        pull(partner, checkpoint)
        assert not Sheet.objects.exists()
        assert pull(partner, 0)["checkpoint"] == checkpoint

    def test_another_bank_is_not_told(self) -> None:
        make_entry(bank="ncmec")
        assert pull(make_contract(holds=True)) == {}

    def test_who_may_not(self) -> None:
        asker = make_contract()
        with pytest.raises(PermissionDenied):
            handing.pull(after=0, by=asker)
        holder = make_contract(holds=True, name="Clipéo")
        Contract.objects.filter(id=holder.key).update(holds=False)
        with pytest.raises(NoContract):
            handing.pull(after=0, by=holder)
        Contract.objects.filter(id=holder.key).update(
            holds=True, cut_off_at=clock.now(), why=CutOff.INVENTED
        )
        with pytest.raises(IsCutOff):
            handing.pull(after=0, by=holder)
        with pytest.raises(PermissionDenied):
            handing.prepare(partner_id=UUID(holder.key), by=ANALYST)


class TestAnswering:
    def test_what_a_partner_did_is_told_to_who_follows(self) -> None:
        entry = make_entry(reference="case-1")
        partner = make_contract(holds=True)
        mine = handle(partner, entry)
        answering.answer(given=[Given(mine, Replied.RECEIVED)], by=partner)
        answering.answer(given=[Given(mine, Replied.BLOCKED, Turn.MIRRORED, 3)], by=partner)
        [found] = answers_of(["case-1"])
        assert answers_of_entries([entry]) == [found]
        assert found.name == "Papotin"
        assert (found.replied, found.turn, found.count) == (Replied.BLOCKED, Turn.MIRRORED, 3)
        assert found.received_at is not None
        assert found.blocked_at is not None
        facts = Fact.objects.filter(event="hotline.contract.answered").order_by("id")
        assert [one.facts["replied"] for one in facts] == ["received", "blocked"]
        assert facts[1].facts["reference"] == "case-1"
        assert answers_of([""]) == []

    def test_the_same_again_tells_nothing(self) -> None:
        entry = make_entry()
        partner = make_contract(holds=True)
        given = [Given(handle(partner, entry), Replied.NOT_FOUND)]
        answering.answer(given=given, by=partner)
        answering.answer(given=given, by=partner)
        assert Fact.objects.filter(event="hotline.contract.answered").count() == 1

    def test_handles_of_another_are_told_apart(self) -> None:
        entry = make_entry()
        partner, other = make_contract(holds=True), make_contract(holds=True, name="Clipéo")
        given = [
            Given(uuid4(), Replied.BLOCKED),
            Given(handle(partner, entry), Replied.RECEIVED),
            Given(handle(other, entry), Replied.BLOCKED),
        ]
        assert answering.answer(given=given, by=partner) == [0, 2]
        assert Reply.objects.count() == 1

    def test_who_blocks_what_no_picture_has_is_cut_off(self) -> None:
        partner = make_contract(holds=True)
        planting.plant(bank=BANK, by=SYSTEM)
        planted = next(iter(exchanging.planted(BANK)))
        mine = handle(partner, planted)
        answering.answer(given=[Given(mine, Replied.RECEIVED)], by=partner)
        assert Contract.objects.get().cut_off_at is None
        answering.answer(given=[Given(mine, Replied.BLOCKED)], by=partner)
        assert Contract.objects.get().because is CutOff.INVENTED
        assert not Reply.objects.exists()

    def test_a_withdrawal_is_confirmed_once_it_is_one(self) -> None:
        entry = make_entry()
        partner = make_contract()
        [told] = ask(signals=[make_signal()], by=partner)
        assert told.handle is not None
        assert withdrawn(UUID(partner.key)) == []
        keeping.withdraw(entries=[entry], by=SYSTEM)
        handing.note_ended(entries=[entry], by=SYSTEM)
        assert withdrawn(UUID(partner.key)) == [told.handle]
        answering.answer(given=[Given(told.handle, Replied.WITHDRAWN)], by=partner)
        assert withdrawn(UUID(partner.key)) == []
        confirmed = Fact.objects.get(event="hotline.contract.withdrawal-confirmed")
        assert confirmed.facts["entry"] == entry

    def test_what_is_back_needs_not_be_forgotten(self) -> None:
        entry = make_entry()
        partner = make_contract()
        ask(signals=[make_signal()], by=partner)
        handing.note_ended(entries=[entry], by=SYSTEM)
        handing.note_ended(entries=[entry], is_back=True, by=SYSTEM)
        assert withdrawn(UUID(partner.key)) == []

    def test_who_may_not(self) -> None:
        with pytest.raises(PermissionDenied):
            answering.answer(given=[], by=ANALYST)


def test_who_holds_a_bank() -> None:
    make_contract(holds=True)
    make_contract(name="Clipéo")
    assert [one.name for one in holders(BANK)] == ["Papotin"]
    assert holders("ncmec") == []
