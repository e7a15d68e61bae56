"""The shapes of sources: what is read, what is refused, what is passed. No database, no network."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl

import orjson
import pytest

from balise.hotline.matching.exchange.doubles.lists import List, Listed, Manner, invented
from balise.hotline.matching.exchange.doubles.sources import Sources
from balise.hotline.matching.exchange.rules.items import (
    BEGINNING,
    Access,
    Ask,
    Page,
    PageUnreadable,
    Range,
    Vote,
    next_range,
    stamp,
)
from balise.hotline.matching.exchange.rules.sources import SOURCES, arachnid
from balise.hotline.matching.signals.rules.kinds import HashKind

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
RANGE = Range("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")
BEGIN = int(datetime(2026, 1, 2, tzinfo=UTC).timestamp())
EVERY = sorted(SOURCES)


@pytest.fixture
def server() -> Sources:
    made = Sources.__new__(Sources)  # what it answers, without a port
    made.lists = {name: List() for name in (*EVERY, "arachnid")}
    made.known = {}
    for name in EVERY:
        made.lists[name] = List(invented(5, 8, begin=BEGIN))
    return made


def answer(server: Sources, code: str, ask: Ask) -> bytes:
    from balise.hotline.matching.exchange.doubles import sources  # noqa: PLC0415

    query = dict(parse_qsl("&".join(f"{name}={value}" for name, value in ask.query)))
    of = server.lists[code]
    return sources._ANSWERS[code](server, of, ask.path, query, ask.body)[2]


def pages(server: Sources, code: str) -> list[Page]:
    adapter, found = SOURCES[code], []
    ask: Ask | None = adapter.begins(RANGE)
    while ask is not None:
        found.append(adapter.reads(answer(server, code, ask), ask))
        ask = found[-1].following
    return found


@pytest.mark.parametrize("code", EVERY)
class TestEverySource:
    def test_a_range_is_read_page_by_page(self, server: Sources, code: str) -> None:
        found = pages(server, code)
        assert [len(page.items) for page in found] == [3, 3, 2]
        values = {item.signals[-1].value.hex() for page in found for item in page.items}
        assert values == {one.pdq for one in server.lists[code].entries}
        assert not any(page.unread for page in found)

    def test_a_hash_of_255_bits_is_left_out_and_counted(self, server: Sources, code: str) -> None:
        server.lists[code].manners = {Manner.SPOILT}
        first = pages(server, code)[0]
        assert (len(first.items), first.unread) == (2, 1)

    def test_an_entry_that_ended_is_gone(self, server: Sources, code: str) -> None:
        server.lists[code].entries[0].is_gone = True
        first = pages(server, code)[0]
        assert [item.is_gone for item in first.items] == [True, False, False]

    def test_a_page_cut_short_is_unreadable(self, server: Sources, code: str) -> None:
        adapter = SOURCES[code]
        ask = adapter.begins(RANGE)
        whole = answer(server, code, ask)
        with pytest.raises(PageUnreadable):
            adapter.reads(whole[: len(whole) // 2], ask)

    @pytest.mark.parametrize(
        "garbage", [b"", b"\xff\xfe", b"<html>", b"[]", b"{}", b"null", b"<a/>", b'{"a":1,"a":2}']
    )
    def test_garbage_is_unreadable(self, garbage: bytes, code: str) -> None:
        with pytest.raises(PageUnreadable):
            SOURCES[code].reads(garbage, SOURCES[code].begins(RANGE))

    def test_what_is_passed_is_followed_by_another_page(self, server: Sources, code: str) -> None:
        adapter = SOURCES[code]
        first = adapter.begins(RANGE)
        second = adapter.reads(answer(server, code, first), first).following
        assert second is not None
        body = answer(server, code, second)[:-20]
        third = adapter.passes(body, second, RANGE, reached=BEGIN + 5 * 3_600)
        assert third is not None
        assert third not in {first, second}

    def test_a_vote_says_nothing_of_us(self, code: str) -> None:
        reference = "7/5-1" if code == "ncmec" else f"ImagePDQ:{'a' * 64}"
        ask = SOURCES[code].votes(reference, HashKind.PDQ, Vote.AGREES)
        assert (ask is None) == (code == "tat")
        assert ask is None or b"centre" not in ask.body


class TestNcmec:
    def test_a_link_leads_nowhere_but_to_the_source(self) -> None:
        link = b"<paging><next>https://elsewhere.example/x?start=9&amp;evil=1</next></paging>"
        page = SOURCES["ncmec"].reads(
            b"<queryResult>" + link + b"</queryResult>", SOURCES["ncmec"].begins(RANGE)
        )
        assert page.following is not None
        assert page.following.path == "/v2/entries"
        assert dict(page.following.query)["start"] == "9"
        assert "evil" not in dict(page.following.query)

    def test_a_document_type_is_refused(self) -> None:
        with pytest.raises(PageUnreadable):
            SOURCES["ncmec"].reads(
                b'<!DOCTYPE a [<!ENTITY b "c">]><queryResult/>', SOURCES["ncmec"].begins(RANGE)
            )

    def test_an_entry_of_other_kinds_is_read_without_a_signal(self, server: Sources) -> None:
        body = (
            b'<queryResult><images><image><member id="7"/><id>1</id><fingerprints><pdna>AA</pdna>'
            b"</fingerprints></image></images></queryResult>"
        )
        page = SOURCES["ncmec"].reads(body, SOURCES["ncmec"].begins(RANGE))
        assert (page.items[0].signals, page.unread) == ((), 0)

    def test_feedback_names_the_kind(self) -> None:
        ask = SOURCES["ncmec"].votes("7/a b", HashKind.MD5, Vote.DISAGREES)
        assert ask is not None
        assert (ask.method, ask.path) == ("PUT", "/v2/entries/7/a%20b/MD5/feedback")
        assert b"<negative/>" in ask.body


class TestStopNcii:
    def test_an_empty_list_stands_for_an_empty_object(self, server: Sources) -> None:
        server.lists["stopncii"].manners = {Manner.LISTS}
        assert sum(len(page.items) for page in pages(server, "stopncii")) == 8

    def test_case_numbers_say_whose_it_is(self, server: Sources) -> None:
        server.lists["stopncii"].entries[0].member = "BALISE-12"
        assert pages(server, "stopncii")[0].items[0].origins == ("BALISE",)

    def test_kinds_that_we_do_not_hold_are_no_fault(self) -> None:
        record = {"signalType": "VideoTMK", "hashValue": "x", "lastModtimestamp": 1}
        body = orjson.dumps({"hashRecords": [record, "garbage"], "hasMoreRecords": False})
        page = SOURCES["stopncii"].reads(body, SOURCES["stopncii"].begins(RANGE))
        assert (page.items, page.unread) == ((), 1)

    def test_without_a_token_an_hour_is_passed(self) -> None:
        adapter = SOURCES["stopncii"]
        ask = adapter.begins(RANGE)
        then = adapter.passes(b"garbage", ask, RANGE, reached=BEGIN)
        assert then is not None
        assert dict(then.query)["startTimestamp"] == str(BEGIN + 3_600)
        late = int(datetime(2026, 1, 31, 23, 30, tzinfo=UTC).timestamp())
        assert adapter.passes(b"garbage", ask, RANGE, reached=late) is None

    def test_keys_are_in_headers(self) -> None:
        headers = SOURCES["stopncii"].headers(Access(address="", user="ours", secret="key"))
        assert headers["x-functions-key"] == "key"


class TestArachnid:
    def test_what_is_said_of_each_hash(self, server: Sources) -> None:
        one, other = bytes(range(32)), bytes(32)
        server.known[one.hex()] = "csam"
        body = answer(server, "arachnid", arachnid.ask([one, other]))
        assert arachnid.read(body, [one, other]) == {
            one: arachnid.Classified.CSAM,
            other: arachnid.Classified.UNKNOWN,
        }

    def test_an_empty_list_stands_for_an_empty_object(self, server: Sources) -> None:
        server.lists["arachnid"].manners = {Manner.LISTS}
        body = answer(server, "arachnid", arachnid.ask([bytes(32)]))
        assert arachnid.read(body, [bytes(32)]) == {}

    @pytest.mark.parametrize("garbage", [b"<html>", b"[]", b"{}", b'{"scanned_hashes":3}'])
    def test_garbage_is_unreadable(self, garbage: bytes) -> None:
        with pytest.raises(PageUnreadable):
            arachnid.read(garbage, [bytes(32)])

    def test_too_many_are_refused(self) -> None:
        with pytest.raises(ValueError, match="too many"):
            arachnid.ask([bytes(32)] * (arachnid.MOST + 1))


class TestRanges:
    def test_the_first_begins_at_the_beginning_and_lasts_a_month(self) -> None:
        found = next_range("", NOW, is_bounded=True)
        assert found == Range(BEGINNING, "2010-01-31T00:00:00Z")

    def test_one_without_an_end_goes_up_to_now(self) -> None:
        assert next_range("", NOW, is_bounded=False) == Range(BEGINNING, "2026-03-01T11:55:00Z")

    def test_the_last_minutes_are_left_to_settle(self) -> None:
        assert next_range(stamp(NOW), NOW, is_bounded=True).since == stamp(NOW)
        assert next_range(stamp(NOW), NOW, is_bounded=True).until == stamp(NOW)

    def test_a_checkpoint_that_is_none_begins_again(self) -> None:
        assert next_range("garbage", NOW, is_bounded=True).since == BEGINNING


def test_a_listed_entry_is_the_same_for_the_same_seed() -> None:
    assert invented(1, 2, begin=0) == invented(1, 2, begin=0)
    assert isinstance(invented(1, 1, begin=0)[0], Listed)
