"""Uses in memory, in day tallies, and what the journal is told of them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from tests.processes import rights_of

from balise.awareness.usage import actions
from balise.awareness.usage.models import DayTally, ToldTally
from balise.awareness.usage.rules.tallies import LOST, Client, Tallies, UsageKind, Use
from balise.awareness.usage.tests.makers import BROWSER, use
from balise.foundation import clock
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.grants import PUBLIC
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.queries import totals

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_held() -> Iterator[None]:
    """Begin and end with an empty memory: it is the process's."""
    actions._held.take()
    yield
    actions._held.take()


def tallied() -> dict[tuple[str, str], int]:
    return {
        (kind, thing): n
        for kind, thing, n in DayTally.objects.values_list("kind", "thing", "count")
    }


def seen(thing: str, agent: str = BROWSER, address: str = "") -> bool:
    client = Client(address or str(uuid4()), agent)
    return actions.count(use=Use(UsageKind.VIEW, thing), client=client, by=ANYONE)


def test_a_use_is_counted_in_memory_and_asks_no_database(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert seen("page", address="203.0.113.5")
        assert not seen("page", address="203.0.113.5")
        assert not seen("page", agent="Googlebot/2.1")


def test_the_public_door_adds_to_the_day_with_its_rights_alone() -> None:
    for _round in range(2):
        seen("page")
        seen("page")
        with rights_of(PUBLIC):
            actions.write_down(by=SYSTEM)
    assert tallied() == {("view", "page"): 4}
    assert actions.write_down(by=SYSTEM) == 0


def test_a_day_is_that_of_the_centres_zone() -> None:
    with clock.at(datetime(2026, 11, 28, 0, 30, tzinfo=clock.zone())):  # in Paris, not yet in UTC
        seen("page")
    actions.write_down(by=SYSTEM)
    assert DayTally.objects.get().day.isoformat() == "2026-11-28"


def test_while_the_database_refuses_all_is_held_and_written_later() -> None:
    table = connection.ops.quote_name(DayTally._meta.db_table)
    seen("page")
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO elsewhere")
        with pytest.raises(DatabaseError):
            actions.write_down(by=SYSTEM)
        seen("page")
        cursor.execute(f"ALTER TABLE elsewhere RENAME TO {table}")
    actions.write_down(by=SYSTEM)
    assert tallied() == {("view", "page"): 2}


def test_what_could_not_be_held_is_told_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "_held", Tallies(most=1))
    seen("page")
    seen("other")
    actions.write_down(by=SYSTEM)
    assert tallied() == {("view", "page"): 1, (LOST, ""): 1}


class TestDays:
    def test_are_told_once_they_are_over_and_again_for_what_came_later(self) -> None:
        use("page", 7, days_ago=1)
        use("page", 2, kind=UsageKind.PRINT, days_ago=1)
        use("page", 1)  # today
        assert actions.tell_days(by=SYSTEM) == 2
        assert actions.tell_days(by=SYSTEM) == 0
        use("page", 3, days_ago=1)  # a database that was stopped
        assert actions.tell_days(by=SYSTEM) == 1

        facts = [entry.facts for entry in Entry.objects.filter(event="awareness.usage.counted")]
        day = (clock.today() - timedelta(days=1)).isoformat()
        assert [(f["day"], f["kind"], f["amount"]) for f in facts] == [
            (day, "print", 2),
            (day, "view", 7),
            (day, "view", 3),
        ]
        assert ToldTally.objects.get(kind="view").count == 10
        while clerk.tick():
            pass
        yesterday = clock.today() - timedelta(days=1)
        rows = totals("awareness.usage", yesterday, yesterday, by=("kind",))
        assert {row.codes["kind"]: row.total for row in rows} == {"view": 10, "print": 2}

    def test_a_loss_is_no_use(self) -> None:
        DayTally.objects.create(day=clock.today() - timedelta(days=1), kind=LOST, count=4)
        assert actions.tell_days(by=SYSTEM) == 0
