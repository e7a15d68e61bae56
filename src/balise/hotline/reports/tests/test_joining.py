"""How a report joins what is known of a content, without a database."""

from functools import reduce
from itertools import product

import pytest
from hypothesis import given, strategies as some

from balise.hotline.reports.rules.answers import Answers
from balise.hotline.reports.rules.joining import NOTHING, Standing, join, waiting_again
from balise.hotline.reports.rules.priority import DANGER_BAND
from balise.hotline.reports.rules.words import (
    DECIDED_STATES,
    PASSING_VERDICTS,
    AgeBand,
    Concern,
    State,
    Verdict,
)

CODES = ("unknown", "csam", "hate", "terrorism", "shocking")

said = some.builds(
    Answers,
    category=some.sampled_from(CODES),
    danger=some.booleans(),
    concern=some.sampled_from(("", Concern.KNOWN)),
    age_band=some.sampled_from(("", AgeBand.UNDER_13)),
)


def joined(known: Standing, *said: Answers, is_new: bool = True) -> Standing:
    return reduce(lambda before, one: join(before, one, is_new=is_new, country="fr"), said, known)


def make_said(
    category: str = "hate", *, danger: bool = False, concerned: bool = False, minor: bool = False
) -> Answers:
    return Answers(
        category=category,
        danger=danger,
        concern=Concern.ME if concerned else "",
        age_band=AgeBand.UNDER_13 if minor else "",
    )


def make_known(state: State = State.WAITING, *said: Answers, verdict: str = "") -> Standing:
    """Return a content of which two reports spoke, unless it is said what they said."""
    known = joined(NOTHING, *(said or (make_said(), make_said())))
    return known._replace(state=state, verdict=verdict, waited_points=20)


DECIDED = [
    (state, verdict) for state, verdict in product(State, Verdict) if state in DECIDED_STATES
]


@pytest.mark.parametrize(("state", "verdict"), DECIDED)
def test_what_is_decided_counts_a_new_report_and_heeds_nothing_else(
    state: State, verdict: Verdict
) -> None:
    known = make_known(state, verdict=verdict)
    after = joined(known, make_said("csam", danger=True))

    if state is State.CLOSED and verdict in PASSING_VERDICTS:
        assert (after.state, after.waited_points) == (State.WAITING, 0)
        assert (after.category, after.danger, after.verdict) == ("csam", True, verdict)
    else:
        assert after == known._replace(report_count=3)


@pytest.mark.parametrize(("state", "verdict"), DECIDED)
def test_a_late_answer_changes_nothing_of_what_is_decided(state: State, verdict: Verdict) -> None:
    known = make_known(state, verdict=verdict)

    assert joined(known, make_said("csam", danger=True), is_new=False) == known


def test_the_category_that_a_first_analyst_named_stays() -> None:
    after = joined(make_known(State.SECOND_LOOK), make_said("csam", danger=True))

    assert (after.state, after.category, after.danger) == (State.SECOND_LOOK, "hate", True)


def test_what_was_about_to_be_closed_waits_again_with_its_wait() -> None:
    known = make_known(State.CLOSING)

    for is_new in (True, False):
        after = joined(known, make_said(), is_new=is_new)
        assert (after.state, after.waited_points) == (State.WAITING, 20)
        assert after.report_count == 2 + is_new


def test_a_report_alone_takes_back_what_it_had_said() -> None:
    known = make_known(State.WAITING, make_said("csam", danger=True, minor=True))

    after = joined(known, make_said("hate", concerned=True), is_new=False)
    assert after[2:6] == ("hate", False, True, False)
    assert after.report_count == 1


def test_one_among_several_takes_back_nothing() -> None:
    known = make_known(State.WAITING, make_said("csam", danger=True), make_said("hate"))

    after = joined(known, make_said("hate", minor=True), is_new=False)
    assert after[2:6] == ("csam", True, False, True)
    assert after.report_count == 2


def test_danger_is_above_whatever_has_waited() -> None:
    known = make_known()
    after = joined(known, make_said(danger=True), is_new=False)

    assert known.priority < DANGER_BAND < after.priority
    assert waiting_again(after, country="fr").priority == after.priority - 20


@given(some.lists(said, min_size=1, max_size=6), some.integers(0, 5))
def test_however_reports_are_put_together_the_standing_is_the_same(
    brought: list[Answers], cut: int
) -> None:
    """Saying a thing again as it is counted already changes nothing, at whatever point."""
    expected = joined(NOTHING, *brought)
    first, then = brought[: cut + 1], brought[cut + 1 :]
    again = joined(joined(NOTHING, *first), *first, is_new=False)

    assert joined(again, *then) == expected
    assert expected.report_count == len(brought)
    assert expected.danger == any(one.danger for one in brought)
    assert expected.concerned == any(one.is_concerned for one in brought)
    assert expected.minor == any(one.is_minor for one in brought)
