"""Threads that write at the same moment share a transaction, never an outcome."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, OperationalError, transaction

from balise.foundation.group_commit import PATIENCE, GroupCommit, company
from tests.waiting import let_pass

pytestmark = pytest.mark.sqlite

MANY = 40


class Book:
    """Writes numbers down, slowly; notes which were written together."""

    def __init__(self) -> None:
        self.together: list[list[int]] = []
        self.may_write = threading.Event()

    def write(self, items: Sequence[int]) -> list[int]:
        self.may_write.wait(5)
        self.together.append(list(items))
        if any(item < 0 for item in items):
            raise DatabaseError("a number below zero")
        return [item * 10 for item in items]


def brought(commit: GroupCommit[int, int], items: Sequence[int], book: Book) -> list[object]:
    """Bring all items at once, each in its own thread; return each outcome or error."""

    def bring(item: int) -> object:
        try:
            return commit(item)
        except DatabaseError as error:
            return error

    with ThreadPoolExecutor(len(items)) as threads:
        waiting = [threads.submit(bring, item) for item in items]
        threading.Timer(0.2, book.may_write.set).start()
        return [one.result(timeout=10) for one in waiting]


def test_what_arrives_together_is_written_together_and_answered_alone() -> None:
    book = Book()
    outcomes = brought(GroupCommit(book.write), range(MANY), book)
    assert outcomes == [number * 10 for number in range(MANY)]
    assert len(book.together) < MANY / 2
    assert sorted(one for some in book.together for one in some) == list(range(MANY))


def test_no_more_than_so_many_at_once() -> None:
    book = Book()
    brought(GroupCommit(book.write, most=8), range(MANY), book)
    assert max(map(len, book.together)) <= 8


def test_nobody_fails_for_another() -> None:
    book = Book()
    outcomes = brought(GroupCommit(book.write), [1, 2, -3, 4], book)
    assert outcomes[:2] == [10, 20]
    assert outcomes[3] == 40
    assert isinstance(outcomes[2], DatabaseError)


def test_a_database_that_does_not_answer_is_asked_once_for_all() -> None:
    book, asked = Book(), []

    def locked(items: Sequence[int]) -> list[int]:
        book.may_write.wait(5)
        asked.append(len(items))
        raise OperationalError("database is locked")

    outcomes = brought(GroupCommit(locked), [1, 2, 3, 4], book)
    assert all(isinstance(outcome, OperationalError) for outcome in outcomes)
    assert sum(asked) == 4


@pytest.mark.django_db
def test_inside_a_transaction_it_is_written_alone() -> None:
    book = Book()
    book.may_write.set()
    with transaction.atomic():
        assert GroupCommit(book.write)(7) == 70
    assert book.together == [[7]]


def test_whoever_writes_waits_for_those_who_are_answered_at_this_moment() -> None:
    book = Book()
    book.may_write.set()
    commit = GroupCommit(book.write)
    at_work = threading.Barrier(3)

    def answer(number: int) -> int:
        with company:
            at_work.wait(5)
            let_pass(PATIENCE / 5 * number)  # each reads its form for a while
            return commit(number)

    with ThreadPoolExecutor(3) as threads:
        outcomes = [one.result(5) for one in [threads.submit(answer, n) for n in range(3)]]
    assert outcomes == [0, 10, 20]
    assert max(map(len, book.together)) > 1


def test_one_alone_waits_for_nobody_and_nobody_waits_long_for_one_who_never_comes() -> None:
    book = Book()
    book.may_write.set()
    commit = GroupCommit(book.write)

    def seconds() -> float:
        since = time.monotonic()
        assert commit(1) == 10
        return time.monotonic() - since

    with company:
        assert min(seconds() for _ in range(20)) < PATIENCE
        with company:
            assert PATIENCE <= min(seconds() for _ in range(20)) < 20 * PATIENCE


def test_nobody_waits_for_more_than_there_are_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(company, "at_once", 1)
    book = Book()
    book.may_write.set()
    with company, company:
        times = []
        for _ in range(20):
            since = time.monotonic()
            GroupCommit(book.write)(1)
            times.append(time.monotonic() - since)
    assert min(times) < PATIENCE
