"""Follow a source that does all that sources do: out of order, corrupt, expired, changed, slow."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django.fixtures import Settings

from balise.config.hashes import HashSources
from balise.foundation import clock
from balise.foundation.journal.models import Entry as Fact
from balise.foundation.outgoing import Bounds
from balise.hotline.matching.banks.models import Entry
from balise.hotline.matching.banks.rules.deciding import EntryState
from balise.hotline.matching.exchange import queries
from balise.hotline.matching.exchange.actions import reading
from balise.hotline.matching.exchange.doubles.lists import List, Manner, invented
from balise.hotline.matching.exchange.doubles.sources import Sources
from balise.hotline.matching.exchange.models import BadPage, Held, Source
from balise.hotline.matching.exchange.rules.items import Fault
from balise.hotline.matching.exchange.rules.sources import SOURCES
from balise.hotline.matching.exchange.tasks import calling
from balise.hotline.matching.exchange.tasks.fetching import fetch, fetch_due, fetch_page
from balise.hotline.matching.exchange.tests.makers import LEAD, make_source, without
from balise.hotline.matching.signals.rules.kinds import HashKind

pytestmark = pytest.mark.django_db

EVERY = sorted(SOURCES)
LAST_WEEK = timedelta(days=7)


def listed(server: Sources, code: str, *manners: Manner, many: int = 8) -> List:
    """Give a source a list of last week."""
    begin = int((clock.now() - LAST_WEEK).timestamp())
    server.lists[code] = List(invented(9, many, begin=begin), set(manners))
    return server.lists[code]


def follow(code: str) -> Source:
    """Follow a source from a month ago until now."""
    source = make_source(code)
    month_ago = clock.now() - timedelta(days=29)
    Source.objects.filter(id=source.id).update(checkpoint=month_ago.strftime("%Y-%m-%dT%H:%M:%SZ"))
    read(source)
    return source


def read(source: Source) -> None:
    """Read the next range, as the worker does."""
    fetch.func(source_id=str(source.id))
    source.refresh_from_db()


def on(code: str) -> set[str]:
    """Return the PDQs that are on in the bank of a source."""
    found = Entry.objects.filter(bank__code=code, kind=HashKind.PDQ, state=EntryState.ON)
    return {bytes(one.value).hex() for one in found}


@pytest.mark.parametrize("code", EVERY)
class TestEverySource:
    def test_a_range_comes_whole_whatever_the_order(self, server: Sources, code: str) -> None:
        of = listed(server, code, Manner.UNORDERED)
        source = follow(code)
        assert on(code) == {one.pdq for one in of.entries}
        assert source.checkpoint > (clock.now() - timedelta(hours=1)).strftime("%Y-%m-%d")
        assert Fact.objects.filter(event="hotline.hash-source.read").count() == 1

    def test_a_corrupt_page_is_passed_and_everything_else_comes(
        self, server: Sources, code: str
    ) -> None:
        of = listed(server, code, Manner.CORRUPT)
        source = follow(code)
        came = on(code)
        assert came < {one.pdq for one in of.entries}
        assert len(came) >= 3
        assert of.entries[-1].pdq in came or code == "stopncii"
        assert source.checkpoint != ""
        page = BadPage.objects.get()
        assert page.fault is Fault.UNREADABLE
        assert Fact.objects.filter(event="hotline.hash-source.page-passed").count() == 1
        assert queries.alarms(seen_by=LEAD).count == 1

    def test_a_corrupt_page_is_read_once_it_is_mended(self, server: Sources, code: str) -> None:
        of = listed(server, code, Manner.CORRUPT)
        source = follow(code)
        page = BadPage.objects.get()
        fetch_page.func(page_id=str(page.id))
        page.refresh_from_db()
        assert (page.attempts, page.settled_at) == (1, None)
        assert page.next_at is not None

        of.manners.clear()
        fetch_page.func(page_id=str(page.id))
        assert on(code) == {one.pdq for one in of.entries}
        assert queries.alarms(seen_by=LEAD).count == 0
        assert Held.objects.filter(source=source).count() == 8

    def test_an_entry_that_cannot_be_read_does_not_stop_its_page(
        self, server: Sources, code: str
    ) -> None:
        of = listed(server, code, Manner.SPOILT)
        follow(code)
        assert len(on(code)) == 7
        page = BadPage.objects.get()
        assert (page.fault, page.entries) == (Fault.ENTRIES, 1)
        assert of.entries[2].pdq not in on(code)

    def test_a_link_that_expires_begins_the_range_again(self, server: Sources, code: str) -> None:
        of = listed(server, code, Manner.EXPIRING)
        follow(code)
        assert of.expired
        assert on(code) == {one.pdq for one in of.entries}
        assert Entry.objects.filter(kind=HashKind.PDQ).count() == 8, "nothing is doubled"

    def test_a_changed_entry_and_a_withdrawn_one_follow(self, server: Sources, code: str) -> None:
        of = listed(server, code, Manner.CHANGING)
        before = [one.pdq for one in of.entries]
        source = follow(code)
        with_change = {one.pdq for one in of.entries if not one.is_gone}
        with clock.at(clock.now() + timedelta(hours=1)):
            read(source)
        assert before[0] not in on(code) or code == "stopncii"
        assert before[1] not in on(code)
        assert with_change <= on(code)

    def test_the_same_list_again_changes_nothing(self, server: Sources, code: str) -> None:
        listed(server, code)
        source = follow(code)
        facts = Fact.objects.filter(event="hotline.entry.added").count()
        Source.objects.filter(id=source.id).update(checkpoint="2026-01-01T00:00:00Z")
        with clock.at(clock.now() + timedelta(minutes=10)):
            read(source)
        assert Fact.objects.filter(event="hotline.entry.added").count() == facts

    @pytest.mark.parametrize(
        ("manner", "fault"),
        [
            (Manner.GARBAGE, Fault.UNREADABLE),
            (Manner.REFUSING, Fault.REFUSED),
            (Manner.FAILING, Fault.SILENT),
            (Manner.ENDLESS, Fault.ENDLESS),
        ],
    )
    def test_a_source_that_is_wrong_keeps_its_checkpoint_and_alarms(
        self, server: Sources, code: str, manner: Manner, fault: Fault
    ) -> None:
        listed(server, code, manner)
        source = follow(code)
        assert source.fault is fault
        assert source.read_at is None
        assert source.next_at > clock.now()
        assert queries.alarms(seen_by=LEAD).count == 1

    def test_once_it_is_right_again_the_alarm_ends(self, server: Sources, code: str) -> None:
        of = listed(server, code, Manner.FAILING)
        source = follow(code)
        of.manners.clear()
        read(source)
        assert source.fault is None
        assert queries.alarms(seen_by=LEAD).count == 0
        assert len(on(code)) == 8


def test_a_slow_source_is_given_up_in_time(
    server: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "BOUNDS", Bounds(seconds=0.3))
    listed(server, "ncmec", Manner.SLOW)
    began = time.monotonic()
    source = follow("ncmec")
    assert time.monotonic() - began < 30
    assert source.fault is Fault.SILENT


def test_our_own_entries_come_back_and_are_not_doubled(server: Sources, settings: Settings) -> None:
    settings.HASHES = replace(settings.HASHES, names={"ncmec": "99"})
    of = listed(server, "ncmec")
    of.entries[0].member = of.entries[1].member = "99"
    source = follow("ncmec")
    assert len(on("ncmec")) == 6
    assert source.own == 2


def test_nothing_is_asked_where_the_centre_has_no_address(
    server: Sources, settings: Settings
) -> None:
    settings.HASHES = HashSources()
    of = listed(server, "tat")
    source = follow("tat")
    fetch_due.func()
    assert (of.asked, source.read_at) == (0, None)


def test_an_early_month_is_followed_by_the_next(server: Sources) -> None:
    listed(server, "ncmec")
    source = make_source("ncmec")
    read(source)
    assert source.checkpoint == "2010-01-31T00:00:00Z"


def test_a_page_may_be_asked_again_at_once(server: Sources) -> None:
    listed(server, "ncmec", Manner.CORRUPT)
    follow("ncmec")
    page = BadPage.objects.get()
    assert queries.bad_pages_due() == []
    reading.ask_again(page_id=page.id, by=LEAD)
    assert queries.bad_pages_due() == [(page.id, "ncmec")]


def test_who_may_not_changes_nothing() -> None:
    source = make_source()
    with pytest.raises(PermissionDenied):
        reading.note_failing(source_id=source.id, fault=Fault.SILENT, by=without(LEAD))
    with pytest.raises(PermissionDenied):
        reading.add_source(code="tat", bank="tat", by=without(LEAD))
