"""Figures as they were known on a day."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from balise.foundation.journal.clerk import tick
from balise.foundation.statistics import queries
from balise.foundation.statistics.counting import adopt, recount
from balise.foundation.statistics.models import Counted, LateMonthTally, LateTally, Tally
from balise.foundation.statistics.tests.makers import PICKED, WEIGHED, pick

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
SPRING = date(2026, 2, 10)
picked = strategies.lists(
    strategies.tuples(
        strategies.sampled_from(("apple", "pear")),
        strategies.integers(0, 80),  # the day of the fact
        strategies.integers(-3, 60),  # how many days later it is recorded
        strategies.integers(1, 500),
    ),
    max_size=12,
)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


class TestKnownBy:
    @settings(
        max_examples=12,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(facts=picked, until=strategies.integers(0, 90), more=strategies.integers(0, 60))
    def test_equals_what_an_entry_by_entry_count_gives(
        self, facts: list[tuple[str, int, int, int]], until: int, more: int
    ) -> None:
        first = SPRING + timedelta(days=3)
        last = first + timedelta(days=until)
        known_by = last + timedelta(days=more)
        before = self._known(first, last, known_by)
        expected: Counter[str] = Counter(before)
        for kind, day, later, grams in facts:
            on = SPRING + timedelta(days=day)
            recorded = on + timedelta(days=later)
            pick(kind, on=on, grams=grams, at=noon(recorded))
            if first <= on <= last and recorded <= known_by:
                expected[kind] += grams
        tick()

        assert self._known(first, last, known_by) == +expected
        assert recount(WEIGHED).agrees

    @staticmethod
    def _known(first: date, last: date, known_by: date) -> dict[str, int]:
        rows = queries.totals(WEIGHED.name, first, last, ("kind",), known_by=known_by)
        return {row.codes["kind"]: row.total for row in rows if row.total}

    def test_a_period_that_goes_beyond_the_day_is_a_mistake(self) -> None:
        with pytest.raises(ValueError, match="beyond"):
            queries.totals(WEIGHED.name, SPRING, date(2026, 4, 1), known_by=date(2026, 3, 31))


class TestLateTallies:
    def test_only_what_is_recorded_after_its_day_is_late(self) -> None:
        pick(on=date(2026, 3, 1), at=NOON)
        pick(on=date(2026, 3, 5), at=NOON)
        pick(on=date(2026, 3, 9), at=NOON)
        tick()

        late = LateTally.objects.values_list("measure", "day", "recorded", "count", "total")
        assert list(late) == [(WEIGHED.name, date(2026, 3, 1), date(2026, 3, 5), 1, 100)]
        months = LateMonthTally.objects.values_list("day", "recorded", "count")
        assert list(months) == [(date(2026, 3, 1), date(2026, 3, 1), 1)]

    def test_what_is_counted_on_the_day_of_its_record_is_never_late(self) -> None:
        pick(on=date(2026, 3, 1), at=NOON)
        tick()

        assert Tally.objects.filter(measure=PICKED.name).exists()
        assert not LateTally.objects.filter(measure=PICKED.name)

    def test_a_recount_finds_and_mends_what_differs(self) -> None:
        pick(times=2, on=date(2026, 3, 1), at=NOON)
        tick()
        LateTally.objects.update(count=7)
        LateMonthTally.objects.all().delete()

        found = recount(WEIGHED)
        assert [each.cell.recorded for each in found.differences] == [
            *(date(2026, 3, 5), date(2026, 3, 1)),
        ]
        recount(WEIGHED, fix=True)
        assert recount(WEIGHED).agrees

    def test_a_measure_counted_before_there_were_late_tallies_is_adopted(self) -> None:
        pick(times=2, on=date(2026, 3, 1), at=NOON)
        tick()
        since = Counted.objects.get(measure=WEIGHED.name).since
        LateTally.objects.all().delete()
        LateMonthTally.objects.all().delete()
        Counted.objects.filter(measure=WEIGHED.name).update(definition="as it was before")

        assert adopt() == [WEIGHED.name]
        assert LateTally.objects.get().count == 2
        assert Counted.objects.get(measure=WEIGHED.name).since == since
        assert recount(WEIGHED).agrees
