"""A partner that holds no bank asks: yes or no, a handle, what to do; and is cut off by itself."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry as Fact
from balise.hotline.matching.banks.actions import keeping, looking
from balise.hotline.matching.banks.queries import exchanging
from balise.hotline.matching.banks.rules.asking import MOST_AT_ONCE
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.exchange import queries
from balise.hotline.matching.exchange.actions import answering, planting
from balise.hotline.matching.exchange.actions.asking import BudgetUsed, TooManyAtOnce, ask
from balise.hotline.matching.exchange.models import Contract, Handed, Probe, Question
from balise.hotline.matching.exchange.queries import IsCutOff, NoContract
from balise.hotline.matching.exchange.rules.items import CutOff, Todo
from balise.hotline.matching.exchange.rules.probing import MOST_OF_EACH
from balise.hotline.matching.exchange.tests.makers import (
    ANALYST,
    BANK,
    LEAD,
    make_bank,
    make_contract,
    make_entry,
    make_signal,
    turned,
    without,
)
from balise.hotline.matching.signals.rules import pdq
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal, Turn
from balise.hotline.matching.signals.tests import drawn, files

pytestmark = pytest.mark.django_db


class TestAnswers:
    def test_yes_with_a_handle_and_what_to_do(self) -> None:
        make_entry(make_signal(1))
        partner = make_contract()
        [yes, no] = ask(signals=[turned(make_signal(1), 3, 4), make_signal(2)], by=partner)
        assert (yes.is_known, yes.do) == (True, Todo.BLOCK)
        assert yes.handle is not None
        assert (no.is_known, no.handle, no.do) == (False, None, Todo.NOTHING)

    def test_the_same_entry_has_the_same_handle_for_one_partner_alone(self) -> None:
        make_entry(make_signal(1))
        one, other = make_contract(), make_contract(name="Clipéo")
        first = ask(signals=[make_signal(1)], by=one)[0].handle
        assert ask(signals=[turned(make_signal(1), 9)], by=one)[0].handle == first
        assert ask(signals=[make_signal(1)], by=other)[0].handle != first

    def test_what_only_asks_for_a_look_is_reviewed(self) -> None:
        make_entry(make_signal(1), opinion=Opinion.SEED)
        assert ask(signals=[make_signal(1)], by=make_contract())[0].do is Todo.REVIEW

    def test_a_negative_entry_is_nothing(self) -> None:
        make_entry(make_signal(1), opinion=Opinion.NEGATIVE)
        assert ask(signals=[make_signal(1)], by=make_contract())[0].do is Todo.NOTHING

    def test_what_is_held_or_withdrawn_is_nothing(self) -> None:
        one, other = make_entry(make_signal(1)), make_entry(make_signal(2))
        keeping.hold(entries=[one], by=SYSTEM)
        keeping.withdraw(entries=[other], by=SYSTEM)
        told = ask(signals=[make_signal(1), make_signal(2)], by=make_contract())
        assert {one.do for one in told} == {Todo.NOTHING}

    def test_a_bank_that_is_not_in_the_contract_is_not_told(self) -> None:
        make_entry(make_signal(1), bank="ncmec")
        assert not ask(signals=[make_signal(1)], by=make_contract())[0].is_known

    def test_other_kinds_are_answered_too(self) -> None:
        signal = Signal(HashKind.MD5, bytes(range(16)))
        make_entry(signal)
        assert ask(signals=[signal], by=make_contract())[0].do is Todo.BLOCK

    def test_an_answer_that_is_not_whole_is_never_no(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_bank()
        whole = looking.look_up

        def partial(**given: Any) -> looking.LookedUp:
            return replace(whole(**given), is_partial=True)

        monkeypatch.setattr(looking, "look_up", partial)
        assert ask(signals=[make_signal(1)], by=make_contract())[0].do is Todo.ASK_AGAIN


@pytest.mark.safety
class TestTurned:
    @pytest.mark.parametrize("turn", Turn)
    def test_a_turned_copy_is_known_by_its_hash_alone(self, turn: Turn) -> None:
        shown = files.landscape(1200, 900)
        entry = make_entry(Signal(HashKind.PDQ, pdq.hash_pixels(shown).value))
        copy = Image.fromarray(drawn.turned(shown, turn)).resize((600, 450))
        asked = pdq.hash_pixels(np.asarray(copy))
        partner = make_contract()
        [told] = ask(signals=[Signal(HashKind.PDQ, *asked)], by=partner)
        assert (told.is_known, told.do) == (True, Todo.BLOCK)
        assert list(Handed.objects.values_list("entry", flat=True)) == [entry]

    def test_copies_of_one_picture_cost_one_probe_however_turned(self) -> None:
        partner = make_contract(a_day=1)
        for value in pdq.nearly_turned(make_signal(1).value):
            ask(signals=[Signal(HashKind.PDQ, value)], by=partner)
        assert Probe.objects.count() == 1

    def test_other_pictures_sent_as_turns_cost_as_much_as_they_would_alone(self) -> None:
        others = [make_signal(seed).value for seed in range(8)]
        partner = make_contract(a_day=7)
        with pytest.raises(BudgetUsed):
            ask(signals=[Signal(HashKind.PDQ, others[0], turns=tuple(others))], by=partner)
        assert Question.objects.get().asked == 8

    def test_measuring_by_turned_copies_cuts_off(self) -> None:
        make_entry(make_signal(1))
        partner = make_contract()
        mirror = Signal(HashKind.PDQ, pdq.nearly_turned(make_signal(1).value)[Turn.MIRRORED])
        ask(signals=[turned(make_signal(1), bit) for bit in range(MOST_OF_EACH + 1)], by=partner)
        no = [turned(mirror, *range(200, 240), bit) for bit in range(MOST_OF_EACH + 1)]
        with pytest.raises(IsCutOff):
            ask(signals=no, by=partner)

    def test_a_planted_entry_is_far_from_a_real_one_in_all_turns(self) -> None:
        make_bank()
        planting.plant(bank=BANK, by=SYSTEM)
        entry, value = next(iter(exchanging.planted(BANK).items()))
        mirror = Signal(HashKind.PDQ, pdq.nearly_turned(value)[Turn.MIRRORED])
        make_entry(turned(mirror, *range(60)))
        assert planting.plant(bank=BANK, by=SYSTEM) == 1
        assert entry not in exchanging.planted(BANK)


class TestWrittenDown:
    def test_how_many_and_never_which(self) -> None:
        make_entry(make_signal(1))
        partner = make_contract()
        ask(signals=[make_signal(1), make_signal(2)], by=partner)
        [question] = Question.objects.all()
        assert (question.asked, question.probes, question.known) == (2, 2, 1)
        fact = Fact.objects.get(event="hotline.contract.asked")
        assert fact.facts == {"asked": 2, "probes": 2, "known": 1}
        assert make_signal(1).value.hex() not in fact.facts_text

    def test_copies_of_one_picture_cost_one_probe(self) -> None:
        partner = make_contract(a_day=1)
        for bit in range(5):
            ask(signals=[turned(make_signal(1), bit)], by=partner)
        assert Probe.objects.count() == 1


class TestBudget:
    def test_a_minute(self) -> None:
        partner = make_contract(a_minute=2)
        ask(signals=[make_signal(1), make_signal(2)], by=partner)
        with pytest.raises(BudgetUsed) as refused:
            ask(signals=[make_signal(3)], by=partner)
        assert refused.value.seconds == 60
        assert Question.objects.filter(refused="minute").count() == 1
        assert Fact.objects.filter(event="hotline.contract.question-refused").count() == 1
        with clock.at(clock.now() + timedelta(minutes=1)):
            ask(signals=[make_signal(3)], by=partner)

    def test_a_day(self) -> None:
        partner = make_contract(a_day=2)
        noon = clock.now().astimezone(clock.zone()).replace(hour=12)
        with clock.at(noon):
            ask(signals=[make_signal(1), make_signal(2)], by=partner)
            with pytest.raises(BudgetUsed) as refused:
                ask(signals=[make_signal(3)], by=partner)
        assert refused.value.seconds > 60
        with clock.at(noon + timedelta(days=1)):
            ask(signals=[make_signal(3)], by=partner)

    def test_too_many_at_once(self) -> None:
        partner = make_contract()
        with pytest.raises(TooManyAtOnce):
            ask(signals=[make_signal(1)] * (MOST_AT_ONCE + 1), by=partner)


class TestCutOff:
    def test_a_planted_entry_cuts_off(self) -> None:
        partner = make_contract()
        planting.plant(bank=BANK, by=SYSTEM)
        value = next(iter(exchanging.planted(BANK).values()))
        with pytest.raises(IsCutOff):
            ask(signals=[turned(Signal(HashKind.PDQ, value), 1)], by=partner)
        assert Contract.objects.get().because is CutOff.PLANTED
        assert Fact.objects.filter(event="hotline.contract.cut-off").count() == 1
        assert queries.alarms(seen_by=LEAD).count == 1
        assert not Handed.objects.exists()
        with pytest.raises(IsCutOff):
            ask(signals=[make_signal(1)], by=partner)

    def test_measuring_where_an_entry_lies_cuts_off(self) -> None:
        make_entry(make_signal(1))
        partner = make_contract()
        yes = [turned(make_signal(1), bit) for bit in range(MOST_OF_EACH + 1)]
        no = [turned(make_signal(1), *range(200, 240), bit) for bit in range(MOST_OF_EACH + 1)]
        ask(signals=yes, by=partner)
        with pytest.raises(IsCutOff):
            ask(signals=no, by=partner)
        assert Contract.objects.get().because is CutOff.PROBING

    def test_a_person_opens_again(self) -> None:
        partner = make_contract()
        Contract.objects.update(cut_off_at=clock.now(), why=CutOff.PROBING)
        with pytest.raises(PermissionDenied):
            answering.reopen(partner_id=Contract.objects.get().id, by=ANALYST)
        answering.reopen(partner_id=Contract.objects.get().id, by=LEAD)
        assert len(ask(signals=[make_signal(1)], by=partner)) == 1
        assert Fact.objects.filter(event="hotline.contract.reopened").count() == 1


class TestWhoMayNot:
    def test_without_the_scope(self) -> None:
        with pytest.raises(PermissionDenied):
            ask(signals=[make_signal(1)], by=without(make_contract()))

    def test_without_a_contract_for_it(self) -> None:
        partner = make_contract()
        Contract.objects.update(holds=True)
        with pytest.raises(NoContract):
            ask(signals=[make_signal(1)], by=partner)

    def test_once_the_contract_has_ended(self) -> None:
        partner = make_contract()
        Contract.objects.update(ends_on=clock.today() - timedelta(days=1))
        with pytest.raises(NoContract):
            ask(signals=[make_signal(1)], by=partner)


class TestPlanting:
    def test_a_bank_gets_its_planted_entries_once(self) -> None:
        make_bank()
        assert planting.plant(bank=BANK, by=SYSTEM) == planting.MANY
        assert planting.plant(bank=BANK, by=SYSTEM) == 0

    def test_one_that_a_real_hash_came_near_to_is_replaced(self) -> None:
        make_bank()
        planting.plant(bank=BANK, by=SYSTEM)
        entry, value = next(iter(exchanging.planted(BANK).items()))
        make_entry(turned(Signal(HashKind.PDQ, value), *range(60)))
        assert planting.plant(bank=BANK, by=SYSTEM) == 1
        assert entry not in exchanging.planted(BANK)
        assert len(exchanging.planted(BANK)) == planting.MANY

    def test_who_may_not(self) -> None:
        with pytest.raises(PermissionDenied):
            planting.plant(bank=make_bank(), by=ANALYST)


class TestContracts:
    def test_no_partner_may_ask_without_end(self) -> None:
        partner = make_contract()
        with pytest.raises(answering.TooMuch):
            answering.agree(
                partner_id=Contract.objects.get().id,
                holds=False,
                banks=[],
                a_day=answering.MOST_A_DAY + 1,
                a_minute=1,
                by=LEAD,
            )
        assert partner.key == str(Contract.objects.get().id)

    def test_it_is_written_down(self) -> None:
        make_contract()
        assert Fact.objects.filter(event="hotline.contract.agreed").count() == 1
