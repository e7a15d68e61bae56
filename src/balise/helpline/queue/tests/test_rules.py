"""Who is next, who may take whom, how long it may last: without a database."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from hypothesis import given, strategies as st

from balise.foundation.refusals import Refused
from balise.helpline.queue.rules import (
    ANYONE_FOR,
    BEATS_EVERY,
    DEAF_AFTER,
    LIVE,
    LOOKS_EVERY,
    OPEN,
    PREFERRED_FOR,
    SAME_BEAT,
    VANISHED_AFTER,
    VOICE,
    Band,
    ItemState,
    NotWaiting,
    NotYours,
    Risk,
    RiskFrom,
    SeatState,
    SomeoneIsThere,
    Taking,
    WaitKind,
    band,
    check_can_wait,
    check_cap,
    check_is,
    check_is_yours,
    is_graver,
    kinds_for,
    kinds_in_danger,
    makes_way,
    raises,
    rank,
    worse,
)

HANDLING = timedelta(minutes=35)


def test_a_listener_who_vanishes_is_said_within_fifteen_seconds() -> None:
    assert timedelta(seconds=15) >= BEATS_EVERY + VANISHED_AFTER + LOOKS_EVERY


def test_one_beat_and_a_sleep_that_nobody_notices_are_no_silence() -> None:
    assert BEATS_EVERY + DEAF_AFTER < VANISHED_AFTER


def test_a_sign_that_is_not_written_leaves_every_beat_to_be() -> None:
    assert timedelta(0) < SAME_BEAT < BEATS_EVERY


def test_who_was_asked_for_is_preferred_for_a_minute_and_a_half() -> None:
    assert timedelta(minutes=1, seconds=30) == PREFERRED_FOR


def test_danger_waits_for_no_profession() -> None:
    assert {Risk.A, Risk.B} == ANYONE_FOR


def test_what_waits_or_is_held_is_open_and_nothing_else() -> None:
    assert {ItemState.WAITING, ItemState.HELD} == set(OPEN)


def test_the_pages_beat_as_often_as_the_rule_says() -> None:
    worker = finders.find("balise/pulse.js")
    assert isinstance(worker, str)
    milliseconds = BEATS_EVERY // timedelta(milliseconds=1)
    assert f"const EVERY = {milliseconds};" in Path(worker).read_text(encoding="utf-8")


KINDS = st.sampled_from(WaitKind)
RISKS = st.sampled_from(Risk)


@given(KINDS)
def test_a_life_in_danger_is_before_all_others(kind: WaitKind) -> None:
    order = [
        rank(risk, kind=kind, returning=False) for risk in (Risk.A, Risk.B, Risk.C, Risk.D, Risk.E)
    ]
    assert order == sorted(order)
    assert all(earlier < later for earlier, later in pairwise(order))


@pytest.mark.parametrize(
    ("risk", "kind", "returning", "place"),
    [
        (Risk.A, WaitKind.CHAT, True, 0),
        (Risk.A, WaitKind.MESSAGE, False, 1),
        (Risk.B, WaitKind.CALL, True, 2),
        (Risk.B, WaitKind.CHAT, False, 3),
        (Risk.C, WaitKind.CHAT, False, 5),
        (Risk.D, WaitKind.CHAT, True, 6),
        (Risk.F, WaitKind.CHAT, False, 7),
        (Risk.E, WaitKind.CALL, False, 9),
        (Risk.B, WaitKind.CALL_BACK, True, 12),
        (Risk.E, WaitKind.REMOVAL, False, 19),
    ],
)
def test_each_risk_has_its_place(risk: Risk, kind: WaitKind, returning: bool, place: int) -> None:
    assert rank(risk, kind=kind, returning=returning) == place


@pytest.mark.parametrize("risk", Risk)
def test_no_risk_is_graver_than_itself(risk: Risk) -> None:
    assert is_graver(risk, than=risk) is False
    assert is_graver(Risk.A, than=risk) is (risk is not Risk.A)
    assert is_graver(risk, than=Risk.E) is (risk is not Risk.E)


@pytest.mark.parametrize("kind", WaitKind)
@pytest.mark.parametrize("risk", [Risk.C, Risk.D])
def test_a_mark_of_words_gives_the_place_of_those_of_whom_nothing_is_known(
    kind: WaitKind, risk: Risk
) -> None:
    unknown = rank(Risk.F, kind=kind, returning=False)
    assert rank(risk, kind=kind, returning=False, how=RiskFrom.WORDS) == unknown
    assert rank(Risk.C, kind=kind, returning=False, how=RiskFrom.JUDGED) < unknown
    assert rank(Risk.B, kind=kind, returning=False, how=RiskFrom.WORDS) < unknown


def test_the_worst_of_some_is_the_gravest_and_what_is_not_judged_the_least() -> None:
    assert worse(Risk.C, Risk.A, Risk.B) is Risk.A
    assert worse(Risk.F, Risk.E) is Risk.E
    assert worse(Risk.F) is Risk.F


@pytest.mark.parametrize(
    ("risk", "how", "before", "known", "is_held", "expected"),
    [
        # It is raised, never lowered, whoever says it.
        (Risk.A, RiskFrom.DECLARED, Risk.B, "", False, True),
        (Risk.B, RiskFrom.DECLARED, Risk.A, "", False, False),
        (Risk.B, RiskFrom.JUDGED, Risk.B, RiskFrom.WORDS, True, False),
        (Risk.B, RiskFrom.WORDS, Risk.F, "", False, True),
        (Risk.B, RiskFrom.WORDS, Risk.B, RiskFrom.DECLARED, False, False),
        # What words had raised is known from the person once they say so too.
        (Risk.B, RiskFrom.DECLARED, Risk.B, RiskFrom.WORDS, False, True),
        (Risk.B, RiskFrom.DECLARED, Risk.B, RiskFrom.JUDGED, False, False),
        (Risk.C, RiskFrom.DECLARED, Risk.B, RiskFrom.WORDS, False, False),
        # A listener who has judged it reads every word: of those, A alone raises it.
        (Risk.B, RiskFrom.WORDS, Risk.D, RiskFrom.JUDGED, True, False),
        (Risk.A, RiskFrom.WORDS, Risk.D, RiskFrom.JUDGED, True, True),
        (Risk.B, RiskFrom.WORDS, Risk.D, RiskFrom.JUDGED, False, True),
        (Risk.B, RiskFrom.WORDS, Risk.D, RiskFrom.DECLARED, True, True),
        (Risk.B, RiskFrom.DECLARED, Risk.D, RiskFrom.JUDGED, True, True),
        (Risk.D, RiskFrom.DECLARED, Risk.D, RiskFrom.JUDGED, True, False),
        # Words of level C and D mark what had no risk; a judgement stands.
        (Risk.D, RiskFrom.WORDS, Risk.F, "", False, True),
        (Risk.C, RiskFrom.WORDS, Risk.F, "", False, True),
        (Risk.C, RiskFrom.WORDS, Risk.D, RiskFrom.WORDS, False, True),
        (Risk.D, RiskFrom.WORDS, Risk.C, RiskFrom.WORDS, False, False),
        (Risk.C, RiskFrom.WORDS, Risk.B, RiskFrom.WORDS, False, False),
        (Risk.C, RiskFrom.WORDS, Risk.E, RiskFrom.JUDGED, True, False),
        (Risk.D, RiskFrom.DECLARED, Risk.F, "", False, False),
    ],
)
def test_what_is_told_raises_a_risk_and_never_lowers_it(
    risk: Risk, how: RiskFrom, before: Risk, known: str, is_held: bool, expected: bool
) -> None:
    assert raises(risk, how, before=before, known=known, is_held=is_held) is expected


@given(KINDS, KINDS, RISKS, st.booleans(), st.booleans())
def test_risk_a_is_before_all_others_whatever_the_kind(
    grave: WaitKind, other: WaitKind, risk: Risk, dropped: bool, returning: bool
) -> None:
    first = rank(Risk.A, kind=grave, returning=dropped)
    assert (risk is Risk.A) or first < rank(risk, kind=other, returning=returning)


@given(
    st.sampled_from(sorted(LIVE)),
    st.sampled_from(sorted(set(WaitKind) - LIVE)),
    RISKS,
    st.sampled_from(sorted(set(Risk) - {Risk.A})),
    st.booleans(),
    st.booleans(),
)
def test_whoever_is_there_is_before_what_is_not_live(
    live: WaitKind, written: WaitKind, risk: Risk, other: Risk, dropped: bool, returning: bool
) -> None:
    behind = rank(other, kind=written, returning=returning)
    assert rank(risk, kind=live, returning=dropped) < behind


@given(KINDS)
def test_what_nobody_has_judged_waits_as_a_moderate_risk(kind: WaitKind) -> None:
    unjudged = rank(Risk.F, kind=kind, returning=False)
    assert unjudged == rank(Risk.D, kind=kind, returning=False)


@given(RISKS, KINDS)
def test_who_was_dropped_is_first_of_their_risk_and_of_no_other(risk: Risk, kind: WaitKind) -> None:
    dropped = rank(risk, kind=kind, returning=True)
    assert dropped == rank(risk, kind=kind, returning=False) - 1


@given(st.lists(st.tuples(KINDS, st.booleans()), max_size=4), st.integers(1, 3))
def test_a_seat_for_someone_in_danger(held: list[tuple[WaitKind, bool]], cap: int) -> None:
    kinds = kinds_in_danger(held, chat_cap=cap)
    live = [kind for kind, _in_danger in held if kind in LIVE]
    grave = {kind for kind, in_danger in held if in_danger}
    if grave & LIVE or WaitKind.CALL in live:
        assert not kinds
    elif not live:
        assert kinds == (LIVE if grave else set(WaitKind))
    else:
        assert bool(kinds) is (len(live) < cap)
        assert not kinds & VOICE
    assert grave or kinds_for([kind for kind, _in_danger in held], chat_cap=cap) <= kinds


def test_what_is_written_gives_its_seat_to_who_is_there_even_at_risk_a() -> None:
    assert kinds_in_danger([(WaitKind.MESSAGE, True)], chat_cap=1) == LIVE
    assert kinds_in_danger([(WaitKind.MESSAGE, False)], chat_cap=1) == set(WaitKind)


def test_only_what_is_not_live_makes_way() -> None:
    assert {kind for kind in WaitKind if makes_way(kind)} == set(WaitKind) - LIVE
    for kind in set(WaitKind) - LIVE:
        check_can_wait(kind)
    for kind in LIVE:
        with pytest.raises(SomeoneIsThere):
            check_can_wait(kind)


def test_a_voice_leaves_room_for_nothing() -> None:
    assert kinds_for([WaitKind.CALL], chat_cap=3) == frozenset()
    assert kinds_for([WaitKind.CALL_BACK], chat_cap=3) == frozenset()


def test_who_chats_takes_chats_up_to_their_own_number() -> None:
    assert kinds_for([WaitKind.CHAT], chat_cap=2) == {WaitKind.CHAT}
    assert kinds_for([WaitKind.CHAT, WaitKind.CHAT], chat_cap=2) == frozenset()
    assert kinds_for([WaitKind.CHAT], chat_cap=1) == frozenset()


def test_an_empty_seat_takes_anything() -> None:
    assert kinds_for([], chat_cap=1) == frozenset(WaitKind)


@given(st.lists(st.sampled_from(WaitKind), max_size=4), st.integers(1, 3))
def test_nobody_hears_two_voices(held: list[WaitKind], cap: int) -> None:
    allowed = kinds_for(held, chat_cap=cap)
    assert not held or not allowed & {WaitKind.CALL, WaitKind.CALL_BACK}


@pytest.mark.parametrize("cap", [0, 4, -1])
def test_refuses_a_number_of_chats_that_nobody_can_listen_to(cap: int) -> None:
    with pytest.raises(Refused):
        check_cap(cap)


@pytest.mark.parametrize("cap", [1, 2, 3])
def test_takes_one_to_three_chats(cap: int) -> None:
    assert check_cap(cap) == cap


def test_what_waits_and_is_ones_own_is_not_refused() -> None:
    check_is("waiting", ItemState.WAITING, ItemState.HELD)
    check_is_yours(held_by="one", by="one")


def test_says_who_was_quicker() -> None:
    with pytest.raises(NotWaiting):
        check_is("held", ItemState.WAITING)
    with pytest.raises(NotYours):
        check_is_yours(held_by="one", by="another")


READY = Taking(state=SeatState.READY)
BUSY = Taking(state=SeatState.BUSY, held=(WaitKind.CALL,))
BLOCKED = Taking(state=SeatState.BUSY, held=(WaitKind.CHAT,), chat_cap=3, is_blocked=True)


def _band(ahead: int, *seats: Taking, handling: timedelta = HANDLING) -> Band:
    return band(ahead, seats=seats, handling=handling, kind=WaitKind.CHAT)


@pytest.mark.parametrize(
    ("seat", "takes"),
    [
        (READY, True),
        (Taking(state=SeatState.BUSY, held=(WaitKind.CHAT,), chat_cap=2), True),
        (Taking(state=SeatState.BUSY, held=(WaitKind.CHAT, WaitKind.CHAT), chat_cap=2), False),
        (BUSY, False),
        (BLOCKED, False),
        (Taking(state=SeatState.WRAP_UP), False),
        (Taking(state=SeatState.BREAK), False),
        (Taking(state=SeatState.AWAY), False),
    ],
)
def test_a_seat_takes_someone_now_only_with_room_and_no_danger(seat: Taking, takes: bool) -> None:
    assert seat.can_take(WaitKind.CHAT) is takes


@pytest.mark.parametrize(
    ("ahead", "seats", "expected"),
    [
        (0, [READY, BUSY, BUSY], Band.UNDER_5),
        (0, [BUSY] * 14, Band.UNDER_5),
        (0, [BUSY] * 3, Band.UNDER_15),
        (3, [BUSY] * 14, Band.UNDER_15),
        (6, [BUSY] * 14, Band.OVER_15),
    ],
)
def test_a_band_is_careful(ahead: int, seats: list[Taking], expected: Band) -> None:
    assert _band(ahead, *seats) is expected


@pytest.mark.parametrize(
    ("ahead", "seats", "minutes", "expected"),
    [
        (0, [BUSY], 4.9, Band.UNDER_5),
        (0, [BUSY], 5, Band.UNDER_15),
        (0, [BUSY], 15, Band.UNDER_15),
        (0, [BUSY], 15.1, Band.OVER_15),
        (1, [READY], 5, Band.UNDER_15),
        (1, [READY], 16, Band.OVER_15),
        (0, [Taking(state=SeatState.WRAP_UP)], 16, Band.OVER_15),
    ],
)
def test_each_band_ends_where_it_says(
    ahead: int, seats: list[Taking], minutes: float, expected: Band
) -> None:
    assert _band(ahead, *seats, handling=timedelta(minutes=minutes)) is expected


@pytest.mark.safety
@pytest.mark.parametrize(
    "seats",
    [
        [],
        [BLOCKED],
        [BLOCKED, BLOCKED],
        [Taking(state=SeatState.READY, on_written_work=True)],
        [Taking(state=SeatState.BREAK), BLOCKED],
    ],
)
def test_where_every_seat_is_blocked_no_time_is_known(seats: list[Taking]) -> None:
    for ahead in (0, 3):
        assert _band(ahead, *seats) is Band.UNKNOWN


def test_a_blocked_seat_shortens_nothing() -> None:
    quarter = timedelta(minutes=15)
    assert _band(0, BUSY, BUSY, handling=2 * quarter) is Band.UNDER_15
    assert _band(0, BUSY, BLOCKED, handling=2 * quarter) is Band.OVER_15


@given(st.integers(0, 200), st.integers(1, 30), st.integers(1, 120))
def test_one_more_ahead_never_shortens_a_wait(ahead: int, seats: int, minutes: int) -> None:
    order = list(Band)
    handling = timedelta(minutes=minutes)
    here = _band(ahead, *[BUSY] * seats, handling=handling)
    behind = _band(ahead + 1, *[BUSY] * seats, handling=handling)
    assert order.index(here) <= order.index(behind)
