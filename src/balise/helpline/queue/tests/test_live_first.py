"""Whoever is there comes before what is not live; someone in danger before all."""

from datetime import timedelta
from importlib import import_module
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.helpline.queue import queries
from balise.helpline.queue.actions import claiming, seating, waiting
from balise.helpline.queue.models import Item, Seat
from balise.helpline.queue.rules import (
    PREFERRED_FOR,
    Band,
    ItemState,
    NotWaiting,
    Reason,
    Risk,
    SeatFull,
    SeatNeeded,
    SeatState,
    Skill,
    WaitKind,
    rank,
)
from balise.helpline.queue.tests.makers import make_item, make_listener, make_supervisor

pytestmark = pytest.mark.django_db

WRITTEN = (WaitKind.MESSAGE, WaitKind.REMOVAL, WaitKind.CALL_BACK)


def taken(listener: Actor) -> UUID | None:
    claimed = claiming.claim_next(by=listener)
    return claimed.id if claimed else None


def facts(event: str) -> list[dict[str, object]]:
    return [dict(one.facts) for one in Entry.objects.filter(event=event).order_by("id")]


class TestNext:
    @pytest.mark.parametrize("kind", WRITTEN)
    @pytest.mark.parametrize("risk", [Risk.B, Risk.F])
    @pytest.mark.parametrize("live", [WaitKind.CHAT, WaitKind.CALL])
    def test_is_who_is_there_however_long_paper_waits(
        self, kind: WaitKind, risk: Risk, live: WaitKind
    ) -> None:
        with clock.at(clock.now() - timedelta(hours=5)):
            paper = make_item(kind, risk=risk, returning=True)
        child = make_item(live, risk=Risk.E)
        assert [taken(make_listener()), taken(make_listener())] == [child, paper]

    def test_is_a_letter_in_danger_before_a_child_who_is_not(self) -> None:
        child, letter = make_item(risk=Risk.B), make_item(WaitKind.MESSAGE, risk=Risk.A)
        assert [taken(make_listener()), taken(make_listener())] == [letter, child]

    def test_is_paper_while_who_is_there_waits_for_a_colleague(self) -> None:
        paper, child = make_item(WaitKind.REMOVAL), make_item(skill=Skill.LAWYER)
        assert taken(make_listener(Skill.PSYCHOLOGIST)) == paper
        other = make_item(WaitKind.REMOVAL)
        with clock.at(clock.now() + PREFERRED_FOR):
            assert taken(make_listener(Skill.PSYCHOLOGIST)) == child
        assert Item.objects.get(id=other).state == ItemState.WAITING

    def test_a_raised_risk_keeps_paper_behind_until_it_is_a(self) -> None:
        paper, child = make_item(WaitKind.MESSAGE), make_item(risk=Risk.E)
        waiting.raise_risk(item_id=paper, risk=Risk.B)
        assert Item.objects.get(id=paper).rank > Item.objects.get(id=child).rank
        waiting.judge_risk(item_id=paper, risk=Risk.A, by=make_listener(seated=False))
        assert Item.objects.get(id=paper).rank < Item.objects.get(id=child).rank

    def test_paper_that_is_given_back_stays_behind(self) -> None:
        listener, paper = make_listener(), make_item(WaitKind.MESSAGE)
        assert taken(listener) == paper
        claiming.give_back(item_id=paper, reason=Reason.VANISHED, by=listener)
        child = make_item()
        assert taken(make_listener()) == child


class TestInDanger:
    @pytest.mark.parametrize("kind", WRITTEN)
    @pytest.mark.parametrize("danger", [WaitKind.CHAT, WaitKind.CALL, WaitKind.MESSAGE])
    def test_paper_makes_way_and_goes_back_to_its_place(
        self, kind: WaitKind, danger: WaitKind
    ) -> None:
        paper = make_item(kind, preferred=(listener := make_listener()).key)
        assert taken(listener) == paper
        before = Item.objects.get(id=paper)
        assert taken(listener) is None
        child = make_item(danger, risk=Risk.A)
        found = queries.offer(seen_by=listener)
        assert found is not None
        assert (found.id, found.kind) == (child, danger)
        assert taken(listener) == child
        after = Item.objects.get(id=paper)
        assert after.state == ItemState.WAITING
        kept = ("queued_at", "waiting_since", "returning", "preferred", "rank")
        assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]
        (fact,) = facts("helpline.item.put-back")
        assert fact["why"] == "for-danger"
        assert Seat.objects.get(account=listener.key).state == SeatState.BUSY
        assert queries.offer(seen_by=listener) is None

    @pytest.mark.parametrize("danger", [WaitKind.CHAT, WaitKind.CALL])
    def test_a_letter_in_danger_makes_way_for_who_is_there_and_for_no_other_letter(
        self, danger: WaitKind
    ) -> None:
        listener, letter = make_listener(), make_item(WaitKind.MESSAGE, risk=Risk.A)
        assert taken(listener) == letter
        make_item(WaitKind.MESSAGE, risk=Risk.A)
        assert queries.offer(seen_by=listener) is None
        child = make_item(danger, risk=Risk.A)
        found = queries.offer(seen_by=listener)
        assert found is not None
        assert found.id == child
        assert taken(listener) == child
        assert taken(make_listener()) == letter

    def test_who_was_slower_reads_that_a_colleague_has_them_and_keeps_the_paper(self) -> None:
        one, other = make_listener(), make_listener()
        papers = {make_item(WaitKind.MESSAGE), make_item(WaitKind.MESSAGE)}
        assert {taken(one), taken(other)} == papers
        child = make_item(risk=Risk.A)
        assert claiming.claim(item_id=child, by=one)
        with pytest.raises(NotWaiting, match="collègue"):
            claiming.claim(item_id=child, by=other)
        assert Item.objects.filter(held_by=other.key).count() == 1
        assert queries.offer(seen_by=other) is None

    def test_a_seat_with_a_chat_free_takes_them_beside(self) -> None:
        listener = make_listener(chat_cap=2)
        chat = make_item()
        assert taken(listener) == chat
        call, child = make_item(WaitKind.CALL, risk=Risk.A), make_item(risk=Risk.A)
        found = queries.offer(seen_by=listener)
        assert found is not None
        assert found.id == child
        with pytest.raises(SeatFull):
            claiming.claim(item_id=call, by=listener)
        assert claiming.claim(item_id=child, by=listener)
        assert set(Item.objects.filter(held_by=listener.key).values_list("id", flat=True)) == {
            chat,
            child,
        }

    def test_a_full_seat_is_offered_nobody(self) -> None:
        listener = make_listener(chat_cap=1)
        taken(listener)
        make_item()
        taken(listener)
        make_item(risk=Risk.A)
        assert queries.offer(seen_by=listener) is None
        assert taken(listener) is None

    def test_a_wrap_up_is_interrupted_and_a_break_is_not(self) -> None:
        wraps, breaks = make_listener(), make_listener()
        Seat.objects.filter(account=wraps.key).update(state=SeatState.WRAP_UP)
        seating.pause(by=breaks)
        make_item()
        for listener in (wraps, breaks):
            with pytest.raises(SeatNeeded):
                taken(listener)
        child = make_item(risk=Risk.A)
        with pytest.raises(SeatNeeded):
            taken(breaks)
        assert queries.offer(seen_by=breaks) is None
        assert taken(wraps) == child

    def test_is_offered_to_a_seat_alone(self) -> None:
        make_item(risk=Risk.A)
        assert queries.offer(seen_by=make_listener(seated=False)) is None
        with pytest.raises(PermissionDenied):
            queries.offer(seen_by=Actor(make_supervisor().kind, "x", frozenset()))


class TestWrittenWork:
    def test_a_supervisor_puts_a_seat_on_it_and_takes_it_off(self) -> None:
        listener, lead = make_listener(), make_supervisor()
        with pytest.raises(PermissionDenied):
            seating.set_written_work(account=listener.key, on=True, by=listener)
        with pytest.raises(SeatNeeded):
            seating.set_written_work(account="nobody", on=True, by=lead)
        child, paper, more = make_item(risk=Risk.B), make_item(WaitKind.MESSAGE), make_item()
        for _twice in range(2):
            seating.set_written_work(account=listener.key, on=True, by=lead)
        place = queries.own_seat(seen_by=listener)
        assert place is not None
        assert place.on_written_work
        assert taken(listener) == paper
        claiming.finish(item_id=paper, by=listener)
        grave = make_item(risk=Risk.A)
        assert taken(listener) == grave
        claiming.finish(item_id=grave, by=listener)
        seating.be_ready(by=listener)
        assert taken(listener) == child  # nothing is written any more
        seating.set_written_work(account=listener.key, on=False, by=lead)
        assert [one["on"] for one in facts("helpline.seat.written-work")] == [True, False]
        assert Item.objects.get(id=more).state == ItemState.WAITING

    def test_it_ends_with_the_seat(self) -> None:
        listener = make_listener()
        seating.set_written_work(account=listener.key, on=True, by=make_supervisor())
        assert Seat.objects.get(account=listener.key).on_written_work
        seating.stand(by=listener)
        assert not Seat.objects.get(account=listener.key).on_written_work

    def test_it_shortens_nobodys_wait(self) -> None:
        child, listener = make_item(), make_listener()
        assert queries.standing(child).band is Band.UNDER_5
        seating.set_written_work(account=listener.key, on=True, by=make_supervisor())
        stands = queries.standing(child)
        assert (stands.band, stands.seats) == (Band.UNKNOWN, 1)


class TestWhatIsSaid:
    def test_a_child_reads_that_they_are_next_whatever_paper_waits(self) -> None:
        for kind in (*WRITTEN, *WRITTEN):
            make_item(kind, risk=Risk.B)
        child = make_item()
        assert queries.standing(child).position == 1
        make_item(WaitKind.MESSAGE, risk=Risk.A)
        assert queries.standing(child).position == 2  # a danger is taken first

    def test_the_longest_wait_is_of_who_is_there(self) -> None:
        with clock.at(clock.now() - timedelta(hours=9)):
            make_item(WaitKind.REMOVAL)
        assert queries.live().longest_wait_s == 0
        with clock.at(clock.now() - timedelta(minutes=3)):
            make_item()
        live = queries.live()
        assert (live.longest_wait_minutes, live.waiting_count, live.later_count) == (3, 1, 1)

    def test_who_is_let_out_is_said_in_order(self) -> None:
        first, _call, urgent = make_item(), make_item(WaitKind.CALL), make_item(risk=Risk.B)
        make_item(risk=Risk.A)
        subjects = dict(Item.objects.values_list("subject", "id"))
        found = [subjects[each] for each in queries.waiting_subjects(WaitKind.CHAT)]
        assert found == [urgent, first]


def test_what_waited_before_is_ranked_anew() -> None:
    for kind in WaitKind:
        for risk in Risk:
            make_item(kind, risk=risk, returning=risk is Risk.C)
    done = make_item()
    waiting.withdraw(item_id=done, reason=Reason.LEFT)
    Item.objects.update(rank=0)
    Item.objects.filter(kind__in=("call", "chat")).update(rank=9)
    Item.objects.filter(risk="A").update(rank=1)
    import_module("balise.helpline.queue.migrations.0002_live_before_written").rank_anew(apps, None)
    for item in Item.objects.exclude(id=done).exclude(kind__in=("call", "chat")):
        expected = rank(Risk(item.risk), kind=WaitKind(item.kind), returning=item.returning)
        assert item.rank == expected
    assert set(Item.objects.filter(kind="chat").exclude(risk="A").values_list("rank")) == {(9,)}
