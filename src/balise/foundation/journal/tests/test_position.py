"""Whoever shows figures can say until when they counted."""

from datetime import UTC, datetime

import pytest

from balise.foundation import clock
from balise.foundation.journal import book
from balise.foundation.journal.book import subscribe
from balise.foundation.journal.clerk import link, tick
from balise.foundation.journal.tests.makers import BellRung, PebbleThrown, ring, throw
from balise.foundation.journal.verifying import Waiting, first_moment, positions, unlinked

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = (datetime(2026, 3, day, 12, tzinfo=UTC) for day in (1, 2, 3))


@pytest.fixture(autouse=True)
def listener(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one subscriber hear of the pond and the tower."""
    monkeypatch.setattr(book, "SUBSCRIPTIONS", {})
    monkeypatch.setattr("balise.foundation.journal.clerk.SUBSCRIPTIONS", book.SUBSCRIPTIONS)
    subscribe("ear", lambda _entries: None, PebbleThrown, BellRung)


def at(moment: datetime) -> None:
    with clock.at(moment):
        throw()


def test_of_a_centre_without_a_fact_there_is_nothing_to_say() -> None:
    (pond,) = positions("ear", ["pond"])
    assert (pond.last, pond.waiting) == (None, Waiting())
    assert first_moment() is None
    assert unlinked() == {}


def test_what_no_clerk_linked_waits() -> None:
    at(ONE)
    tick()
    at(TWO)
    at(THREE)
    assert unlinked() == {"pond": Waiting(2, TWO)}
    (pond,) = positions("ear", ["pond"])
    assert (pond.last, pond.waiting) == (ONE, Waiting(2, TWO))
    tick()
    (pond,) = positions("ear", ["pond"])
    assert (pond.last, pond.waiting) == (THREE, Waiting())


def test_what_is_linked_and_not_heard_of_waits_too() -> None:
    at(ONE)
    tick()
    at(TWO)
    link()
    at(THREE)
    (pond,) = positions("ear", ["pond"])
    assert (pond.last, pond.waiting) == (ONE, Waiting(2, TWO))


def test_each_line_stands_apart() -> None:
    at(TWO)
    with clock.at(ONE):
        ring()
    tick()
    at(THREE)
    pond, tower = positions("ear", ["tower", "pond"])
    assert (pond.waiting.facts, tower.waiting.facts) == (1, 0)
    assert tower.last == ONE
    assert first_moment() == ONE


def test_two_that_wait_add_up() -> None:
    assert Waiting(2, TWO) + Waiting(1, ONE) + Waiting() == Waiting(3, ONE)
