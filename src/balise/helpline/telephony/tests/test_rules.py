from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, strategies as st

from balise.helpline.telephony.rules import calls as telephony_calls
from balise.helpline.telephony.rules.call_backs import Attempt, next_attempt
from balise.helpline.telephony.rules.calls import (
    OVER,
    WAITS,
    CallFact,
    CallState,
    EndedBy,
    Happening,
    band,
    settle,
)
from balise.helpline.telephony.rules.exchanges import ami_message, from_ami, from_ari
from balise.helpline.telephony.rules.numbers import read_number
from balise.helpline.telephony.rules.records import Record, Unread, read_records
from balise.helpline.telephony.rules.signing import by_our_clock, sent_at, signature

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TOLD = st.builds(
    CallFact,
    st.sampled_from(Happening),
    st.integers(0, 7200).map(lambda s: NOON + timedelta(seconds=s)),
    st.sampled_from(EndedBy),
)


def test_every_band_of_a_wait_has_its_words_in_order() -> None:
    assert [code for code, _words in WAITS] == list(dict.fromkeys(map(band, range(400))))


def after(seconds: int) -> datetime:
    return NOON + timedelta(seconds=seconds)


@given(st.lists(TOLD, min_size=1, max_size=10), st.integers())
def test_the_order_in_which_it_is_told_changes_nothing(told: list[CallFact], seed: int) -> None:
    shuffled = list(told)
    Random(seed).shuffle(shuffled)  # noqa: S311 - a test
    assert settle(shuffled + told) == settle(told)


@given(st.lists(TOLD, min_size=1, max_size=10), TOLD)
def test_what_is_over_stays_over(told: list[CallFact], more: CallFact) -> None:
    if settle(told).state in OVER:
        assert settle([*told, more]).state in OVER


@given(st.lists(TOLD, min_size=1, max_size=10))
def test_who_is_blocked_never_gives_up_and_once_answered_is_as_anyone(told: list[CallFact]) -> None:
    blocked, open_to = settle(told, is_blocked=True), settle(told)
    assert blocked.state is not CallState.ABANDONED
    assert (blocked.state in OVER) is (open_to.state in OVER)
    if open_to.answered_at is not None:
        assert blocked == open_to


@given(st.lists(TOLD, min_size=1, max_size=10))
def test_nobody_waits_or_talks_for_less_than_nothing(told: list[CallFact]) -> None:
    standing = settle(told)
    assert standing.waited_s >= 0
    assert standing.talked_s >= 0


def test_who_was_answered_did_not_abandon() -> None:
    told = [
        CallFact(Happening.QUEUED, NOON),
        CallFact(Happening.ABANDONED, after(60)),
        CallFact(Happening.ANSWERED, after(20)),
    ]
    standing = settle(told)
    assert (standing.state, standing.waited_s, standing.talked_s) == (CallState.ENDED, 20, 40)


@pytest.mark.parametrize("hours", [-1, 0, 1])
def test_a_clock_an_hour_off_is_settled(hours: int) -> None:
    theirs = NOON + timedelta(hours=hours)
    header = signature("s3cret", body=b"{}", at=theirs)
    sent = sent_at(header, secret="s3cret", body=b"{}", now=NOON)
    assert sent == theirs
    assert by_our_clock(theirs - timedelta(seconds=30), sent=sent, now=NOON) == after(-30)


def test_a_false_or_stale_signature_is_none() -> None:
    header = signature("s3cret", body=b"{}", at=NOON - timedelta(hours=2))
    assert sent_at(header, secret="s3cret", body=b"{}", now=NOON) is None
    fresh = signature("other", body=b"{}", at=NOON)
    assert sent_at(fresh, secret="s3cret", body=b"{}", now=NOON) is None


def test_attempts_keep_to_the_safe_time_and_end() -> None:
    since, until = NOON, NOON + timedelta(hours=1)
    again = next_attempt(Attempt.NO_ANSWER, attempts=1, now=after(2400), since=since, until=until)
    assert again == since + timedelta(days=1)
    assert next_attempt(Attempt.MACHINE, attempts=3, now=NOON, since=since, until=until) is None


def test_asterisk_is_understood() -> None:
    text = (
        "Event: QueueCallerJoin\r\nUniqueid: 17.1\r\nLinkedid: 17.1\r\n"
        "CallerIDNum: 0199000000\r\nTimestamp: 1795521600.5\r\n"
    )
    heard = from_ami(ami_message(text), now=NOON)
    assert heard is not None
    assert (heard.ref, heard.happening, heard.number) == ("17.1", "queued", "0199000000")
    assert from_ami({"Event": "PeerStatus"}, now=NOON) is None
    event = {
        "type": "ChannelDestroyed",
        "timestamp": "2026-11-24T13:00:00+0100",
        "cause": 38,
        "channel": {"id": "17.1", "caller": {"number": ""}},
    }
    ended = from_ari(event)
    assert ended is not None
    assert (ended.happening, ended.ended_by, ended.at) == (Happening.ENDED, EndedBy.LINE, NOON)


def test_records_are_read_line_by_line() -> None:
    lines = [
        "id,started_at,wait_s,talk_s,ended_by\n",
        "a,2026-11-24T12:00:00+00:00,20,600,caller\n",
        "b,yesterday,20,600,caller\n",
        "c,2026-11-24T12:00:00,20,-1,\n",
        "d,2026-11-24T12:00:00,20,0,\n",
    ]
    read = list(read_records(lines, zone=UTC))
    assert [type(one) for one in read] == [Record, Unread, Unread, Record]
    assert read[1] == Unread(3, "started_at")


@pytest.mark.parametrize(
    ("text", "number"), [("01 99 00.00-00", "0199000000"), ("anonymous", ""), ("+33199", "+33199")]
)
def test_a_number_is_digits(text: str, number: str) -> None:
    assert read_number(text) == number


@given(st.integers(0, 60), st.integers(0, 12), st.integers())
def test_every_simulated_caller_is_answered_or_hangs_up(calls: int, seats: int, seed: int) -> None:
    who = telephony_calls.callers(calls, chance=Random(seed))  # noqa: S311 - a test
    day = telephony_calls.beats(who, seats=seats)
    ends = [one for one in day if one.happening in {Happening.ENDED, Happening.ABANDONED}]
    assert len(ends) == calls
    talks = [(one.at_s, 1) for one in day if one.happening is Happening.ANSWERED]
    talks += [(one.at_s, -1) for one in day if one.happening is Happening.ENDED]
    busy = 0
    for _at, change in sorted(talks):
        busy += change
        assert busy <= seats
