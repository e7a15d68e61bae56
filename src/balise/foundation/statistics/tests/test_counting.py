import json
import sys
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from balise.foundation.encryption.keyring import key_ring
from balise.foundation.journal.clerk import tick
from balise.foundation.journal.models import Entry
from balise.foundation.statistics import measures, queries
from balise.foundation.statistics.counting import adopt, recount
from balise.foundation.statistics.measures import Measure, register
from balise.foundation.statistics.models import Counted, MonthTally, Tally
from balise.foundation.statistics.protection import record_key
from balise.foundation.statistics.tests.makers import PICKED, WEIGHED, FruitPicked, pick

pytestmark = pytest.mark.django_db

FIRST = date(2026, 1, 1)
LAST = date(2026, 12, 31)
NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)


def tallies(measure: Measure) -> list[tuple[str, str, int, int]]:
    return [
        (f"{tally.day:%m-%d}", tally.codes, tally.count, tally.total)
        for tally in Tally.objects.filter(measure=measure.name).order_by("day", "codes")
    ]


class TestCount:
    def test_adds_up_what_the_journal_hands_over(self) -> None:
        pick("apple", times=3, grams=100, at=NOON)
        tick()
        pick("apple", grams=50, at=NOON)
        pick("pear", ripe=False, on=date(2026, 3, 2), at=NOON)
        tick()

        assert tallies(PICKED) == [
            ("03-05", "kind=apple&ripe=yes", 4, 0),
            ("03-05", "kind=pear&ripe=no", 1, 0),
        ]
        assert tallies(WEIGHED) == [
            ("03-01", "kind=apple", 4, 350),
            ("03-02", "kind=pear", 1, 100),
        ]

    def test_a_new_measure_is_counted_from_the_first_entry(self) -> None:
        pick(times=3, at=NOON)
        tick()
        late = Measure("orchard.late", counts=FruitPicked)
        register(late)
        pick(times=2, at=NOON)
        tick()
        assert tallies(late) == []
        assert recount(late).is_new

        assert adopt() == ["orchard.late"]
        pick(at=NOON)
        tick()

        assert tallies(late) == [("03-05", "", 6, 0)]
        assert adopt() == []
        assert not recount(late).is_new

    def test_a_changed_measure_is_counted_anew(self) -> None:
        pick("apple", at=NOON)
        pick("pear", at=NOON)
        tick()
        changed = Measure(PICKED.name, counts=FruitPicked)
        measures.MEASURES[PICKED.name] = changed
        try:
            adopt()
            assert tallies(changed) == [("03-05", "", 2, 0)]
        finally:
            measures.MEASURES[PICKED.name] = PICKED

    def test_a_measure_that_went_and_came_back_misses_nothing(self) -> None:
        pick(at=NOON)
        tick()
        del measures.MEASURES[PICKED.name]
        try:
            assert adopt() == []
            assert tallies(PICKED) == []
            assert not MonthTally.objects.filter(measure=PICKED.name)
            assert not Counted.objects.filter(measure=PICKED.name)
            pick(at=NOON)
            tick()
        finally:
            measures.MEASURES[PICKED.name] = PICKED

        assert adopt() == [PICKED.name]
        assert tallies(PICKED) == [("03-05", "kind=apple&ripe=yes", 2, 0)]

    def test_a_measure_without_a_past_needs_no_adoption(self) -> None:
        pick()
        tick()

        assert Counted.objects.count() == 2


class TestRecordKeys:
    """A measure with a protected number has the sum of its units' record keys beside each count."""

    @pytest.fixture(autouse=True)
    def keyed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("balise.foundation.statistics.exposures._KEYED", {PICKED.name})

    def test_are_summed_in_each_table_and_the_same_in_a_recount(self) -> None:
        pick("apple", at=NOON)
        pick("apple", at=NOON)
        tick()
        pick("apple", at=NOON)
        tick()
        key = key_ring().noise_key()
        units = Entry.objects.filter(event=FruitPicked.name).values_list("subject", flat=True)
        expected = sum(record_key(key, unit) for unit in units)

        for table in (Tally, MonthTally):
            [row] = table._default_manager.filter(measure=PICKED.name)
            assert (row.count, row.keys) == (3, expected)
        assert recount(PICKED).agrees

    def test_are_none_of_another_measure(self) -> None:
        pick(at=NOON)
        tick()
        assert set(Tally.objects.filter(measure=WEIGHED.name).values_list("keys", flat=True)) == {0}

    def test_that_differ_are_found_and_mended(self) -> None:
        pick(at=NOON)
        tick()
        Tally.objects.filter(measure=PICKED.name).update(keys=1)
        assert not recount(PICKED).agrees
        assert not recount(PICKED, fix=True).agrees
        assert recount(PICKED).agrees

    def test_a_measure_that_becomes_keyed_is_counted_again(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as patch:
            patch.setattr("balise.foundation.statistics.exposures._KEYED", set())
            pick(at=NOON)
            tick()
        assert adopt() == [PICKED.name]
        assert Tally.objects.get(measure=PICKED.name).keys > 0


class TestRecount:
    def test_the_archive_asks_for_what_is_not_installed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "duckdb", None)
        for words in (("recount", "--archive"), ("archive", "--before", "2026-01-01")):
            with pytest.raises(CommandError, match=r"install balise\[archive\]"):
                call_command("statistics", *words)

    def test_the_tallies_equal_a_full_recount(self) -> None:
        for n in range(40):
            pick(("apple", "pear", "plum")[n % 3], ripe=n % 2 == 0, times=n, grams=n)
            tick(batches=1)
        tick()

        assert recount(PICKED).agrees
        assert recount(WEIGHED).agrees
        assert recount(PICKED).entries == sum(range(40))

    def test_names_the_cells_that_differ_and_mends_them(self) -> None:
        pick(times=2, at=NOON)
        pick("pear", at=NOON)
        tick()
        Tally.objects.filter(measure=PICKED.name, codes__contains="apple").update(count=9)
        Tally.objects.filter(measure=PICKED.name, codes__contains="pear").delete()
        Tally.objects.create(measure=PICKED.name, day=FIRST, codes="kind=ghost&ripe=no", count=1)

        found = recount(PICKED)
        assert [(d.cell.codes, d.tallied.times, d.recounted.times) for d in found.differences] == [
            ("kind=ghost&ripe=no", 1, 0),
            ("kind=apple&ripe=yes", 9, 2),
            ("kind=pear&ripe=yes", 0, 1),
        ]

        recount(PICKED, fix=True)
        assert recount(PICKED).agrees

    def test_is_an_operators_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        pick(times=2)
        tick()
        Tally.objects.filter(measure=PICKED.name).update(count=9)

        with pytest.raises(CommandError, match="--fix"):
            call_command("statistics", "recount", "--json")
        found = {one["measure"]: one for one in json.loads(capsys.readouterr().out)}
        assert found[PICKED.name]["differences"][0]["recounted"] == {
            "times": 2,
            "total": 0,
            "keys": 0,
        }
        assert found[WEIGHED.name]["agrees"]

        call_command("statistics", "recount", "--fix")
        call_command("statistics", "recount")
        assert "the tallies agree" in capsys.readouterr().out


class TestQueries:
    def test_totals_are_grouped_by_the_codes_asked_for(self) -> None:
        pick("apple", times=3, at=NOON)
        pick("apple", ripe=False, at=NOON)
        pick("pear", times=5, at=NOON)
        tick()

        rows = queries.totals(PICKED.name, FIRST, LAST, by=("kind",))
        assert [(row.codes, row.count) for row in rows] == [
            ({"kind": "pear"}, 5),
            ({"kind": "apple"}, 4),
        ]
        assert [row.count for row in queries.totals(PICKED.name, FIRST, LAST)] == [9]
        assert len(queries.totals(PICKED.name, FIRST, LAST, by=("kind", "ripe"))) == 3

    def test_a_period_without_figures_has_a_total_of_nothing(self) -> None:
        [row] = queries.totals(PICKED.name, FIRST, FIRST)
        assert (row.codes, row.count, row.total) == ({}, 0, 0)

    def test_days_come_in_order(self) -> None:
        for day in (3, 1, 2):
            pick("apple", times=day, on=date(2026, 3, day))
            pick("pear", on=date(2026, 3, day))
        tick()

        days = queries.by_day(WEIGHED.name, date(2026, 3, 2), LAST)
        assert [(row.day.day, row.count) for row in days] == [(2, 3), (3, 4)]
        fruit = queries.by_day(WEIGHED.name, FIRST, LAST, by=("kind",))
        assert [(r.day.day, r.codes["kind"], r.total) for r in fruit][:2] == [
            (1, "apple", 100),
            (1, "pear", 100),
        ]
        assert queries.first_and_last_day(WEIGHED.name) == (date(2026, 3, 1), date(2026, 3, 3))

    def test_an_unknown_measure_or_code_is_an_error(self) -> None:
        with pytest.raises(LookupError, match="no measure"):
            queries.totals("orchard.unheard", FIRST, LAST)
        with pytest.raises(LookupError, match="not counted by taste"):
            queries.by_day(PICKED.name, FIRST, LAST, by=("taste",))

    def test_a_period_across_months_adds_whole_months_to_single_days(self) -> None:
        for month in range(1, 13):
            for day in (1, 15, 28):
                pick(on=date(2026, month, day), grams=month)
        tick()

        for since in (date(2025, 12, 1), date(2026, 1, 2), date(2026, 2, 28), date(2026, 5, 1)):
            for until in (date(2026, 5, 1), date(2026, 6, 30), date(2026, 9, 14), LAST):
                days = queries.by_day(WEIGHED.name, since, until)
                [row] = queries.totals(WEIGHED.name, since, until)
                assert row.count == sum(day.count for day in days)
                assert row.total == sum(day.total for day in days)
