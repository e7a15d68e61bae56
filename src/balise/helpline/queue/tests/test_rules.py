"""Who is next, who may take whom, how long it may last: without a database."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from hypothesis import given, strategies as st

from balise.foundation.refusals import Refused
from balise.helpline.queue.rules import (
    BEATS_EVERY,
    DEAF_AFTER,
    LIVE,
    LOOKS_EVERY,
    VANISHED_AFTER,
    VOICE,
    Band,
    ItemState,
    Kind,
    NotWaiting,
    NotYours,
    Risk,
    SomeoneIsThere,
    band,
    check_can_wait,
    check_cap,
    check_is,
    check_is_yours,
    kinds_for,
    kinds_in_danger,
    makes_way,
    rank,
)

HANDLING = timedelta(minutes=35)


def test_a_listener_who_vanishes_is_said_within_fifteen_seconds() -> None:
    assert timedelta(seconds=15) >= BEATS_EVERY + VANISHED_AFTER + LOOKS_EVERY


def test_one_beat_and_a_sleep_that_nobody_notices_are_no_silence() -> None:
    assert BEATS_EVERY + DEAF_AFTER < VANISHED_AFTER


def test_the_pages_beat_as_often_as_the_rule_says() -> None:
    worker = finders.find("balise/pulse.js")
    assert isinstance(worker, str)
    milliseconds = BEATS_EVERY // timedelta(milliseconds=1)
    assert f"const EVERY = {milliseconds};" in Path(worker).read_text(encoding="utf-8")


KINDS = st.sampled_from(Kind)
RISKS = st.sampled_from(Risk)


@given(KINDS)
def test_a_life_in_danger_is_before_all_others(kind: Kind) -> None:
    order = [
        rank(risk, kind=kind, returning=False) for risk in (Risk.A, Risk.B, Risk.C, Risk.D, Risk.E)
    ]
    assert order == sorted(order)
    assert all(earlier < later for earlier, later in pairwise(order))


@given(KINDS, KINDS, RISKS, st.booleans(), st.booleans())
def test_risk_a_is_before_all_others_whatever_the_kind(
    grave: Kind, other: Kind, risk: Risk, dropped: bool, returning: bool
) -> None:
    first = rank(Risk.A, kind=grave, returning=dropped)
    assert (risk is Risk.A) or first < rank(risk, kind=other, returning=returning)


@given(
    st.sampled_from(sorted(LIVE)),
    st.sampled_from(sorted(set(Kind) - LIVE)),
    RISKS,
    st.sampled_from(sorted(set(Risk) - {Risk.A})),
    st.booleans(),
    st.booleans(),
)
def test_whoever_is_there_is_before_what_is_not_live(
    live: Kind, written: Kind, risk: Risk, other: Risk, dropped: bool, returning: bool
) -> None:
    behind = rank(other, kind=written, returning=returning)
    assert rank(risk, kind=live, returning=dropped) < behind


@given(KINDS)
def test_what_nobody_has_judged_waits_as_a_moderate_risk(kind: Kind) -> None:
    unjudged = rank(Risk.F, kind=kind, returning=False)
    assert unjudged == rank(Risk.D, kind=kind, returning=False)


@given(RISKS, KINDS)
def test_who_was_dropped_is_first_of_their_risk_and_of_no_other(risk: Risk, kind: Kind) -> None:
    dropped = rank(risk, kind=kind, returning=True)
    assert dropped == rank(risk, kind=kind, returning=False) - 1


@given(st.lists(st.tuples(KINDS, RISKS), max_size=4), st.integers(1, 3))
def test_a_seat_for_someone_in_danger(held: list[tuple[Kind, Risk]], cap: int) -> None:
    kinds = kinds_in_danger(held, chat_cap=cap)
    live = [kind for kind, _risk in held if kind in LIVE]
    grave = {kind for kind, risk in held if risk is Risk.A}
    if grave & LIVE or Kind.CALL in live:
        assert not kinds
    elif not live:
        assert kinds == (LIVE if grave else set(Kind))
    else:
        assert bool(kinds) is (len(live) < cap)
        assert not kinds & VOICE
    assert kinds_for([kind for kind, _risk in held], chat_cap=cap) <= kinds or Risk.A in {
        risk for _kind, risk in held
    }


def test_only_what_is_not_live_makes_way() -> None:
    assert {kind for kind in Kind if makes_way(kind)} == set(Kind) - LIVE
    for kind in LIVE:
        with pytest.raises(SomeoneIsThere):
            check_can_wait(kind)


def test_a_voice_leaves_room_for_nothing() -> None:
    assert kinds_for([Kind.CALL], chat_cap=3) == frozenset()
    assert kinds_for([Kind.CALL_BACK], chat_cap=3) == frozenset()


def test_who_chats_takes_chats_up_to_their_own_number() -> None:
    assert kinds_for([Kind.CHAT], chat_cap=2) == {Kind.CHAT}
    assert kinds_for([Kind.CHAT, Kind.CHAT], chat_cap=2) == frozenset()
    assert kinds_for([Kind.CHAT], chat_cap=1) == frozenset()


def test_an_empty_seat_takes_anything() -> None:
    assert kinds_for([], chat_cap=1) == frozenset(Kind)


@given(st.lists(st.sampled_from(Kind), max_size=4), st.integers(1, 3))
def test_nobody_hears_two_voices(held: list[Kind], cap: int) -> None:
    allowed = kinds_for(held, chat_cap=cap)
    assert not held or not allowed & {Kind.CALL, Kind.CALL_BACK}


@pytest.mark.parametrize("cap", [0, 4, -1])
def test_refuses_a_number_of_chats_that_nobody_can_listen_to(cap: int) -> None:
    with pytest.raises(Refused):
        check_cap(cap)


def test_says_who_was_quicker() -> None:
    with pytest.raises(NotWaiting):
        check_is("held", ItemState.WAITING)
    with pytest.raises(NotYours):
        check_is_yours(held_by="one", by="another")


@pytest.mark.parametrize(
    ("ahead", "seats", "spare", "expected"),
    [
        (0, 3, 1, Band.UNDER_5),
        (0, 14, 0, Band.UNDER_5),
        (0, 3, 0, Band.UNDER_15),
        (3, 14, 0, Band.UNDER_15),
        (6, 14, 0, Band.OVER_15),
        (0, 0, 0, Band.OVER_15),
    ],
)
def test_a_band_is_careful(ahead: int, seats: int, spare: int, expected: Band) -> None:
    assert band(ahead, seats=seats, spare=spare, handling=HANDLING) is expected


@given(st.integers(0, 200), st.integers(1, 30), st.integers(1, 120))
def test_one_more_ahead_never_shortens_a_wait(ahead: int, seats: int, minutes: int) -> None:
    order = list(Band)
    handling = timedelta(minutes=minutes)
    here = band(ahead, seats=seats, handling=handling)
    behind = band(ahead + 1, seats=seats, handling=handling)
    assert order.index(here) <= order.index(behind)
