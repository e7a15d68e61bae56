from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from balise.foundation.actors import ANYONE
from balise.foundation.journal.book import facts_of, record
from balise.foundation.journal.clerk import tick
from balise.foundation.journal.events import Code, Event
from balise.foundation.journal.models import Entry, Link
from balise.foundation.journal.tests.makers import GREY, STAFF, PebbleThrown, throw, throw_many

pytestmark = pytest.mark.sqlite


class Size(StrEnum):
    BIG = "big"


class EverythingHappened(Event):
    name = "pond.everything.happened"

    size: Size
    other: UUID
    on: date
    at: datetime
    many: tuple[Code, ...]
    yes: bool
    nothing: int | None


class GossipHeard(Event):
    name = "pond.gossip.heard"

    words: str


def test_facts_are_canonical_json() -> None:
    event = EverythingHappened(
        subject=uuid4(),
        size=Size.BIG,
        other=UUID(int=1),
        on=date(2026, 3, 1),
        at=datetime(2026, 3, 1, 12, tzinfo=UTC),
        many=(Code("b"), Code("a")),
        yes=True,
        nothing=None,
    )

    assert facts_of(event) == (
        '{"at":"2026-03-01T12:00:00+00:00","many":["a","b"],"nothing":null,"on":"2026-03-01",'
        '"other":"00000000-0000-0000-0000-000000000001","size":"big","yes":true}'
    )


def test_free_text_does_not_enter_the_journal() -> None:
    with pytest.raises(ValueError, match="no free text"):
        facts_of(GossipHeard(subject=uuid4(), words="she told me that"))


def test_a_fact_has_a_line_a_noun_and_a_verb() -> None:
    with pytest.raises(ValueError, match="is named line"):
        type("Nameless", (Event,), {"name": "something"})


@pytest.mark.django_db
class TestRecord:
    def test_writes_one_entry(self) -> None:
        subject = throw(colour="blue", by=STAFF)

        entry = Entry.objects.get()
        assert (entry.line, entry.event, entry.subject) == ("pond", "pond.pebble.thrown", subject)
        assert (entry.actor_kind, entry.actor_key) == ("staff", STAFF.key)
        assert entry.facts == {"colour": "blue", "weight": 1}

    def test_writes_many_at_once(self) -> None:
        entries = throw_many(4_100)

        assert [entry.facts["weight"] for entry in entries] == list(range(4_100))


@pytest.mark.django_db(transaction=True)
def test_a_fact_is_written_with_its_change_or_not_at_all() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record(PebbleThrown(subject=uuid4(), colour=GREY), by=ANYONE)
    with transaction.atomic():
        record(PebbleThrown(subject=uuid4(), colour=GREY), by=ANYONE)
        transaction.set_rollback(True)

    assert not Entry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("table", [Entry._meta.db_table, Link._meta.db_table])
@pytest.mark.parametrize("change", ["UPDATE {} SET line = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_rewrite_the_journal(table: str, change: str) -> None:
    throw()
    tick()

    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change.format(table))


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_the_database_refuses_to_empty_the_journal() -> None:
    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE journal_entry")
