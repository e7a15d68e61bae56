"""Who asked for nothing of what is new is moved with the others, in a handful of statements."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from balise.foundation.actors import ANYONE
from balise.foundation.journal.book import record, subscribe
from balise.foundation.journal.clerk import tick
from balise.foundation.journal.models import Cursor, Entry
from balise.foundation.journal.tests.makers import PebbleSunk, PebbleThrown, throw

pytestmark = pytest.mark.django_db


def sink() -> None:
    with transaction.atomic():
        record(PebbleSunk(subject=uuid4()), by=ANYONE)


def statements() -> int:
    """Return how many statements one more pebble costs the clerk."""
    throw()
    with CaptureQueriesContext(connection) as asked:
        tick()
    return len(asked)


def nothing(_entries: Sequence[Entry]) -> None:
    raise AssertionError("nothing of this was asked for")


def places() -> set[int]:
    return set(Cursor.objects.values_list("seq", flat=True))


def test_they_begin_and_move_together() -> None:
    heard: list[Entry] = []
    subscribe("listener", heard.extend, PebbleThrown)
    tick()
    alone = statements()
    for number in range(9):
        subscribe(f"sunk-{number}", nothing, PebbleSunk)
    begin, together = statements(), statements()

    assert begin - alone < 9
    assert together - alone < 9
    assert places() == {3}
    assert [entry.link.seq for entry in heard] == [1, 2, 3]


def test_what_one_asked_for_is_heard_though_others_came_after() -> None:
    heard: list[int] = []
    subscribe("listener", lambda some: heard.extend(each.link.seq for each in some), PebbleThrown)
    tick()
    throw()
    tick()
    throw()
    sink()
    tick()
    sink()
    tick()

    assert heard == [1, 2]
    assert places() == {4}


def test_who_rests_after_a_failure_stays_where_they_are() -> None:
    fails = [True]

    def fail(_entries: Sequence[Entry]) -> None:
        if fails:
            raise RuntimeError

    subscribe("stuck", fail, PebbleSunk)
    tick()
    sink()
    tick()
    throw()
    tick()

    assert Cursor.objects.values_list("seq", "failures").get() == (0, 1)


def test_who_is_put_back_meanwhile_hears_all_again() -> None:
    heard: list[int] = []
    subscribe("listener", lambda some: heard.extend(each.link.seq for each in some), PebbleSunk)
    sink()
    tick()
    throw()
    puts_back = [True]

    def put_back(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        found = execute(sql, *more)
        if puts_back and 'MAX("journal_link"."seq")' in sql:
            puts_back.clear()
            Cursor.objects.update(seq=0)
        return found

    with connection.execute_wrapper(put_back):
        tick()
    tick()

    assert not puts_back
    assert heard == [1, 1]
    assert places() == {2}
