"""What a young person reads of the way of one thing to remove."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override
from tests.walks import of_each

from balise.foundation.web.timeline import Mark, Step
from balise.helpline.removals.rules.states import RemovalState
from balise.helpline.removals.rules.tracking import GONE, journey
from balise.takedown.notices.rules.outcomes import Outcome

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)


def way(
    state: RemovalState, *, gone: bool = False, ended: bool = False, decision: str = ""
) -> list[Step]:
    return list(
        journey(
            state,
            gone_at=NOON if gone else None,
            ended_at=LATER if ended else None,
            decided_at=NOON if decision else None,
            decision=decision,
        )
    )


def now(steps: list[Step]) -> Step:
    (found,) = [step for step in steps if step.mark is Mark.NOW]
    return found


@pytest.mark.parametrize("decision", ["", Outcome.REMOVED, Outcome.REFUSED, Outcome.DEMOTED])
@of_each("state", sorted(frozenset(RemovalState) - {RemovalState.VERIFIED_GONE}))
def test_nothing_is_removed_that_nobody_saw_gone(state: RemovalState, decision: str) -> None:
    steps = way(state, decision=decision, ended=state is RemovalState.CLOSED)

    with override("en"):
        behind = [str(step.label) for step in steps if step.mark is not Mark.TO_COME]
    assert "Removed" not in behind


def test_what_is_under_way_is_at_one_step_and_has_its_end_to_come() -> None:
    for state in (
        RemovalState.DRAFT,
        RemovalState.SENDING,
        RemovalState.SENT,
        RemovalState.ACKNOWLEDGED,
        RemovalState.REAPPEARED,
    ):
        steps = way(state)

        assert now(steps).mark is Mark.NOW
        assert (steps[-1].mark, steps[-1].measure) == (Mark.TO_COME, GONE)


def test_what_is_seen_gone_is_done() -> None:
    steps = way(RemovalState.VERIFIED_GONE, gone=True)

    assert {step.mark for step in steps} == {Mark.DONE}
    assert steps[-1].at == NOON


def test_a_refusal_is_said_with_what_we_do() -> None:
    with override("en"):
        steps = way(RemovalState.DECIDED, decision=Outcome.REFUSED)

        assert str(steps[-3].label) == "The platform refused"
        assert str(now(steps).label) == "Not removed yet"
        assert "what we do" in str(now(steps).says)


def test_what_a_platform_calls_removed_and_is_still_there_is_said_so() -> None:
    with override("en"):
        decided = way(RemovalState.DECIDED, decision=Outcome.REMOVED)
        up = way(RemovalState.STILL_UP, decision=Outcome.REMOVED)

        assert str(decided[-3].label) == "The platform says it is removed"
        assert str(now(decided).label) == "We look whether it is gone"
        assert "still there" in str(now(up).says)


def test_both_truths_stand_in_their_order() -> None:
    """H12: the consent is withdrawn while the platform answers."""
    steps = way(RemovalState.CLOSED, ended=True, decision=Outcome.REMOVED)

    assert [(step.mark, step.at) for step in steps] == [
        (Mark.DONE, NOON),
        (Mark.STOPPED, LATER),
    ]


def test_what_was_stopped_alone_has_nothing_to_come() -> None:
    (step,) = way(RemovalState.CLOSED, ended=True)

    assert (step.mark, step.at) == (Mark.STOPPED, LATER)


def test_what_another_team_has_is_there() -> None:
    (step,) = way(RemovalState.HANDED_OVER)

    assert step.mark is Mark.NOW
