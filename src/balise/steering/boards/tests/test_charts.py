"""Pictures by the real drawer; and pages that stand when it does not answer."""

import re
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date

import pytest
from django.utils.translation import override

from balise.foundation.statistics.boards import Figure
from balise.steering.boards.rules import readings
from balise.steering.boards.rules.readings import Amount, MeasureRead, Reading
from balise.steering.boards.tests.boards import DAYS, KINDS, SPANS, SUM
from balise.steering.boards.web import charts
from balise.steering.boards.web.charts import DRAWER, Chart, Drawer, charts_of
from balise.steering.rules.periods import Period, a_year_before

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


def a_reading(figure: Figure, *, number: int = 1_240, period: Period = OCTOBER) -> Reading:
    """Return a reading with this number in one code and on one day."""
    code = {"kind": "a", "band": "4h"}.get(figure.by, "")
    cells = (({figure.by: code} if code else {}, Amount(number, number)),) if number else ()
    read = MeasureRead(cells, {period.first: Amount(number, number)})
    before = a_year_before(period)
    return readings.reading(figure, read, MeasureRead(), period=period, year_before=before)


def pictures(asked: list[Reading]) -> list[list[str]]:
    """Return the pictures of readings once all are drawn."""
    charts.pictures(asked)
    DRAWER.finish()
    drawn = charts.pictures(asked)
    assert not any(one.are_coming for one in drawn)
    return [[str(svg) for svg in one.ready] for one in drawn]


def drawn_by(drawer: Drawer, asked: list[Chart]) -> list[str | None]:
    """Return what a drawer makes of charts, once it has done its best."""
    drawer.ready(asked, locale="fr-FR")
    drawer.finish()
    return drawer.ready(asked, locale="fr-FR")


@pytest.fixture(scope="module")
def drawer() -> Iterator[Drawer]:
    """A drawer of the test's own, stopped at the end."""
    one = Drawer()
    yield one
    one.stop()


class TestPictures:
    def test_a_series_has_a_wide_and_a_narrow_one(self) -> None:
        [wide, narrow] = pictures([a_reading(DAYS)])[0]
        assert wide.startswith("<svg viewBox=")
        assert width_of(narrow) < 360 < width_of(wide)

    def test_numbers_and_days_follow_the_language(self) -> None:
        with override("fr"):
            [french], [wide, _narrow] = pictures([a_reading(KINDS), a_reading(DAYS)])
        with override("en"):
            [english], [wide_english, _narrow] = pictures([a_reading(KINDS), a_reading(DAYS)])
        assert "1 240 · 100 %" in french.replace("\xa0", " ").replace("\u202f", " ")
        assert "1,240 · 100%" in english
        assert "11 oct." in wide
        assert "11 Oct<" in wide_english

    @pytest.mark.parametrize("figure", [DAYS, KINDS, SPANS])
    def test_take_the_colours_of_the_page(self, figure: Figure) -> None:
        for svg in pictures([a_reading(figure)])[0]:
            colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg))
            assert {colour for colour in colours if not colour.startswith("var(--")} <= {
                "none",
                "transparent",
            }

    @pytest.mark.parametrize("figure", [DAYS, KINDS, SPANS])
    def test_pass_a_strict_policy_and_say_nothing_of_their_own(self, figure: Figure) -> None:
        for svg in pictures([a_reading(figure)])[0]:
            assert not re.search(r"\sstyle=|<style|<script|\son\w+=|\sid=|\shref=|aria-|role=", svg)

    def test_nothing_is_drawn_of_nothing(self) -> None:
        assert charts_of(a_reading(DAYS, number=0)) == []
        assert charts_of(a_reading(KINDS, number=0)) == []
        assert charts_of(a_reading(SUM)) == []

    def test_one_day_is_no_series(self) -> None:
        assert charts_of(a_reading(DAYS, period=Period(OCTOBER.first, OCTOBER.first))) == []

    def test_a_label_cannot_break_out(self, drawer: Drawer) -> None:
        chart = charts_of(a_reading(KINDS))[0]
        chart["bars"][0]["label"] = ["</text><script>alert(1)</script>"]
        [svg] = drawn_by(drawer, [chart])
        assert svg
        assert "<script" not in svg

    def test_a_long_period_is_drawn(self) -> None:
        long = Period(date(2020, 1, 1), date(2026, 10, 31))
        assert len(pictures([a_reading(DAYS, period=long)])[0]) == 2


class TestDrawer:
    def test_keeps_nobody_waiting(self, drawer: Drawer) -> None:
        chart = charts_of(a_reading(KINDS, number=2))
        start = time.monotonic()

        assert drawer.ready(chart, locale="fr-FR") == [None]
        assert time.monotonic() - start < 2
        drawer.finish()
        [svg] = drawer.ready(chart, locale="fr-FR")
        assert svg

    def test_draws_once(self, drawer: Drawer) -> None:
        chart = charts_of(a_reading(KINDS))
        first = drawn_by(drawer, chart)
        drawer.stop()

        assert drawn_by(drawer, chart) == first
        assert drawer._process is None

    def test_comes_back_when_it_was_stopped(self, drawer: Drawer) -> None:
        drawn_by(drawer, charts_of(a_reading(KINDS, number=6)))
        assert drawer._process
        drawer._process.kill()
        drawer._process.wait()

        [svg] = drawn_by(drawer, charts_of(a_reading(KINDS, number=7)))
        assert svg

    def test_a_bad_chart_leaves_the_others_alone(self, drawer: Drawer) -> None:
        good = charts_of(a_reading(KINDS))[0]
        bad: Chart = {"kind": "bars", "bars": [{"label": "no"}], "width": 340}
        assert [bool(svg) for svg in drawn_by(drawer, [bad, good])] == [False, True]

    def test_serves_several_at_once(self, drawer: Drawer) -> None:
        drawn: list[str | None] = []

        def draw(number: int) -> None:
            drawn.extend(drawn_by(drawer, charts_of(a_reading(KINDS, number=number))))

        threads = [threading.Thread(target=draw, args=(number,)) for number in (11, 12, 13)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert all(drawn)
        assert len(set(drawn)) == 3

    @pytest.mark.parametrize(
        "program",
        ["raise SystemExit", "input(); print('[]')", "import time; time.sleep(60)"],
    )
    def test_a_page_stands_without_it(self, program: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(charts, "ANSWERS_WITHIN", 0.3)
        broken = Drawer((sys.executable, "-c", program))
        try:
            assert drawn_by(broken, charts_of(a_reading(KINDS))) == [""]
            assert broken._thread is None
        finally:
            broken.stop()

    def test_tries_again_after_a_while(self, monkeypatch: pytest.MonkeyPatch) -> None:
        broken = Drawer((sys.executable, "-c", "raise SystemExit"))
        chart = charts_of(a_reading(KINDS))
        try:
            assert drawn_by(broken, chart) == [""]
            broken._failed = dict.fromkeys(broken._failed, 0.0)
            broken._command = charts._COMMAND
            [svg] = drawn_by(broken, chart)
            assert svg
        finally:
            broken.stop()

    def test_keeps_a_limited_number(self, drawer: Drawer, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(charts, "KEPT", 2)
        every = [charts_of(a_reading(KINDS, number=number))[0] for number in (1, 2, 3)]
        drawn_by(drawer, every[:1])
        drawn_by(drawer, every[1:])
        assert len(drawer._kept) == 2


def width_of(svg: str) -> float:
    """Return the width that a drawing was made for."""
    found = re.match(r'<svg viewBox="0 0 ([\d.]+) ', svg)
    assert found
    return float(found[1])
