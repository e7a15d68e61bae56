"""A zero is a zero only on days that were counted."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from balise.foundation import clock
from balise.foundation.journal.clerk import link, tick
from balise.foundation.statistics import counting, measures
from balise.foundation.statistics.coverage import coverage
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.models import Counted
from balise.foundation.statistics.rules import Gap, Span
from balise.foundation.statistics.tests.makers import PICKED, WEIGHED, FruitPicked, pick

pytestmark = pytest.mark.django_db

MARCH = [datetime(2026, 3, day, 12, tzinfo=UTC) for day in range(1, 32)]
ALWAYS = date(2026, 3, 1)


def on(day: int) -> datetime:
    return MARCH[day - 1]


def test_what_is_all_counted_counts_until_now() -> None:
    pick(at=on(1))
    tick()
    with clock.at(on(10)):
        found = coverage([PICKED.name])
    assert found.until == {"orchard": on(10)}
    assert (found.earliest, found.is_stale, found.waiting) == (on(10), False, 0)
    assert found.spans[PICKED.name] == Span(ALWAYS, date(2026, 3, 10), line="orchard")


@pytest.mark.parametrize("is_linked", [True, False])
def test_what_waits_makes_it_count_until_its_last_fact(is_linked: bool) -> None:
    pick(at=on(1))
    pick(at=on(4))
    tick()
    pick(times=3, at=on(8))
    if is_linked:
        link()
    with clock.at(on(9)):
        found = coverage([PICKED.name, WEIGHED.name])
    assert found.until == {"orchard": on(4)}
    assert (found.is_stale, found.waiting, found.oldest) == (True, 3, on(8))
    # Of the day of its last fact nobody knows the end.
    assert found.spans[PICKED.name] == Span(ALWAYS, date(2026, 3, 3), line="orchard")


def test_what_waits_for_a_moment_is_not_stale() -> None:
    pick(at=on(1))
    tick()
    pick(at=on(8))
    with clock.at(on(8) + timedelta(seconds=30)):
        found = coverage([PICKED.name])
    assert not found.is_stale
    assert found.spans[PICKED.name].last == date(2026, 3, 8)


def test_nothing_counts_before_the_first_fact_or_without_a_worker() -> None:
    with clock.at(on(1)):
        assert coverage([PICKED.name]).spans[PICKED.name].gap(ALWAYS, ALWAYS)
    pick(at=on(2))
    with clock.at(on(3)):
        found = coverage([PICKED.name])
    assert (found.until, found.earliest) == ({"orchard": None}, None)
    assert found.spans[PICKED.name].gap(date(2026, 3, 2), date(2026, 3, 2))


def test_a_measure_that_came_later_counts_since_then(monkeypatch: pytest.MonkeyPatch) -> None:
    pick(at=on(1))
    tick()
    later = Measure("orchard.later", counts=FruitPicked, only=(("kind", "quince"),))
    monkeypatch.setitem(measures.MEASURES, later.name, later)
    with clock.at(on(6)):
        assert coverage([later.name]).spans[later.name].gap(date(2026, 3, 6), date(2026, 3, 6))
        counting.adopt()
        # Its event was there before: so it is counted from its first entry.
        assert coverage([later.name]).spans[later.name] == Span(
            ALWAYS, date(2026, 3, 6), line="orchard"
        )
    Counted.objects.filter(measure=later.name).update(since=on(5))
    with clock.at(on(6)):
        span = coverage([later.name]).spans[later.name]
    assert span == Span(date(2026, 3, 5), date(2026, 3, 6), Gap.BEFORE_THE_MEASURE, "orchard")
    assert span.gap(date(2026, 3, 4), date(2026, 3, 6)) is Gap.BEFORE_THE_MEASURE
    assert span.gap(date(2026, 3, 5), date(2026, 3, 6)) is None
    assert span.gap(date(2026, 3, 5), date(2026, 3, 7)) is Gap.NOT_YET


def test_a_measure_that_changed_is_not_counted_until_it_is_counted_again() -> None:
    pick(at=on(1))
    tick()
    Counted.objects.filter(measure=PICKED.name).update(definition="otherwise")
    with clock.at(on(2)):
        assert coverage([PICKED.name]).spans[PICKED.name].gap(ALWAYS, ALWAYS) is Gap.NOT_YET
        counting.adopt()
        assert coverage([PICKED.name]).spans[PICKED.name].gap(ALWAYS, ALWAYS) is None


def test_a_centre_of_before_counted_since_its_first_fact() -> None:
    pick(at=on(3))
    pick(at=on(2))
    tick()
    Counted.objects.update(since=on(30))
    migration = import_module("balise.foundation.statistics.migrations.0002_since")
    migration.say_since(apps, SimpleNamespace(connection=connection))
    assert set(Counted.objects.values_list("since", flat=True)) == {on(2)}
