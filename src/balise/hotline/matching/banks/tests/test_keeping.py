"""Banks and entries: what goes in, what goes out, who may, and what is written down."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry as Fact
from balise.hotline.matching.banks.actions import finding, keeping
from balise.hotline.matching.banks.actions.keeping import BankCodeFaulty, BankThere
from balise.hotline.matching.banks.actions.looking import look_up
from balise.hotline.matching.banks.memory import searching
from balise.hotline.matching.banks.models import Bank, Change, Entry, Terms
from balise.hotline.matching.banks.rules.asking import QuestionFaulty
from balise.hotline.matching.banks.rules.deciding import EntryState, Opinion
from balise.hotline.matching.banks.tests.makers import (
    ANALYST,
    LEAD,
    LISTENER,
    make_bank,
    make_clip,
    make_entry,
    make_signal,
)
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal

pytestmark = pytest.mark.django_db


def told(name: str) -> list[dict[str, object]]:
    return [fact.facts for fact in Fact.objects.filter(event=name).order_by("id")]


class TestBanks:
    def test_a_bank_is_made_with_its_terms(self) -> None:
        make_bank("known", distance=12)

        assert Terms.objects.get().distance == 12
        assert told("hotline.bank.added") == [{"distance": 12, "is_negative": False}]

    def test_a_code_is_taken_once(self) -> None:
        make_bank()
        with pytest.raises(BankThere):
            make_bank()

    @pytest.mark.parametrize("code", ["", "-a", "A", "a b", "é", "a" * 41])
    def test_a_code_is_short_and_plain(self, code: str) -> None:
        with pytest.raises(BankCodeFaulty):
            make_bank(code)

    def test_a_change_is_written_down_and_its_terms_kept(self) -> None:
        make_bank()
        bank = Bank.objects.get()
        keeping.change_bank(bank_id=bank.id, distance=8, is_negative=True, is_on=False, by=LEAD)

        assert list(Terms.objects.order_by("id").values_list("distance", flat=True)) == [31, 8]
        assert told("hotline.bank.changed") == [
            {"distance": 8, "is_negative": True, "is_on": False}
        ]


class TestEntries:
    def test_entries_are_added_in_order_and_written_down_once(self) -> None:
        make_bank()
        signals = [make_signal(at) for at in range(3)] + [make_signal(0, kind=HashKind.MD5)]
        ids = keeping.add(bank="known", signals=signals, opinion=Opinion.SEED, by=ANALYST)

        values = dict(Entry.objects.values_list("id", "value"))
        assert [bytes(values[one]) for one in ids] == [signal.value for signal in signals]
        assert told("hotline.entry.added") == [{"first": ids[0], "last": ids[-1], "many": 4}]
        assert [one.is_on for one in Change.objects.all()] == [True] * 4

    def test_what_the_bank_has_keeps_its_entry(self) -> None:
        first = make_entry(make_signal(1))
        again = make_entry(make_signal(1), bank="known")
        twice = keeping.add(
            bank="known", signals=[make_signal(2)] * 2, opinion=Opinion.SEED, by=ANALYST
        )
        other = keeping.add(
            bank="known",
            signals=[make_signal(1)],
            opinion=Opinion.SEED,
            reference="case 2",
            by=ANALYST,
        )

        assert (again, twice[0]) == (first, twice[1])
        assert other != first

    def test_each_frame_of_a_film_is_an_entry(self) -> None:
        make_entry(make_clip([1, 2, 2]))

        assert list(Entry.objects.order_by("id").values_list("second", flat=True)) == [0, 1, 2]
        assert Entry.objects.values("clip").distinct().count() == 1

    def test_what_was_withdrawn_is_asked_again_once_its_source_adds_it(self) -> None:
        entries = make_entry(make_signal(1))
        assert keeping.withdraw(entries=entries, by=ANALYST) == 1
        assert keeping.withdraw(entries=entries, by=ANALYST) == 0
        assert Entry.objects.get().ended_at is not None

        assert make_entry(make_signal(1), bank="known", opinion=Opinion.SEED) == entries
        entry = Entry.objects.get()
        assert (entry.stands, entry.thinks, entry.ended_at) == (EntryState.ON, Opinion.SEED, None)
        assert look_up(signals=[make_signal(1)], by=ANALYST).hits

    def test_what_is_on_hold_stays_so_when_its_source_adds_it_again(self) -> None:
        entries = make_entry(make_signal(1))
        keeping.hold(entries=entries, by=ANALYST)
        make_entry(make_signal(1), bank="known")

        assert Entry.objects.get().stands is EntryState.OFF

    def test_every_step_is_written_down_with_the_bank(self) -> None:
        (entry,) = make_entry(make_signal(1))
        keeping.hold(entries=[entry], by=ANALYST)
        keeping.release(entries=[entry], by=LEAD)
        keeping.quarantine(entry=entry, many=60)
        keeping.set_opinion(entries=[entry], opinion=Opinion.DISPUTED, by=ANALYST)
        keeping.withdraw(entries=[entry], by=ANALYST)

        assert told("hotline.entry.held") == [{"entry": entry}]
        assert told("hotline.entry.released") == [{"entry": entry}]
        assert told("hotline.entry.quarantined") == [{"entry": entry, "many": 60}]
        assert told("hotline.entry.opinion-set") == [{"entry": entry, "opinion": "disputed"}]
        assert told("hotline.entry.withdrawn") == [{"entry": entry}]
        history = list(Change.objects.order_by("seq").values_list("state", "opinion"))
        assert history == [
            ("on", "positive"),
            ("off", "positive"),
            ("on", "positive"),
            ("quarantined", "positive"),
            ("quarantined", "disputed"),
            ("withdrawn", "disputed"),
        ]

    def test_entries_of_one_picture_follow_the_one_that_changed_last(self) -> None:
        one, other = make_entry(make_signal(1)) + make_entry(make_signal(2), bank="known")

        def stand() -> list[str]:
            assert finding.bring(entries=[one, other], by=LEAD) in {0, 1}
            assert finding.bring(entries=[one, other], by=LEAD) == 0
            return list(Entry.objects.order_by("id").values_list("state", flat=True))

        assert finding.bring(entries=[], by=LEAD) == 0
        assert stand() == ["on", "on"]
        keeping.hold(entries=[one], by=ANALYST)
        assert stand() == ["off", "off"]
        keeping.release(entries=[other], by=LEAD)
        assert stand() == ["on", "on"]
        keeping.quarantine(entry=other, many=60)
        assert stand() == ["off", "quarantined"]
        keeping.release(entries=[other], by=LEAD)
        assert stand() == ["on", "on"]
        keeping.withdraw(entries=[one], by=ANALYST)
        assert stand() == ["withdrawn", "on"]
        assert told("hotline.entry.held") == [{"entry": each} for each in (one, other, one)]
        assert len(told("hotline.entry.released")) == 4

    def test_an_unknown_bank_and_what_is_no_hash_are_refused(self) -> None:
        with pytest.raises(NotHere):
            make_entry(make_signal(1), bank="other")
        make_bank()
        with pytest.raises(QuestionFaulty):
            make_entry(Signal(HashKind.PDQ, bytes(20)), bank="known")


REFUSED: dict[str, Callable[[Actor], object]] = {
    "make": lambda by: keeping.add_bank(code="x", name="X", by=by),
    "add": lambda by: keeping.add(bank="known", signals=[], opinion=Opinion.SEED, by=by),
    "withdraw": lambda by: keeping.withdraw(entries=[1], by=by),
    "hold": lambda by: keeping.hold(entries=[1], by=by),
    "release": lambda by: keeping.release(entries=[1], by=by),
    "bring": lambda by: finding.bring(entries=[1], by=by),
    "quarantine": lambda by: keeping.quarantine(entry=1, many=1, by=by),
    "opine": lambda by: keeping.set_opinion(entries=[1], opinion=Opinion.SEED, by=by),
}


@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED)
def test_someone_without_the_ability_is_refused(attempt: Callable[[Actor], object]) -> None:
    with pytest.raises(PermissionDenied):
        attempt(LISTENER)


def test_only_a_lead_makes_banks_and_releases() -> None:
    with pytest.raises(PermissionDenied):
        keeping.add_bank(code="x", name="X", by=ANALYST)
    with pytest.raises(PermissionDenied):
        keeping.release(entries=[1], by=ANALYST)


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_is_not_found() -> None:
    make_bank()
    kept = make_entry(make_signal(1), bank="known")
    with transaction.atomic():
        make_entry(make_signal(2), bank="known")
        keeping.withdraw(entries=kept, by=SYSTEM)
        assert [hit.entry for hit in look_up(signals=[make_signal(2)], by=SYSTEM).hits] != kept
        transaction.set_rollback(True)
    searching.known().expire()

    assert look_up(signals=[make_signal(1)], by=SYSTEM).is_known
    assert not look_up(signals=[make_signal(2)], by=SYSTEM).hits
    assert len(searching.known()) == 1
