from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import example, given, strategies as st
from tests.walks import of_each

from balise.helpline.queue.rules import Risk
from balise.helpline.removals.rules import api, figures, requests, states, tracking
from balise.helpline.removals.rules.next_steps import (
    FOR_SOMEONE,
    IN_QUEUE,
    LADDER,
    PROMISES,
    RISKS,
    TARGETS,
    Next,
    Standing,
    next_step,
)
from balise.helpline.removals.rules.requests import ItemKind
from balise.helpline.removals.rules.states import ENDED, RUNNING, RemovalState, Step
from balise.helpline.removals.rules.tracking import Stage
from balise.takedown.notices.rules.clocks import Urgency
from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.notices.rules.states import Account, Outcome


def walked(steps: list[Step]) -> list[tuple[Step, RemovalState]]:
    """Return the steps that could be taken from a draft, each with the state it led to."""
    state, taken, is_gone = RemovalState.DRAFT, [], False
    for step in steps:
        if states.may(step, state, is_gone=is_gone):
            state = states.after(step, state, is_gone=is_gone)
            taken.append((step, state))
            is_gone = state is RemovalState.VERIFIED_GONE or (
                state is RemovalState.CLOSED and is_gone
            )
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
        if RemovalState.HANDED_OVER in reached:
            assert reached[-1] is RemovalState.HANDED_OVER
            assert reached.count(RemovalState.HANDED_OVER) == 1

    @example([Step.COMPLETE, Step.SEND, Step.LEFT, Step.SEE_GONE, Step.REAPPEAR])
    @given(st.lists(st.sampled_from(Step), max_size=60))
    def test_only_what_was_seen_gone_comes_back(self, steps: list[Step]) -> None:
        seen: list[Step] = []
        for step, _state in walked(steps):
            if step is Step.REAPPEAR:
                assert Step.SEE_GONE in seen
                seen = []
            seen.append(step)

    def test_what_was_given_up_begins_as_a_draft(self) -> None:
        assert states.after(Step.RESUME, RemovalState.CLOSED, is_gone=False) is RemovalState.DRAFT
        assert not states.may(Step.REAPPEAR, RemovalState.CLOSED, is_gone=False)
        assert not states.may(Step.RESUME, RemovalState.CLOSED, is_gone=True)

    @pytest.mark.parametrize("is_gone", [True, False])
    @of_each(("state", "step"), product(RemovalState, Step))
    def test_a_step_is_refused_exactly_where_it_does_not_begin(
        self, step: Step, state: RemovalState, *, is_gone: bool
    ) -> None:
        if states.may(step, state, is_gone=is_gone):
            assert states.after(step, state, is_gone=is_gone) in RemovalState
        else:
            with pytest.raises(states.WrongState):
                states.after(step, state, is_gone=is_gone)

    @of_each("state", sorted(frozenset(RemovalState) - ENDED))
    def test_every_state_but_the_last_leads_on(self, state: RemovalState) -> None:
        assert any(states.may(step, state, is_gone=True) for step in Step)

    def test_the_clock_runs_while_the_platform_can_act_alone(self) -> None:
        assert RemovalState.INFO_REQUESTED not in RUNNING


class TestCustoms:
    def test_a_platform_has_as_long_as_the_words_say(self) -> None:
        assert [TARGETS[urgency] // timedelta(hours=1) for urgency in PROMISES] == [1, 4, 24]
        assert list(PROMISES) == list(Urgency)

    def test_the_ladder_opens_from_the_target_to_eight_times_of_it(self) -> None:
        assert [step.after for step in LADDER] == [1, 2, 3, 4, 8]

    def test_what_reminds_is_skipped_once_a_platform_has_refused(self) -> None:
        at_once = [step.rung for step in LADDER if step.on_refusal]
        assert at_once == [Rung.CALL, Rung.COMPLAINT, Rung.COORDINATOR]


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
    @pytest.mark.parametrize(
        "state", sorted(frozenset(RemovalState) - {RemovalState.VERIFIED_GONE})
    )
    def test_nothing_is_told_as_removed_that_nobody_saw_gone(self, state: RemovalState) -> None:
        assert tracking.stage(state, is_gone=False) is not Stage.REMOVED

    def test_what_is_closed_is_removed_or_has_stopped(self) -> None:
        assert tracking.stage(RemovalState.CLOSED, is_gone=True) is Stage.REMOVED
        assert tracking.stage(RemovalState.CLOSED, is_gone=False) is Stage.STOPPED
        assert tracking.counted([Stage.REMOVED, Stage.SENT]) == (1, 2)

    def test_it_is_over_once_nothing_goes_on(self) -> None:
        assert tracking.is_over([Stage.REMOVED, Stage.STOPPED])
        assert not tracking.is_over([Stage.STOPPED, Stage.STUCK])


class TestNextSteps:
    @pytest.mark.parametrize("state", RemovalState)
    def test_every_state_has_its_next_step(self, state: RemovalState) -> None:
        assert next_step(Standing(state=state)) in Next

    def test_whoever_waits_in_the_queue_waits_for_a_person(self) -> None:
        assert next_step(Standing(state=RemovalState.SECOND_LOOK)) in IN_QUEUE
        assert next_step(Standing(state=RemovalState.DRAFT)) not in IN_QUEUE
        assert next_step(Standing(state=RemovalState.READY, has_failed=True)) in IN_QUEUE
        assert next_step(Standing(state=RemovalState.SENT)) is Next.WAIT
        late = Standing(state=RemovalState.SENT, rungs=(Rung.OTHER_WAY,))
        assert next_step(late) is Next.CLIMB

    def test_a_complaint_waits_for_the_lead_and_in_nobodys_queue(self) -> None:
        for state in (RemovalState.ACKNOWLEDGED, RemovalState.DECIDED):
            assert next_step(Standing(state=state, rungs=(Rung.COORDINATOR,))) is Next.COMPLAIN
            assert (
                next_step(Standing(state=state, rungs=(Rung.COMPLAINT, Rung.COORDINATOR)))
                in IN_QUEUE
            )
        assert Next.COMPLAIN in FOR_SOMEONE - IN_QUEUE

    def test_after_the_last_rung_one_waits_and_looks(self) -> None:
        assert next_step(Standing(state=RemovalState.ACKNOWLEDGED)) is Next.WAIT
        assert next_step(Standing(state=RemovalState.DECIDED)) is Next.LOOK

    def test_a_removal_is_never_before_someone_in_danger(self) -> None:
        assert not {Risk.A, Risk.B, Risk.C} & set(RISKS.values())


class TestDecisions:
    def test_each_word_of_a_platform_is_one_outcome(self) -> None:
        assert len(set(requests.WORDS.values())) == len(requests.WORDS)
        for word, outcome in requests.WORDS.items():
            assert requests.word_of(outcome) == word

    @pytest.mark.parametrize("outcome", requests.WORDS.values())
    def test_a_decision_is_its_notices_outcome(self, outcome: Outcome) -> None:
        kind = ItemKind.CONTENT
        assert requests.decision_of(outcome, account=Account.UNTOUCHED, kind=kind) is outcome

    def test_what_is_done_to_money_restricts_and_removes_nothing(self) -> None:
        found = requests.decision_of(
            Outcome.MONEY_SUSPENDED, account=Account.UNTOUCHED, kind=ItemKind.CONTENT
        )
        assert found is Outcome.RESTRICTED
        assert not requests.is_gone(found)

    @pytest.mark.parametrize("outcome", Outcome)
    def test_only_silence_is_no_decision(self, outcome: Outcome) -> None:
        found = requests.decision_of(outcome, account=Account.UNTOUCHED, kind=ItemKind.CONTENT)
        assert (found is None) is (outcome is Outcome.NO_ANSWER)

    def test_of_an_account_what_became_of_the_account_counts(self) -> None:
        found = requests.decision_of(
            Outcome.LABELLED, account=Account.TERMINATED, kind=ItemKind.ACCOUNT
        )
        assert found is Outcome.ACCOUNT_TERMINATED


class TestTheApi:
    @pytest.mark.parametrize(
        "body",
        [None, [], {}, {"ticket": ""}, {"ticket": "a b"}, {"ticket": "x" * 65}, {"ticket": 3}],
    )
    def test_what_is_no_ticket_is_refused(self, body: object) -> None:
        with pytest.raises(api.AnswerFaulty):
            api.read_ticket(body)

    @pytest.mark.parametrize(
        "body", [[], {"state": "gone"}, {"state": "decided"}, {"state": "decided", "decision": "x"}]
    )
    def test_what_says_nothing_that_we_know_is_refused(self, body: object) -> None:
        with pytest.raises(api.AnswerFaulty):
            api.read_telling(body)

    def test_reads_what_was_agreed(self) -> None:
        assert api.read_ticket({"ticket": "a-1"}).number == "a-1"
        assert api.read_telling({"state": "new"}) is None
        decided = api.read_telling({"state": "decided", "decision": "removed", "text": 5})
        assert decided is not None
        assert (decided.decision, decided.words) == (Outcome.REMOVED, "")


class TestFigures:
    @pytest.mark.parametrize(("part", "whole", "found"), [(1, 3, 33), (2, 3, 67), (0, 0, None)])
    def test_shares_are_rounded_to_the_nearest(
        self, part: int, whole: int, found: int | None
    ) -> None:
        assert figures.share(part, whole) == found

    @given(st.dates(date(2001, 1, 1), date(2100, 1, 1)))
    def test_the_year_before_is_the_same_day(self, day: date) -> None:
        before = figures.year_before(day)
        assert (before.year, before.month) == (day.year - 1, day.month)
        assert day.day - before.day in {0, 1}
