"""What is told of protected numbers: when, once, and nothing of what is small."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from balise.foundation import clock
from balise.foundation.actors import ANYONE
from balise.foundation.encryption.keyring import key_ring
from balise.foundation.journal.book import record_many
from balise.foundation.journal.clerk import tick
from balise.foundation.journal.events import Code
from balise.foundation.statistics import exposures, telling
from balise.foundation.statistics.exposures import TOTAL
from balise.foundation.statistics.models import Counted, ToldNumber
from balise.foundation.statistics.protection import Exposure, Node, record_key, told
from balise.foundation.statistics.telling import ProtectedTable, numbers, tell
from balise.foundation.statistics.tests.makers import PICKED, WEIGHED, FruitPicked

pytestmark = pytest.mark.django_db

FRUIT = ("apple", "pear", "plum")
BY_KIND = ProtectedTable(WEIGHED.name, "kind", values=lambda: FRUIT)
Q1, Q2, YEAR = Node(2026, 1), Node(2026, 2), Node(2026)


@pytest.fixture(autouse=True)
def protected(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {
        **{(PICKED.name, name): Exposure.PUBLIC for name in (TOTAL, "kind", "ripe")},
        (WEIGHED.name, TOTAL): Exposure.PUBLIC,
        (WEIGHED.name, "kind"): Exposure.SENSITIVE,
        (WEIGHED.name, "kind=plum"): Exposure.GRAVE,
    }
    monkeypatch.setattr(exposures, "EXPOSURES", {})
    monkeypatch.setattr(exposures, "_KEYED", set())
    exposures.register(table, (PICKED, WEIGHED))
    monkeypatch.setattr(telling, "TABLES", {BY_KIND.name: BY_KIND})


@pytest.fixture(autouse=True)
def known_from_the_first_of_january(protected: None) -> Iterator[None]:
    with clock.at(datetime(2026, 1, 1, tzinfo=UTC)):
        pick("apple", 1, on=date(2026, 1, 1))
        tick()
        yield


def pick(kind: str, many: int, *, on: date, at: date | None = None) -> list[UUID]:
    units = [uuid4() for _ in range(many)]
    day = at or on
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    with transaction.atomic(), patch("balise.foundation.clock.now", return_value=noon):
        record_many(
            [
                FruitPicked(subject=unit, kind=Code(kind), ripe=True, picked_on=on, grams=1)
                for unit in units
            ],
            by=ANYONE,
        )
    return units


def told_on(day: date) -> int:
    with clock.at(datetime(day.year, day.month, day.day, 5, tzinfo=UTC)):
        tick()
        return tell()


def shown(day: date) -> dict[Node, dict[str, int | None]]:
    found = numbers(BY_KIND, Q1.first, YEAR.last, on=day)
    return {node: dict(each) for node, each in found.items()}


def expected(kind: str, units: list[UUID], node: Node, exposure: Exposure) -> int:
    key = key_ring().noise_key()
    keys = sum(record_key(key, unit) for unit in units)
    return told(key, len(units), keys, exposure, cell=f"{BY_KIND.name}|{kind}|{node}")


def test_a_quarter_is_told_from_the_day_after_its_thirty_one() -> None:
    pears = pick("pear", 40, on=date(2026, 2, 3))
    plums = pick("plum", 30, on=date(2026, 3, 31))
    assert told_on(date(2026, 5, 1)) == 0
    assert told_on(date(2026, 5, 2)) == 3
    assert shown(date(2026, 5, 1)) == {}
    assert shown(date(2026, 5, 2)) == {
        Q1: {
            "apple": None,
            "pear": expected("pear", pears, Q1, Exposure.SENSITIVE),
            "plum": expected("plum", plums, Q1, Exposure.GRAVE),
        }
    }


def test_a_number_is_told_once_whatever_comes_later() -> None:
    pick("pear", 40, on=date(2026, 2, 3))
    told_on(date(2026, 5, 2))
    before = shown(date(2026, 5, 2))
    pick("pear", 30, on=date(2026, 2, 4), at=date(2026, 5, 3))
    assert told_on(date(2026, 5, 4)) == 0
    assert shown(date(2026, 6, 1)) == before


def test_what_was_late_is_told_after_half_a_year_where_it_is_many() -> None:
    first = pick("pear", 40, on=date(2026, 2, 3))
    plums = pick("plum", 40, on=date(2026, 2, 3))
    told_on(date(2026, 5, 2))
    more = pick("pear", 5, on=date(2026, 2, 4), at=date(2026, 6, 1))
    pick("plum", 4, on=date(2026, 2, 4), at=date(2026, 6, 1))
    told_on(date(2026, 10, 1))
    final = shown(date(2026, 10, 1))[Q1]
    assert final["pear"] == expected("pear", first + more, Q1, Exposure.SENSITIVE)
    assert final["plum"] == expected("plum", plums, Q1, Exposure.GRAVE)
    assert shown(date(2026, 9, 30))[Q1]["pear"] == expected("pear", first, Q1, Exposure.SENSITIVE)


def test_a_late_worker_draws_what_one_in_time_would_have() -> None:
    pick("pear", 40, on=date(2026, 2, 3))
    pick("pear", 30, on=date(2026, 2, 4), at=date(2026, 6, 1))
    told_on(date(2026, 6, 2))
    late = shown(date(2026, 6, 2))
    ToldNumber.objects.all().delete()
    with clock.at(datetime(2026, 12, 1, tzinfo=UTC)):
        tell()
    assert shown(date(2026, 6, 2)) == late


def test_a_value_that_nothing_was_of_and_one_of_few_are_kept_alike() -> None:
    pick("pear", 3, on=date(2026, 2, 3))
    told_on(date(2026, 5, 2))
    assert shown(date(2026, 5, 2))[Q1] == dict.fromkeys(FRUIT)


def test_each_quarter_and_the_year_are_told_in_the_end() -> None:
    with clock.at(datetime(2027, 3, 1, tzinfo=UTC)):
        tick()
        tell()
    every = {str(Node(2026, quarter)) for quarter in range(5)}
    assert set(ToldNumber.objects.values_list("node", flat=True)) == every


def test_a_quarter_and_a_year_that_began_before_the_counting_are_not_told() -> None:
    Counted.objects.update(since=datetime(2026, 1, 2, tzinfo=UTC))
    with clock.at(datetime(2027, 3, 1, tzinfo=UTC)):
        tick()
        tell()
    nodes = set(ToldNumber.objects.values_list("node", flat=True))
    assert nodes == {"2026-Q2", "2026-Q3", "2026-Q4"}


def test_what_is_not_counted_yet_is_not_told() -> None:
    pick("pear", 40, on=date(2026, 2, 3))
    with clock.at(datetime(2026, 5, 2, 5, tzinfo=UTC) + timedelta(days=1)):
        assert tell() == 0


def test_the_gravest_class_of_a_cut_is_that_of_the_table() -> None:
    plums = ProtectedTable(WEIGHED.name, "", only=(("kind", ("plum",)),))
    pears = ProtectedTable(WEIGHED.name, "", only=(("kind", ("pear",)),))
    assert (plums.exposure(), pears.exposure()) == (Exposure.GRAVE, Exposure.SENSITIVE)
    assert (plums.name, BY_KIND.name) == ("orchard.weighed|kind=plum", "orchard.weighed|kind")
