"""Who would be next for a console, and why: the same as whom it then takes."""

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, strategies as st

from balise.foundation.actors import Actor, ActorKind
from balise.helpline.queue import access
from balise.helpline.queue.actions import claiming, seating
from balise.helpline.queue.queries.turns import in_line, next_up
from balise.helpline.queue.rules import Risk, SeatState, Skill, WaitKind
from balise.helpline.queue.rules.turns import HeldUp, Turn, Why, held_up, reasons
from balise.helpline.queue.tests.makers import make_item, make_listener


class TestReasons:
    """Without a database."""

    def test_danger_comes_before_all_else(self) -> None:
        assert reasons(Turn(kind=WaitKind.MESSAGE, risk=Risk.A, is_danger=True))[0] is Why.DANGER
        assert reasons(Turn(kind=WaitKind.CHAT, risk=Risk.A, is_danger=True)) == (
            Why.DANGER,
            Why.LONGEST,
        )

    def test_each_reason_is_said_once_in_the_order_of_the_line(self) -> None:
        turn = Turn(
            kind=WaitKind.CHAT,
            risk=Risk.B,
            is_returning=True,
            is_for_me=True,
            is_my_skill=True,
            on_written_work=True,
        )
        told = (Why.LIVE, Why.RISK, Why.RETURNING, Why.FOR_YOU, Why.SKILL, Why.LONGEST)
        assert reasons(turn) == told
        on_written_work = Turn(kind=WaitKind.MESSAGE, risk=Risk.F, on_written_work=True)
        assert reasons(on_written_work) == (Why.WRITTEN_WORK, Why.LONGEST)

    @given(kind=st.sampled_from(WaitKind), risk=st.sampled_from(Risk), back=st.booleans())
    def test_there_is_always_a_reason(self, kind: WaitKind, risk: Risk, *, back: bool) -> None:
        found = reasons(Turn(kind=kind, risk=risk, is_returning=back))
        assert found[-1] is Why.LONGEST
        assert len(set(found)) == len(found)

    def test_nobody_comes_and_why(self) -> None:
        def why(state: SeatState, *, in_danger: bool = False, takes: bool = False) -> object:
            return held_up(state, is_in_danger=in_danger, takes_any=takes)

        assert why(SeatState.AWAY, takes=True) is HeldUp.AWAY
        assert why(SeatState.BREAK, in_danger=True) is HeldUp.BREAK
        assert why(SeatState.BUSY, in_danger=True) is HeldUp.DANGER
        assert why(SeatState.WRAP_UP, takes=True) is HeldUp.WRAP_UP
        assert why(SeatState.BUSY) is HeldUp.FULL
        assert why(SeatState.READY, takes=True) is None


@pytest.mark.django_db
class TestNext:
    def test_whom_it_names_is_whom_the_console_takes(self) -> None:
        listener = make_listener(Skill.LAWYER, chat_cap=3)
        make_item(WaitKind.MESSAGE)
        make_item(skill=Skill.LAWYER)
        make_item(risk=Risk.C, returning=True)
        make_item(skill=Skill.PSYCHOLOGIST)
        for _each in range(2):
            coming = next_up(seen_by=listener)
            taken = claiming.claim_next(by=listener)
            assert coming.item is not None
            assert taken is not None
            assert coming.item.id == taken.id
        assert next_up(seen_by=listener).item is None

    def test_a_danger_holds_the_others_back(self) -> None:
        listener = make_listener(chat_cap=3)
        make_item(risk=Risk.A)
        make_item()
        assert next_up(seen_by=listener).reasons[0] is Why.DANGER
        claiming.claim_next(by=listener)
        assert next_up(seen_by=listener).held_up is HeldUp.DANGER

    def test_a_kind_that_another_has_taken_over_does_not_come(self) -> None:
        listener = make_listener()
        make_item()
        assert next_up(kinds=[WaitKind.MESSAGE], seen_by=listener).item is None

    def test_it_takes_nobody(self) -> None:
        listener = make_listener()
        make_item()
        next_up(seen_by=listener)
        assert next_up(seen_by=listener).item is not None

    def test_who_is_away_or_on_a_break_is_told_so(self) -> None:
        make_item()
        assert next_up(seen_by=make_listener(seated=False)).held_up is HeldUp.AWAY
        pauses = make_listener()
        seating.pause(by=pauses)
        assert next_up(seen_by=pauses).held_up is HeldUp.BREAK

    def test_forty_wait_and_are_counted_by_kind(self) -> None:
        listener = make_listener()
        for _each in range(20):
            make_item()
            make_item(WaitKind.MESSAGE)
        assert [(one.kind, one.number) for one in in_line(seen_by=listener)] == [
            (WaitKind.CHAT, 20),
            (WaitKind.MESSAGE, 20),
        ]

    def test_it_is_for_listeners(self) -> None:
        nobody = Actor(ActorKind.STAFF, "x", frozenset({access.READ}))
        for ask in (next_up, in_line):
            with pytest.raises(PermissionDenied):
                ask(seen_by=nobody)
