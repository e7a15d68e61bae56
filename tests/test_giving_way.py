"""On SQLite a person who waits to write goes before a file that is taken in."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from pathlib import Path
from time import monotonic

import pytest
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from balise.foundation import giving_way
from tests.waiting import let_pass, until

pytestmark = pytest.mark.django_db  # connections are opened, to a file of its own each


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "a.sqlite3"


@contextmanager
def opened(place: Path, wrapper: Callable[..., object]) -> Iterator[DatabaseWrapper]:
    """Open a connection of Django's own, as a process of pages or of a file has it."""
    one = DatabaseWrapper(
        connections[DEFAULT_DB_ALIAS].settings_dict
        | {"NAME": str(place), "OPTIONS": {"transaction_mode": "IMMEDIATE"}}
    )
    one.execute_wrappers.append(wrapper)
    try:
        yield one
    finally:
        one.close()


def waits(place: Path) -> bool:
    with Path(f"{place}.waits").open("ab") as file:
        try:
            flock(file, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return True
    return False


def test_a_person_who_waits_is_seen_and_has_begun_is_not(place: Path) -> None:
    has_begun = threading.Event()

    def write() -> None:
        with opened(place, giving_way._as_person) as one:
            one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            has_begun.set()
            one.rollback()

    with closing(sqlite3.connect(place, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        person = threading.Thread(target=write)
        person.start()
        until(lambda: waits(place))
        assert not has_begun.is_set()
        other.execute("ROLLBACK")
        person.join(10)
    assert has_begun.is_set()
    assert not waits(place)


def test_a_file_begins_once_nobody_waits(place: Path) -> None:
    has_begun = threading.Event()

    def write() -> None:
        with opened(place, giving_way._as_file) as one:
            one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            has_begun.set()
            one.rollback()

    with Path(f"{place}.waits").open("ab") as file:
        flock(file, LOCK_SH)
        job = threading.Thread(target=write)
        job.start()
        let_pass(0.2)
        assert not has_begun.is_set()
    job.join(10)
    assert has_begun.is_set()


def test_a_file_waits_no_longer_than_its_time(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving_way, "_MOST", 0.1)
    with Path(f"{place}.waits").open("ab") as file, opened(place, giving_way._as_file) as one:
        flock(file, LOCK_SH)
        one.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        one.rollback()


def test_a_thread_of_a_process_of_pages_may_give_way(place: Path) -> None:
    """What does not come first is written by such threads (`config/asgi.py`)."""
    found: list[object] = []

    def look(*, gives_way: bool) -> None:
        if gives_way:
            giving_way.give_way_here()
        with opened(place, giving_way._as_person) as one:
            one.execute_wrappers.clear()
            one.connect()
            found.extend(one.execute_wrappers)

    giving_way.come_first()
    try:
        for gives_way in (True, False):
            thread = threading.Thread(target=look, kwargs={"gives_way": gives_way})
            thread.start()
            thread.join(10)
    finally:
        giving_way.give_way()
    assert found == [giving_way._as_file, giving_way._as_person]


def test_without_a_place_for_the_lock_both_write(tmp_path: Path) -> None:
    for wrapper in (giving_way._as_person, giving_way._as_file):
        context = {
            "connection": type("Nowhere", (), {"settings_dict": {"NAME": tmp_path / "no/a"}})
        }
        assert wrapper(lambda sql, *_rest: sql, "BEGIN", None, False, context) == "BEGIN"


def test_portions_become_as_long_as_their_time() -> None:
    seen = list[int]()
    for some in giving_way.short(range(2_000)):
        seen.append(len(some))
        let_pass(len(some) * 0.0005)  # 200 in a tenth of a second
    assert sum(seen) == 2_000
    assert seen[0] == 100
    assert max(seen) <= 260


def test_portions_leave_nothing_out_and_keep_the_order() -> None:
    assert [one for some in giving_way.short(range(777)) for one in some] == [*range(777)]
    began = monotonic()
    assert not list(giving_way.short([]))
    assert monotonic() - began < 1
