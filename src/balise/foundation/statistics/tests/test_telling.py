"""What is told of protected numbers: when, once, and nothing of what is small."""

from collections.abc import Iterator
from dataclasses import replace
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
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Mean, Share
from balise.foundation.statistics.models import Counted, ToldNumber
from balise.foundation.statistics.protection import Exposure, Node, Sum, record_key, told
from balise.foundation.statistics.telling import Printed, ProtectedTable, printed, tell
from balise.foundation.statistics.tests.makers import PICKED, WEIGHED, FruitPicked

pytestmark = pytest.mark.django_db

FRUIT = ("apple", "fig", "pear", "plum")
FIGURE = Indicator(
    code="WEIGHED",
    line="helpline",
    name="Weighed",
    definition="Fruit",
    unit="%(many)s fruit",
    source=Flow(Counts(WEIGHED.name)),
    by="kind",
    labels=lambda: dict.fromkeys(FRUIT, ""),
)
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
    monkeypatch.setattr(telling, "TABLES", {(BY_KIND.measure, BY_KIND.by): BY_KIND})


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


def shown(day: date, *nodes: Node) -> Printed:
    """Return what is printed of some periods, of the first quarter where none is said."""
    first, last = (nodes or (Q1,))[0], (nodes or (Q1,))[-1]
    return printed(WEIGHED.name, "kind", first.first, last.last, on=day)


def cells(day: date, *nodes: Node) -> dict[str, tuple[int, int] | None]:
    found = shown(day, *nodes).cells
    return {code: (one.least, one.most) if one else None for code, one in found.items()}


def expected(kind: str, units: list[UUID], node: Node, exposure: Exposure) -> int:
    key = key_ring().noise_key()
    keys = sum(record_key(key, unit) for unit in units)
    return told(key, len(units), keys, exposure, cell=f"{BY_KIND.name}|{kind}|{node}")


def test_a_quarter_is_told_from_the_day_after_its_thirty_one() -> None:
    pears = pick("pear", 40, on=date(2026, 2, 3))
    plums = pick("plum", 30, on=date(2026, 3, 31))
    assert told_on(date(2026, 5, 1)) == 0
    assert told_on(date(2026, 5, 2)) == 5
    assert shown(date(2026, 5, 1)) == Printed()
    assert shown(date(2026, 5, 2)).nodes == (Q1,)
    assert cells(date(2026, 5, 2)) == {
        "apple": None,
        "fig": None,
        "pear": (expected("pear", pears, Q1, Exposure.SENSITIVE),) * 2,
        "plum": (expected("plum", plums, Q1, Exposure.GRAVE),) * 2,
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
    final = cells(date(2026, 10, 1))
    assert final["pear"] == (expected("pear", first + more, Q1, Exposure.SENSITIVE),) * 2
    assert final["plum"] == (expected("plum", plums, Q1, Exposure.GRAVE),) * 2
    before = cells(date(2026, 9, 30))
    assert before["pear"] == (expected("pear", first, Q1, Exposure.SENSITIVE),) * 2


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
    assert cells(date(2026, 5, 2)) == dict.fromkeys(FRUIT)


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


def keep(node: Node, vintage: str = "p", **numbers: int | None) -> None:
    ToldNumber.objects.bulk_create(
        ToldNumber(table=BY_KIND.name, node=str(node), vintage=vintage, code=code, number=number)
        for code, number in numbers.items()
    )


NEXT = tuple(Node(2027, quarter) for quarter in (1, 2, 3, 4))
LATER = date(2028, 12, 1)


def test_days_that_are_no_period_are_the_sum_of_the_quarters_within_them() -> None:
    keep(NEXT[0], apple=90, pear=30, plum=None, fig=80)
    keep(NEXT[1], apple=90, pear=25, plum=45, fig=80)
    keep(NEXT[2], apple=90, pear=60, plum=50, fig=80)
    found = printed(WEIGHED.name, "kind", date(2027, 1, 1), date(2027, 9, 29), on=LATER)
    assert found.nodes == NEXT[:2]
    assert {code: (one.least, one.most) for code, one in found.cells.items() if one} == {
        "apple": (180, 180),
        "fig": (160, 160),
        "pear": (55, 55),
        "plum": (45, 55),
    }


def test_of_three_parts_of_an_exact_total_one_hidden_hides_the_next_smallest() -> None:
    keep(NEXT[0], pear=45, plum=12, fig=None)
    found = shown(LATER, NEXT[0])
    assert found.cells == {"pear": Sum(45, 45), "fig": None}
    assert found.beside == {"plum"}


def test_whole_years_have_their_own_numbers_and_their_quarters_until_these_are_told() -> None:
    for node in NEXT:
        keep(node, pear=30)
    assert cells(LATER, *NEXT)["pear"] == (120, 120)
    keep(Node(2027), pear=118)
    assert shown(LATER, *NEXT).nodes == (Node(2027),)
    assert cells(LATER, *NEXT)["pear"] == (118, 118)


def test_a_value_that_was_rare_the_year_before_is_told_by_whole_years_only() -> None:
    for node in (Q1, Q2, Node(2026, 3), Node(2026, 4)):
        keep(node, pear=25, plum=24 if node == Q2 else 90, apple=None)
    keep(NEXT[0], "p", pear=30, plum=80, apple=40, new=50)
    assert cells(LATER, NEXT[0]) == {"pear": (30, 30)}


def test_a_table_that_nothing_is_told_of_prints_nothing() -> None:
    assert printed(WEIGHED.name, "ripe", Q1.first, Q1.last, on=LATER) == Printed()
    assert shown(LATER) == Printed()


def test_a_figure_whose_protected_number_is_no_count_of_units_is_refused() -> None:
    whole, plums = Counts(WEIGHED.name), Counts(WEIGHED.name, (("kind", ("plum",)),))
    for source in (Share(plums, whole), Mean(plums), Flow(replace(plums, sums=True))):
        with pytest.raises(ValueError, match="noise of its units"):
            telling.register([replace(FIGURE, source=source)], ())
    telling.register([FIGURE], ())
    assert set(telling.TABLES) == {(WEIGHED.name, "kind")}


def test_a_yearly_measure_is_told_of_whole_years_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    yearly = replace(WEIGHED, is_yearly=True)
    monkeypatch.setattr(telling, "MEASURES", {WEIGHED.name: yearly})
    for quarter in (1, 2, 3, 4):
        pick("apple", 40, on=Node(2026, quarter).first, at=Node(2026, quarter).first)
    on = date(2027, 8, 1)
    assert told_on(on) == 2 * len({*FRUIT, ""})
    assert shown(on, Q1).cells == {}
    assert shown(on, Q1, Q2).nodes == ()
    assert shown(on, YEAR).nodes == (YEAR,)
    assert shown(on, YEAR).cells["apple"]
