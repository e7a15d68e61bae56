"""The pictures of a board: in the page's colours, told apart without them, with their words."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override

from balise.foundation.statistics.boards import Figure
from balise.foundation.statistics.quantities import Quantity
from balise.steering.boards.rules import readings
from balise.steering.boards.rules.readings import Amount, MeasureRead, Reading
from balise.steering.boards.tests.boards import DAYS, KINDS, SEEN_N, SPANS, SUM
from balise.steering.boards.web.charts import Drawing, of_reading, of_steps, small
from balise.steering.indicators.rules.values import Compared, Lack, Stepped, Value
from balise.steering.rules.leaving import Break
from balise.steering.rules.periods import Period, a_year_before, steps

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
SVG = "{http://www.w3.org/2000/svg}"


def a_reading(figure: Figure, *, number: int = 1_240, period: Period = OCTOBER) -> Reading:
    """Return a reading with this number in one code and on one day."""
    code = {"kind": "a", "band": "4h"}.get(figure.by, "")
    cells = (({figure.by: code} if code else {}, Amount(number, number)),) if number else ()
    read = MeasureRead(cells, {period.first: Amount(number, number)})
    before = a_year_before(period)
    return readings.reading(figure, read, MeasureRead(), period=period, year_before=before)


def drawing(figure: Figure, *, number: int = 1_240, period: Period = OCTOBER) -> Drawing:
    """Return the picture of a reading beside a year before."""
    one = a_reading(figure, number=number, period=period)
    found = of_reading(one, period=period, before=a_year_before(period), says="One sentence.")
    assert found
    return found


def svgs(found: Drawing) -> list[str]:
    return [str(svg) for svg in (found.wide, found.narrow) if svg]


def compared(numbers: dict[int, int | None], *, days: int = 365) -> Compared:
    """Return a year in months with these numbers, beside nothing; other months have 10."""
    told = [numbers.get(place, 10) for place in range(12)]
    gaps = [Lack.NOT_YET if number is None else None for number in told]
    quantities = [None if number is None else Quantity(Decimal(number)) for number in told]
    stepped = [
        Stepped(step, quantity, gap)
        for step, quantity, gap in zip(steps(YEAR), quantities, gaps, strict=True)
    ]
    broken = Break(date(2026, 9, 27), {"fr": "Numéro unique", "en": "Single number"})
    now = Value(
        indicator=SEEN_N,
        period=YEAR,
        quantity=Quantity(Decimal(120)),
        steps=tuple(stepped),
        days=days,
        breaks=(broken,),
    )
    return Compared(now, None)


class TestReadings:
    def test_a_series_has_a_wide_and_a_narrow_one(self) -> None:
        found = drawing(DAYS)
        assert found.narrow
        assert width_of(found.narrow) < 300 < width_of(found.wide)
        assert drawing(KINDS).narrow is None

    def test_numbers_and_days_follow_the_language(self) -> None:
        with override("fr"):
            french, wide = drawing(KINDS).wide, drawing(DAYS).wide
        with override("en"):
            english, wide_english = drawing(KINDS).wide, drawing(DAYS).wide
        assert "1\u202f240 · 100\u202f%" in french.replace("\xa0", "\u202f")
        assert "1,240 · 100%" in english
        assert "1 oct." in wide.replace("\xa0", " ").lower()
        assert "1 oct" in wide_english.lower()

    @pytest.mark.parametrize("figure", [DAYS, KINDS, SPANS])
    def test_takes_the_colours_of_the_page(self, figure: Figure) -> None:
        for svg in svgs(drawing(figure)):
            colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg))
            ours = {one for one in colours if one.startswith(("var(--", "url(#"))}
            assert colours - ours <= {"none"}

    @pytest.mark.parametrize("figure", [DAYS, KINDS, SPANS])
    def test_passes_a_strict_policy_and_says_what_it_is(self, figure: Figure) -> None:
        for svg in svgs(drawing(figure)):
            assert not re.search(r"\sstyle=|<style|<script|\son\w+=|\shref=", svg)
            read = ET.fromstring(svg)  # noqa: S314 - our own
            assert read.get("role") == "img"
            assert read.findtext(f"{SVG}title") == figure.title
            assert read.findtext(f"{SVG}desc") == "One sentence."

    def test_a_line_of_now_is_solid_and_one_of_before_is_dashed(self) -> None:
        now = MeasureRead((({}, Amount(4, 4)),), {day: Amount(2, 2) for day in OCTOBER.days()})
        before = a_year_before(OCTOBER)
        then = MeasureRead((({}, Amount(4, 4)),), {day: Amount(1, 1) for day in before.days()})
        one = readings.reading(DAYS, now, then, period=OCTOBER, year_before=before)
        found = of_reading(one, period=OCTOBER, before=before, says="–")
        assert found
        lines = re.findall(r"<polyline[^>]+>", found.wide)
        assert [("stroke-dasharray" in line) for line in lines] == [True, False]

    def test_nothing_is_drawn_of_nothing(self) -> None:
        for figure, number in ((DAYS, 0), (KINDS, 0), (SUM, 1_240)):
            one = a_reading(figure, number=number)
            assert of_reading(one, period=OCTOBER, before=None, says="–") is None

    def test_one_day_is_no_series(self) -> None:
        day = Period(OCTOBER.first, OCTOBER.first)
        assert of_reading(a_reading(DAYS, period=day), period=day, before=None, says="–") is None

    def test_a_label_cannot_break_out(self) -> None:
        one = a_reading(KINDS)
        bad = readings.CodeRow("a", "</text><script>alert(1)</script>", 3, None)
        found = of_reading(replace(one, rows=(bad,)), period=OCTOBER, before=None, says="<script>")
        assert found
        assert "<script" not in found.wide

    def test_a_long_period_is_drawn(self) -> None:
        long = Period(date(2020, 1, 1), date(2026, 10, 31))
        assert len(svgs(drawing(DAYS, period=long))) == 2


class TestSteps:
    def test_a_break_is_a_dashed_line_with_its_name(self) -> None:
        with override("fr"):
            found = of_steps(compared({}), head="Things", says="–")
        assert found
        assert "Numéro unique" in found.wide
        assert 'stroke-dasharray="3 2.5"' in found.wide

    def test_a_step_that_is_not_over_is_hatched_with_its_days(self) -> None:
        with override("fr"):
            found = of_steps(compared({10: None, 11: None}, days=291), head="Things", says="–")
        assert found
        assert "url(#SEEN-N-wide-h)" in found.wide
        assert "18 jours" in found.wide.replace("\xa0", " ")

    def test_a_step_without_a_number_has_no_column(self) -> None:
        whole = of_steps(compared({}), head="Things", says="–")
        some = of_steps(compared({10: None, 11: None}), head="Things", says="–")
        assert whole
        assert some
        assert whole.wide.count("<rect") - some.wide.count("<rect") == 2

    def test_none_of_one_step_or_of_nothing(self) -> None:
        nothing: dict[int, int | None] = dict.fromkeys(range(12), None)
        assert of_steps(compared(nothing), head="Things", says="–") is None
        assert small(compared(nothing), head="Things", says="–") is None

    def test_a_small_one_says_its_number(self) -> None:
        with override("en"):
            svg = small(compared({}), head="Things", says="120 reports")
        assert svg
        assert "120 reports" in svg


def width_of(svg: str) -> float:
    """Return the width that a drawing was made for."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ', svg)
    assert found
    return float(found[1])
