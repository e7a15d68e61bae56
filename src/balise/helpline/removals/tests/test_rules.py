from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balise.helpline.removals.rules import clocks, requests, states, tracking
from balise.helpline.removals.rules.clocks import Clock, Rung
from balise.helpline.removals.rules.requests import ItemKind
from balise.helpline.removals.rules.states import ENDED, RUNNING, Decision, State, Step
from balise.helpline.removals.rules.tracking import Stage

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
SPANS = st.timedeltas(timedelta(), timedelta(days=3))


def walked(steps: list[Step]) -> list[tuple[Step, State]]:
    """Return the steps that could be taken from a draft, each with the state it led to."""
    state, taken = State.DRAFT, []
    for step in steps:
        if states.may(step, state):
            state = states.after(step, state)
            taken.append((step, state))
    return taken


class TestTheMachine:
    @given(st.lists(st.sampled_from(Step), max_size=60))
    def test_nothing_waits_at_a_platform_that_was_never_sent(self, steps: list[Step]) -> None:
        left = False
        for step, state in walked(steps):
            left = left or step is Step.LEFT
            assert left or state not in states.WAITING

    @given(st.lists(st.sampled_from(Step), max_size=60))
    def test_what_the_hotline_has_never_moves_again(self, steps: list[Step]) -> None:
        reached = [state for _, state in walked(steps)]
        if State.HANDED_OVER in reached:
            assert reached[-1] is State.HANDED_OVER
            assert reached.count(State.HANDED_OVER) == 1

    @given(st.lists(st.sampled_from(Step), max_size=60))
    def test_what_came_back_is_asked_again_only_after_it_was_gone_or_closed(
        self, steps: list[Step]
    ) -> None:
        before = State.DRAFT
        for step, state in walked(steps):
            if step is Step.REAPPEAR:
                assert before in {State.VERIFIED_GONE, State.CLOSED}
            before = state

    @pytest.mark.parametrize("step", Step)
    @pytest.mark.parametrize("state", State)
    def test_a_step_is_refused_exactly_where_it_does_not_begin(
        self, step: Step, state: State
    ) -> None:
        if states.may(step, state):
            assert states.after(step, state) in State
        else:
            with pytest.raises(states.WrongState):
                states.after(step, state)

    @pytest.mark.parametrize("state", State)
    def test_every_state_but_the_last_leads_on(self, state: State) -> None:
        if state not in ENDED:
            assert any(states.may(step, state) for step in Step)

    def test_the_clock_runs_while_the_platform_can_act_alone(self) -> None:
        assert State.INFO_REQUESTED not in RUNNING


class TestClocks:
    @given(st.lists(st.tuples(SPANS, SPANS), max_size=8))
    def test_a_clock_counts_what_is_between_the_pauses(
        self, spans: list[tuple[timedelta, timedelta]]
    ) -> None:
        clock, at, ran = Clock(START), START, timedelta()
        for runs, stands in spans:
            at, ran = at + runs, ran + runs
            clock = clock.pause(at)
            at += stands
            assert clock.elapsed(at) == ran
            clock = clock.resume(at)
        assert clock.elapsed(at) == ran
        assert clock.due(ran) == at

    @given(SPANS, SPANS)
    def test_pausing_twice_is_pausing_once(self, first: timedelta, later: timedelta) -> None:
        once = Clock(START).pause(START + first)
        assert once.pause(START + first + later) == once

    @given(SPANS, SPANS)
    def test_the_ladder_never_goes_down(self, one: timedelta, two: timedelta) -> None:
        order = list(Rung)
        target = timedelta(hours=1)
        less, more = sorted((one, two))
        assert order.index(clocks.rung(less, target)) <= order.index(clocks.rung(more, target))

    def test_the_first_rung_is_reached_at_the_target(self) -> None:
        hour = timedelta(hours=1)
        assert clocks.rung(hour - timedelta(seconds=1), hour) is Rung.NONE
        assert clocks.rung(hour, hour) is Rung.T1
        assert clocks.rung(hour * 8, hour) is Rung.T5


class TestRequests:
    def test_nothing_is_asked_without_agreement(self) -> None:
        with pytest.raises(requests.NoConsent):
            requests.check_consent(agreed=False)

    def test_a_complete_content_has_an_address_and_an_explanation(self) -> None:
        words = "A picture of me at school, put there to mock me."
        url = "https://reseau.example/p/1"
        assert requests.score(url=url, handle="", kind=ItemKind.CONTENT, words=words) == 100
        assert requests.score(url=url, handle="", kind=ItemKind.ACCOUNT, words=words) == 90
        assert requests.score(url="", handle="", kind=ItemKind.CONTENT, words="") == 10

    def test_an_account_to_close_is_looked_at_twice(self) -> None:
        assert requests.needs_second_look(ItemKind.ACCOUNT, is_sensitive=False)
        assert requests.needs_second_look(ItemKind.CONTENT, is_sensitive=True)
        assert not requests.needs_second_look(ItemKind.CONTENT, is_sensitive=False)
        with pytest.raises(requests.SameEyes):
            requests.check_other_eyes(asked_by="a", by="a")


class TestTracking:
    @pytest.mark.parametrize("decision", [None, *Decision])
    @pytest.mark.parametrize("state", State)
    def test_a_platforms_word_alone_is_never_told_as_removed(
        self, state: State, decision: Decision | None
    ) -> None:
        told = tracking.stage(state, decision)
        if told is Stage.REMOVED:
            assert state in {State.VERIFIED_GONE, State.CLOSED}

    def test_what_is_closed_without_being_gone_is_not_told_as_removed(self) -> None:
        assert tracking.stage(State.CLOSED, Decision.NO_ACTION) is Stage.STUCK
        assert tracking.counted([Stage.REMOVED, Stage.SENT]) == (1, 2)
