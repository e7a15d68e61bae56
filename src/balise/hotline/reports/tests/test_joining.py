"""How a report joins what is known of a content, without a database."""

from functools import reduce
from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given, strategies as some

from balise.hotline.reports.rules.categories import category
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.joining import NOTHING, Standing, join, waiting_again
from balise.hotline.reports.rules.priority import DANGER_BAND
from balise.hotline.reports.rules.words import (
    DECIDED_STATES,
    PASSING_VERDICTS,
    AgeBand,
    Concern,
    ContentState,
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


def make_known(
    state: ContentState = ContentState.WAITING, *said: Answers, verdict: str = ""
) -> Standing:
    """Return a content of which two reports spoke, unless it is said what they said."""
    known = joined(NOTHING, *(said or (make_said(), make_said())))
    return known._replace(state=state, verdict=verdict, waited_points=20)


def test_a_content_of_which_nothing_was_said_stands_at_the_beginning() -> None:
    assert tuple(NOTHING) == ("waiting", "", "unknown", False, False, False, 0, 0, 0)
    assert [type(one) for one in NOTHING] == [*(str,) * 3, *(bool,) * 3, *(int,) * 3]


def test_a_standing_is_read_from_the_columns_of_a_content() -> None:
    known = make_known(ContentState.CLOSED, verdict=Verdict.HARMFUL)
    assert Standing.of(SimpleNamespace(**known._asdict(), title="x")) == known


@pytest.mark.parametrize("state", ContentState)
def test_it_is_decided_in_the_states_that_say_so(state: ContentState) -> None:
    assert make_known(state).is_decided is (state in DECIDED_STATES)


def test_a_report_is_new_unless_it_is_said() -> None:
    assert join(NOTHING, make_said(), country="fr").report_count == 1


class TestItsPlaceInTheQueue:
    HATE, CSAM = (category(code, country="fr").points for code in ("hate", "csam"))

    def test_begins_with_its_category(self) -> None:
        assert 0 < self.HATE < self.CSAM
        assert joined(NOTHING, make_said("hate")).priority == self.HATE
        assert joined(NOTHING, make_said("csam")).priority == self.CSAM

    def test_rises_for_the_person_concerned_and_for_a_minor(self) -> None:
        assert joined(NOTHING, make_said(concerned=True)).priority == self.HATE + 25
        assert joined(NOTHING, make_said(minor=True)).priority == self.HATE + 20
        assert joined(NOTHING, make_said(danger=True)).priority == self.HATE + DANGER_BAND

    def test_rises_with_each_report_up_to_the_sixth(self) -> None:
        places = [joined(NOTHING, *[make_said()] * count).priority for count in range(1, 9)]
        assert [place - self.HATE for place in places] == [0, 5, 10, 15, 20, 25, 25, 25]

    def test_loses_what_its_wait_had_given_where_it_waits_again(self) -> None:
        again = waiting_again(make_known(ContentState.CLOSED), country="fr")
        assert (again.state, again.waited_points) == (ContentState.WAITING, 0)
        assert again.priority == self.HATE + 5


DECIDED = [
    (state, verdict) for state, verdict in product(ContentState, Verdict) if state in DECIDED_STATES
]


@pytest.mark.parametrize(("state", "verdict"), DECIDED)
def test_what_is_decided_counts_a_new_report_and_heeds_nothing_else(
    state: ContentState, verdict: Verdict
) -> None:
    known = make_known(state, verdict=verdict)
    after = joined(known, make_said("csam", danger=True))

    if state is ContentState.CLOSED and verdict in PASSING_VERDICTS:
        assert (after.state, after.waited_points) == (ContentState.WAITING, 0)
        assert (after.category, after.danger, after.verdict) == ("csam", True, verdict)
    else:
        assert after == known._replace(report_count=3)


@pytest.mark.parametrize(("state", "verdict"), DECIDED)
def test_a_late_answer_changes_nothing_of_what_is_decided(
    state: ContentState, verdict: Verdict
) -> None:
    known = make_known(state, verdict=verdict)

    assert joined(known, make_said("csam", danger=True), is_new=False) == known


def test_what_waits_for_another_review_goes_on_waiting_for_it() -> None:
    after = joined(make_known(ContentState.SECOND_LOOK), make_said("csam", danger=True))

    assert (after.state, after.category, after.danger) == (ContentState.SECOND_LOOK, "csam", True)


def test_what_was_about_to_be_closed_waits_again_with_its_wait() -> None:
    known = make_known(ContentState.CLOSING)

    for is_new in (True, False):
        after = joined(known, make_said(), is_new=is_new)
        assert (after.state, after.waited_points) == (ContentState.WAITING, 20)
        assert after.report_count == 2 + is_new


def test_a_report_alone_takes_back_what_it_had_said() -> None:
    known = make_known(ContentState.WAITING, make_said("csam", danger=True, minor=True))

    after = joined(known, make_said("hate", concerned=True), is_new=False)
    assert after[2:6] == ("hate", False, True, False)
    assert after.report_count == 1


def test_one_among_several_takes_back_nothing() -> None:
    known = make_known(ContentState.WAITING, make_said("csam", danger=True), make_said("hate"))

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
