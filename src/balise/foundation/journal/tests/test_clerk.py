import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event as Signal
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from tests.waiting import PATIENCE, let_pass

from balise.foundation.actors import ANYONE
from balise.foundation.journal import book, clerk
from balise.foundation.journal.book import record, subscribe
from balise.foundation.journal.clerk import open_from_now, tick
from balise.foundation.journal.models import Chain, Cursor, Entry, Horizon, Link
from balise.foundation.journal.tests.makers import (
    GREY,
    BellRung,
    PebbleSunk,
    PebbleThrown,
    ring,
    throw,
    throw_many,
)

pytestmark = pytest.mark.sqlite

BATCH = clerk.BATCH


def chain(line: str) -> list[tuple[int, int]]:
    return list(Link.objects.filter(line=line).order_by("seq").values_list("seq", "entry_id"))


def ids(line: str = "pond") -> list[int]:
    return list(Entry.objects.filter(line=line).order_by("id").values_list("id", flat=True))


@pytest.mark.django_db
def test_a_history_that_is_brought_in_is_heard_by_some_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(book, "SUBSCRIPTIONS", {})
    monkeypatch.setattr("balise.foundation.journal.clerk.SUBSCRIPTIONS", book.SUBSCRIPTIONS)
    subscribe("counts", lambda some: heard.extend(["counts"] * len(some)), PebbleThrown)
    subscribe("acts", lambda some: heard.extend(["acts"] * len(some)), PebbleThrown)
    throw()
    clerk.link()
    clerk.begin_here(except_for=frozenset({"counts"}))
    clerk.deliver()
    assert heard == ["counts"]
    throw()
    tick()
    assert sorted(heard) == ["acts", "counts", "counts"]


@pytest.mark.django_db
class TestLink:
    def test_numbers_each_line_on_its_own(self) -> None:
        throw()
        ring()
        throw()

        assert tick() == 3
        assert chain("pond") == list(enumerate(ids("pond"), start=1))
        assert chain("tower") == list(enumerate(ids("tower"), start=1))

    def test_has_nothing_to_do_twice(self) -> None:
        throw()

        assert (tick(), tick()) == (1, 0)

    def test_goes_on_where_it_stopped(self) -> None:
        entries = throw_many(2 * BATCH + 7)

        assert tick(batches=1) == BATCH
        assert tick() == BATCH + 7
        assert chain("pond") == [(n, entry.pk) for n, entry in enumerate(entries, start=1)]
        assert Horizon.objects.get().settled == entries[-1].pk

    def test_is_not_held_up_by_what_was_rolled_back(self) -> None:
        with transaction.atomic():
            record(PebbleThrown(subject=uuid4(), colour=GREY), by=ANYONE)
            transaction.set_rollback(True)
        throw()

        assert tick() == 1
        assert [seq for seq, _ in chain("pond")] == [1]

    def test_keeps_the_end_of_each_chain(self) -> None:
        throw()
        throw()
        tick()

        link = Link.objects.get(line="pond", seq=2)
        end = Chain.objects.get(line="pond")
        assert (end.seq, bytes(end.hash)) == (2, bytes(link.hash))


class Listener:
    """A subscriber that remembers what it heard and may fail."""

    def __init__(self) -> None:
        self.heard: list[int] = []
        self.fails = False

    def __call__(self, entries: Sequence[Entry]) -> None:
        self.heard += [entry.pk for entry in entries]
        if self.fails:
            raise RuntimeError("words that nobody may read in a log")


@pytest.mark.django_db
class TestDeliver:
    def test_hands_over_what_was_asked_for_in_order(self) -> None:
        listener = Listener()
        subscribe("listener", listener, PebbleThrown)
        throw()
        ring()
        throw()
        tick()
        throw()
        tick()

        assert listener.heard == ids("pond")

    def test_hands_over_in_batches(self) -> None:
        sizes: list[int] = []
        subscribe("sizes", lambda some: sizes.append(len(some)), PebbleThrown)
        throw_many(2 * BATCH + 1)

        tick()

        assert sizes == [BATCH, BATCH, 1]

    def test_passes_over_what_was_not_asked_for(self) -> None:
        subscribe("sunk", Listener(), PebbleSunk)
        throw_many(BATCH + 1)

        tick()

        assert Cursor.objects.get(name="sunk").seq == BATCH + 1

    def test_starts_with_the_first_entry_ever(self) -> None:
        throw()
        tick()
        listener = Listener()
        subscribe("late", listener, PebbleThrown)
        tick()

        assert listener.heard == ids("pond")

    def test_may_start_from_now(self) -> None:
        throw()
        tick()
        listener = Listener()
        subscribe("new", listener, PebbleThrown, BellRung, from_now=True)
        tick()
        throw()
        ring()
        tick()

        assert listener.heard == [ids("pond")[-1], *ids("tower")]

    def test_hears_what_came_between_set_up_and_the_first_worker(self) -> None:
        throw()
        listener = Listener()
        subscribe("new", listener, PebbleThrown, from_now=True)
        open_from_now()
        throw()
        open_from_now()  # a second set-up moves nobody on
        tick()

        assert listener.heard == [ids("pond")[-1]]

    def test_a_failing_subscriber_holds_up_no_other(self, caplog: pytest.LogCaptureFixture) -> None:
        stuck, other = Listener(), Listener()
        stuck.fails = True
        subscribe("stuck", stuck, PebbleThrown)
        subscribe("other", other, PebbleThrown)
        throw()
        tick()

        cursor = Cursor.objects.get(name="stuck")
        assert (cursor.seq, cursor.failures, cursor.failed_with) == (0, 1, "RuntimeError")
        assert other.heard == ids()
        assert "words that nobody" not in caplog.text

    def test_a_subscriber_is_tried_again_after_a_pause(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        listener = Listener()
        listener.fails = True
        subscribe("stuck", listener, PebbleThrown)
        throw()
        tick()
        listener.fails = False
        tick()
        assert len(listener.heard) == 1

        retry_at = Cursor.objects.get().retry_at
        assert retry_at is not None
        monkeypatch.setattr("balise.foundation.clock.now", lambda: retry_at + timedelta(seconds=1))
        tick()

        assert len(listener.heard) == 2
        assert Cursor.objects.get().failures == 0

    def test_what_a_handler_writes_goes_with_the_cursor(self) -> None:
        listener = Listener()

        def ring_for_each(entries: Sequence[Entry]) -> None:
            for entry in entries:
                record(BellRung(subject=entry.subject), by=ANYONE)
            listener(entries)

        subscribe("ringer", ring_for_each, PebbleThrown)
        listener.fails = True
        throw()
        tick()

        assert ids("tower") == []


def elsewhere[T](work: Callable[[], T]) -> Callable[[], T]:
    def run() -> T:
        try:
            return work()
        finally:
            connections.close_all()

    return run


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer")
class TestCommitOrder:
    def test_no_entry_that_commits_late_is_passed_over(self) -> None:
        drawn, may_commit = Signal(), Signal()

        def commit_late() -> None:
            with transaction.atomic():
                record(PebbleThrown(subject=uuid4(), colour=GREY), by=ANYONE)
                drawn.set()
                may_commit.wait(PATIENCE)

        with ThreadPoolExecutor() as pool:
            late = pool.submit(elsewhere(commit_late))
            drawn.wait(PATIENCE)
            throw()
            assert tick() == 1  # nobody waits for the one that is still open
            throw()
            assert tick() == 1
            may_commit.set()
            late.result()
        throw()

        assert tick() == 2
        assert sorted(entry_id for _, entry_id in chain("pond")) == ids()
        assert [entry_id for _, entry_id in chain("pond")] != ids()

    def test_the_horizon_follows_while_somebody_always_writes(self) -> None:
        with ThreadPoolExecutor() as pool:
            for _ in range(4):
                drawn, may_commit = Signal(), Signal()

                def hold(drawn: Signal = drawn, may_commit: Signal = may_commit) -> None:
                    with transaction.atomic():
                        record(PebbleThrown(subject=uuid4(), colour=GREY), by=ANYONE)
                        drawn.set()
                        may_commit.wait(PATIENCE)

                held = pool.submit(elsewhere(hold))
                drawn.wait(PATIENCE)
                throw()
                tick()
                may_commit.set()
                held.result()

        assert Horizon.objects.get().settled >= ids()[3]
        tick()
        assert sorted(entry_id for _, entry_id in chain("pond")) == ids()


@pytest.mark.django_db(transaction=True)
def test_two_clerks_never_link_twice_nor_deliver_twice() -> None:
    heard: list[int] = []
    subscribe("heard", lambda some: heard.extend(e.pk for e in some), PebbleThrown)
    writers, clerks = 3, 2

    def write() -> None:
        for _ in range(40):
            throw()

    def work() -> None:
        for _ in range(40):
            tick()

    with ThreadPoolExecutor(writers + clerks) as pool:
        jobs = [pool.submit(elsewhere(write)) for _ in range(writers)]
        jobs += [pool.submit(elsewhere(work)) for _ in range(clerks)]
        for job in jobs:
            job.result()
    tick()

    assert sorted(heard) == ids()
    assert [seq for seq, _ in chain("pond")] == list(range(1, 121))
    assert heard == [entry_id for _, entry_id in chain("pond")]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite knows no roles")
class TestRole:
    """The role that docs/operations/journal.md gives to the processes."""

    @pytest.fixture(autouse=True)
    def acting_as_it(self) -> None:
        with connection.cursor() as cursor:
            for statement in (
                "CREATE ROLE balise_app",
                "GRANT SELECT, INSERT ON journal_entry, journal_link TO balise_app",
                "GRANT SELECT, INSERT, UPDATE ON journal_chain TO balise_app",
                "GRANT SELECT, INSERT, UPDATE ON journal_horizon, journal_cursor TO balise_app",
                "SET LOCAL ROLE balise_app",
            ):
                cursor.execute(statement)

    def test_writes_and_links(self) -> None:
        listener = Listener()
        subscribe("listener", listener, PebbleThrown)
        throw()
        throw_many(200)

        assert tick() == 201
        assert len(listener.heard) == 201

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE journal_entry SET line = 'x'",
            "DELETE FROM journal_link",
            "TRUNCATE journal_entry",
            "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
            "DROP TRIGGER journal_entry_kept ON journal_entry",
        ],
    )
    def test_can_rewrite_nothing(self, change: str) -> None:
        with (
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


def test_whoever_waits_for_sqlite_gets_as_long_as_the_clerk_took() -> None:
    def seconds(*, gives_way: bool) -> float:
        since = time.monotonic()
        with clerk._turn(gives_way=gives_way):
            let_pass(0.02)
        return time.monotonic() - since

    others = 0.02 if connection.vendor == "sqlite" else 0
    assert seconds(gives_way=True) >= 0.02 + others
    with pytest.raises(ZeroDivisionError), clerk._turn(gives_way=True):
        _ = 1 / 0


def test_a_long_transaction_is_followed_by_a_shorter_one() -> None:
    pace = clerk.Pace()
    first = pace.most
    for _each in range(9):
        pace.took(0.01)
    assert (first, pace.most) == (20, clerk.BATCH)

    pace.took(0.1)
    assert pace.most == clerk.BATCH
    for _each in range(9):
        pace.took(3.0)
    assert pace.most == first


@pytest.mark.django_db
def test_all_is_linked_and_delivered_in_short_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(book, "SUBSCRIPTIONS", {})
    monkeypatch.setattr(clerk, "SUBSCRIPTIONS", book.SUBSCRIPTIONS)
    monkeypatch.setattr(clerk, "_FEWEST", 2)
    monkeypatch.setattr(clerk, "_SHORT", 0)
    monkeypatch.setattr(clerk, "_pace", clerk.Pace())
    subscribe("counts", lambda some: heard.extend(["counts"] * len(some)), PebbleThrown)
    throw_many(5)

    assert clerk.tick(gives_way=True) == 5
    assert len(heard) == 5
    assert clerk.tick(gives_way=True) == 0
