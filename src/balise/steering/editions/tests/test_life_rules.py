"""The life of an edition without a database: states by the clock, steps, ticks, names."""

from datetime import UTC, date, datetime, timedelta

import pytest

from balise.foundation.finding import NotHere
from balise.steering.editions.rules.life import (
    EARLY,
    EditionState,
    Erratum,
    Life,
    MomentWrong,
    ReasonMissing,
    SamePerson,
    Step,
    StepWrong,
    Tick,
    TicksMissing,
    check_early,
    check_other,
    check_reasons,
    check_step,
    check_ticks,
    mark_of,
    may_follow,
    read_mark,
    reads_early,
    state_of,
    was_published,
)

NOW = datetime(2031, 10, 20, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
BEFORE, AFTER = NOW - SECOND, NOW + SECOND
FROZEN = {"asked_at": BEFORE, "approved_at": BEFORE, "frozen_at": BEFORE}
S = EditionState


@pytest.mark.parametrize(
    ("life", "state"),
    [
        (Life(), S.DRAFT),
        (Life(asked_at=BEFORE), S.IN_REVIEW),
        (Life(asked_at=BEFORE, approved_at=BEFORE), S.APPROVED),
        (Life(frozen_at=BEFORE), S.FROZEN),
        (Life(**FROZEN), S.FROZEN),
        (Life(**FROZEN, published_at=AFTER), S.EMBARGOED),
        (Life(**FROZEN, published_at=NOW), S.PUBLISHED),
        (Life(**FROZEN, published_at=BEFORE, replaced_at=AFTER), S.PUBLISHED),
        (Life(**FROZEN, published_at=BEFORE, replaced_at=NOW), S.CORRECTED),
        (Life(**FROZEN, published_at=BEFORE, withdrawn_at=AFTER), S.PUBLISHED),
        (Life(**FROZEN, published_at=BEFORE, withdrawn_at=NOW), S.WITHDRAWN),
        (Life(**FROZEN, published_at=BEFORE, replaced_at=NOW, withdrawn_at=NOW), S.WITHDRAWN),
    ],
)
def test_a_state_is_told_by_moments_that_have_come(life: Life, state: EditionState) -> None:
    assert state_of(life, NOW) is state


def test_an_embargo_ends_with_the_clock() -> None:
    life = Life(**FROZEN, published_at=NOW)
    assert state_of(life, BEFORE) is S.EMBARGOED
    assert not was_published(life, BEFORE)
    assert state_of(life, NOW) is S.PUBLISHED
    assert was_published(life, NOW)


def test_one_that_was_replaced_before_anyone_read_it_was_never_published() -> None:
    assert not was_published(Life(**FROZEN, replaced_at=BEFORE), NOW)


@pytest.mark.parametrize(
    ("step", "states"),
    [
        (Step.ASK_REVIEW, {S.DRAFT}),
        (Step.APPROVE, {S.IN_REVIEW}),
        (Step.FREEZE, {S.APPROVED}),
        (Step.FREEZE_ALONE, {S.DRAFT, S.IN_REVIEW}),
        (Step.PUBLISH, {S.FROZEN}),
        (Step.HOLD, {S.EMBARGOED}),
        (Step.CORRECT, {S.FROZEN, S.PUBLISHED, S.WITHDRAWN}),
        (Step.WITHDRAW, {S.PUBLISHED, S.CORRECTED}),
    ],
)
def test_no_step_is_skipped(step: Step, states: set[EditionState]) -> None:
    assert {state for state in S if may_follow(step, state)} == states
    for state in S:
        if state in states:
            check_step(step, state)
        else:
            with pytest.raises(StepWrong):
                check_step(step, state)


@pytest.mark.parametrize("missing", list(Tick))
def test_a_list_with_a_tick_missing_is_refused_and_says_which(missing: Tick) -> None:
    check_ticks(list(Tick))
    with pytest.raises(TicksMissing) as refused:
        check_ticks([one for one in Tick if one is not missing])
    assert str(missing.label) in refused.value.message


def test_one_person_is_no_second_one() -> None:
    check_other("b", "a")
    with pytest.raises(SamePerson):
        check_other("a", "b", "a")


def test_a_seat_reads_a_day_before_at_most() -> None:
    check_early(NOW - EARLY, NOW)
    for wrong in (NOW - EARLY - SECOND, NOW):
        with pytest.raises(MomentWrong):
            check_early(wrong, NOW)
    life = Life(**FROZEN, published_at=NOW + EARLY)
    assert reads_early(life, NOW, NOW)
    assert not reads_early(life, NOW, BEFORE)
    later = Life(**FROZEN, published_at=NOW + EARLY + SECOND)  # its embargo was given anew
    assert not reads_early(later, NOW, NOW)
    assert not reads_early(Life(**FROZEN), NOW, NOW)


def test_a_reason_is_written_in_each_language() -> None:
    check_reasons({"fr": "Une faute.", "en": "A slip."}, ("fr", "en"))
    for missing in ({}, {"fr": "Une faute."}, {"fr": "Une faute.", "en": " "}):
        with pytest.raises(ReasonMissing):
            check_reasons(missing, ("fr", "en"))


def test_what_changes_a_sentence_is_grave() -> None:
    assert [one.is_grave for one in Erratum] == [False, False, True, True, True]


def test_an_edition_is_named_in_one_way() -> None:
    day = date(2031, 10, 20)
    for version in (1, 2, 9, 10, 120):
        assert read_mark(mark_of(day, version)) == (day, version)
    assert mark_of(day, 1) == "2031-10-20"
    wrong = (
        *("", "nothing", "20311020", "2031-W43-1", "2031-02-30"),
        *("2031-10-20-1", "2031-10-20-02", "2031-10-20-0", "2031-10-20-1000", "2031-10-20-x"),
        *("2031-10-20\n", "２031-10-20"),
    )
    for text in wrong:
        with pytest.raises(NotHere):
            read_mark(text)
