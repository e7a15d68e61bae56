"""The three documents of an edition: the same words, the same bytes, nothing that is withheld."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any
from unittest.mock import patch
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override
from pptx import Presentation

from balise.steering.editions.documents import page, paper, slides
from balise.steering.editions.documents.told import told
from balise.steering.editions.rules.checking import numbers_in
from balise.steering.editions.rules.deck import Deck, Form
from balise.steering.editions.tests.decks import chart, deck, page as page_of
from balise.steering.editions.tests.opened import (
    A,
    C,
    P,
    chart_of,
    digits_of_names,
    everything,
    inflated,
    numbers_shown,
    parts,
    read_texts,
    slide_with,
    values,
    workbook_of,
)
from balise.steering.editions.tests.tables import NOT_COUNTED, TOTAL, WITHHELD, both, row, table
from balise.steering.editions.tests.test_bars import of as _with
from balise.steering.rules.leaving import Span

LANGUAGES = ("fr", "en")
each_language = pytest.mark.parametrize("language", LANGUAGES)
each_document = pytest.mark.parametrize(
    "document", [slides, paper, page], ids=lambda one: one.__name__
)


@each_language
@each_document
def test_the_same_deck_a_year_later_is_the_same_bytes(document: Any, language: str) -> None:
    first = document.drawn(deck(), language)
    with _a_year_later():
        again = document.drawn(deck(), language)
    assert first == again


@each_document
def test_another_number_is_other_bytes(document: Any) -> None:
    made = deck()
    changed = replace(made.figures["F01"], rows=(row("", TOTAL, 24_000, 29_500),))
    other = replace(made, figures={**made.figures, "F01": changed})
    assert document.drawn(made, "fr") != document.drawn(other, "fr")


@each_document
@pytest.mark.parametrize("form", Form)
def test_any_form_draws_any_table(document: Any, form: Form) -> None:
    """One value, none, all withheld, forty categories, and whatever was meant for another form."""
    assert document.drawn(_odd_tables(form), "fr")


class TestSlides:
    @each_language
    def test_titles_are_unique_and_in_their_place(self, language: str) -> None:
        titles = [one.shapes.title.text for one in _whole(language).slides]
        assert all(titles)
        assert len(set(titles)) == len(titles)

    @each_language
    def test_the_title_is_read_first(self, language: str) -> None:
        for one in _whole(language).slides:
            assert one.shapes[0] == one.shapes.title

    @each_language
    def test_whatever_is_not_text_is_described_or_decorative(self, language: str) -> None:
        for one in _whole(language).slides:
            for shape in one.shapes:
                properties = next(shape._element.iter(f"{P}cNvPr"))
                is_decorative = "decorative" in ET.tostring(properties, encoding="unicode")
                assert shape.has_text_frame or is_decorative or properties.get("descr"), shape.name

    @each_language
    def test_each_run_says_its_language(self, language: str) -> None:
        meant = {"fr": "fr-FR", "en": "en-GB"}[language]
        found = 0
        for name, root in parts(_slides(language)):
            if "/slides/" not in name and "/charts/" not in name and "/notesSlides/" not in name:
                continue
            for run in root.iter(f"{A}r"):
                properties = run.find(f"{A}rPr")
                assert properties is not None
                assert properties.get("lang") == meant, name
                found += 1
        assert found > 200

    def test_charts_are_native_and_leave_gaps(self) -> None:
        charts = [root for name, root in parts(_slides("fr")) if "/charts/" in name]
        assert len(charts) == 20
        for root in charts:
            assert [one.get("val") for one in root.iter(f"{C}dispBlanksAs")] == ["gap"]
            assert not list(root.iter(f"{C}areaChart"))
            inner = [one.get("val") for one in root.iter(f"{C}layoutTarget")]
            assert inner == ["inner"]

    def test_a_hidden_cell_is_empty_in_the_workbook(self) -> None:
        sheet = workbook_of(_whole("fr"), "F04")
        assert sheet["Stupéfiants"] == [None, None]
        assert sheet["Armes"] == [None, 31]
        assert sheet["Escroquerie"] == [180, 0]

    def test_a_dotted_box_stands_for_what_is_hidden(self) -> None:
        texts = [
            shape.text
            for one in _whole("fr").slides
            for shape in one.shapes
            if shape.has_text_frame
        ]
        assert texts.count("n.d.") == 19
        assert texts.count("–") == 4

    def test_a_step_that_is_not_over_is_hatched(self) -> None:
        slide = slide_with(_whole("fr"), "F11")
        points = list(chart_of(slide, "F11")._chartSpace.iter(f"{C}dPt"))
        assert [one.find(f"{C}idx").get("val") for one in points] == ["9"]
        assert list(points[0].iter(f"{A}pattFill"))
        assert "18 jours" in [one.text for one in slide.shapes if one.has_text_frame]

    @each_language
    def test_every_number_is_in_the_frozen_table(self, language: str) -> None:
        made = deck()
        known = numbers_shown(made)
        named = digits_of_names(made, _slides(language), language)
        found = 0
        for place, text in read_texts(_slides(language)):
            for number in numbers_in(text, language):
                found += 1
                assert number.words in named or any(number.says(one) for one in known), (
                    place,
                    number.words,
                    text,
                )
        assert found > 300

    @each_language
    def test_every_number_of_a_workbook_is_in_the_frozen_table(self, language: str) -> None:
        made = deck()
        known = numbers_shown(made)
        for slide in _whole(language).slides:
            for shape in slide.shapes:
                if shape.has_chart:
                    for value in values(shape.chart):
                        assert Decimal(str(value)) in known

    def test_breaks_are_named_on_the_slide_and_in_the_description(self) -> None:
        slide = _whole("en").slides[2]
        texts = [one.text for one in slide.shapes if one.has_text_frame]
        assert {"longer hours", "single number"} <= set(texts)
        properties = [one.get("descr", "") for one in slide._element.iter(f"{P}cNvPr")]
        assert any("8 February 2031: longer hours" in one for one in properties)

    def test_notes_say_the_method_and_the_table(self) -> None:
        notes = slide_with(_whole("en"), "F04").notes_slide.notes_text_frame.text
        assert "Measured · journal of the line" in notes
        assert "Weapons: 2031: not published · 2030: 31" in notes

    def test_a_long_table_goes_on_on_the_next_slide(self) -> None:
        rows = [row(f"c{at}", both(f"C{at}", f"C{at}"), at, at) for at in range(40)]
        made = _with(table("F20", "hotline", both("Long", "Long"), *rows), Form.TABLE)
        titles = [one.shapes.title.text for one in _show(made, "en").slides]
        assert titles[:3] == ["A page (1 of 3)", "A page (2 of 3)", "A page (3 of 3)"]

    def test_small_multiples_are_charts_on_one_scale(self) -> None:
        rows = [row(f"c{at}", both(f"C{at}", f"C{at}"), at + 1, 2 * at) for at in range(7)]
        rows[-1] = row("c6", both("C6", "C6"), WITHHELD, 31)
        made = _with(table("F20", "hotline", both("Small", "Small"), *rows), Form.MULTIPLES)
        drawn = list(_show(made, "en").slides)[:2]
        charts = [[one.chart for one in slide.shapes if one.has_chart] for slide in drawn]
        assert [len(each) for each in charts] == [6, 1]
        assert len({one.value_axis.maximum_scale for each in charts for one in each}) == 1
        assert list(charts[1][0].plots[0].series[0].values) == [None, 31]
        boxes = [one.text_frame.text for one in drawn[1].shapes if one.has_text_frame]
        assert "n.p." in boxes
        assert len({slide.shapes.title.text for slide in drawn}) == 2

    def test_the_same_days_of_two_years_are_named_by_the_year(self) -> None:
        one = table("F20", "hotline", both("A", "A"), row("", TOTAL, 3, 4), row("b", TOTAL, 3, 4))
        spans = (
            Span(date(2031, 1, 1), date(2031, 10, 18)),
            Span(date(2030, 1, 1), date(2030, 10, 18)),
        )
        one = replace(one, period=spans[0], compared=spans[1])
        with override("en"):
            found = told(_with(one, Form.NUMBER), "en").leaves[0].figures[0]
        assert (found.keys, found.days) == (("2031", "2030"), "1 January to 18 October")
        other = replace(one, compared=Span(date(2030, 1, 1), date(2030, 10, 17)))
        with override("en"):
            found = told(_with(other, Form.NUMBER), "en").leaves[0].figures[0]
        assert (found.keys, found.days) == (found.heads, "")

    @pytest.mark.parametrize(
        ("codes", "names"),
        [
            (["2030-12-01", "2031-01-01", "2031-02-01"], ["Dec. 2030", "Jan. 2031", "Feb."]),
            (["2031-01-01", "2031-02-01", "2031-03-01"], ["Jan.", "Feb.", "March"]),
            (["2031-01-06", "2031-01-13", "2031-01-20"], ["6 Jan.", "13 Jan.", "20 Jan."]),
            (["2029-01-01", "2030-01-01", "2031-01-01"], ["2029", "2030", "2031"]),
            (["north", "south", "west"], ["A long label " * 6] * 3),
        ],
    )
    def test_long_names_of_steps_are_shortened(self, codes: list[str], names: list[str]) -> None:
        rows = [
            row(code, both("Un long libellé " * 6, "A long label " * 6), 3, 2) for code in codes
        ]
        show = _show(_with(table("F20", "hotline", both("A", "A"), *rows), Form.COLUMNS), "en")
        found = chart_of(slide_with(show, "F20", chart=True), "F20")
        assert list(found.plots[0].categories) == names


class TestPaper:
    @each_language
    def test_it_is_tagged_archived_and_described(self, language: str) -> None:
        plain = inflated(paper.drawn(deck(), language))
        assert b"pdfuaid:part" in plain
        assert b"<pdfaid:part>2</pdfaid:part>" in plain
        assert b"<pdfaid:conformance>A</pdfaid:conformance>" in plain
        assert b"/MarkInfo" in plain
        assert b"/StructTreeRoot" in plain
        assert f"/Lang ({language})".encode() in plain or b"/Lang" in plain
        pictures = len(re.findall(rb"/S\s*/Figure\b", plain))
        assert pictures == 14
        assert len(re.findall(rb"/Alt\b", plain)) >= pictures

    def test_tables_have_headers_and_pages_have_headings(self) -> None:
        plain = inflated(paper.drawn(deck(), "fr"))
        assert len(re.findall(rb"/S\s*/H1\b", plain)) == len(deck().pages)
        assert len(re.findall(rb"/S\s*/TH\b", plain)) > 30


class TestPage:
    @each_language
    def test_each_picture_has_a_title_and_a_description(self, language: str) -> None:
        drawn = page.drawn(deck(), language)
        pictures = drawn.count('role="img"')
        assert pictures == drawn.count("<title id=") == drawn.count("<desc id=")
        ids = re.findall(r' id="([^"]+)"', drawn)
        assert len(ids) == len(set(ids))

    def test_it_needs_no_script_and_fetches_nothing(self) -> None:
        drawn = page.drawn(deck(), "fr")
        assert "<script" not in drawn
        assert not re.findall(r'\b(?:src|srcset)="', drawn)
        assert not re.search(r"url\((?!data:|#)", drawn)

    def test_a_policy_may_allow_its_style_alone(self) -> None:
        assert page.style() in page.drawn(deck(), "fr")
        assert page.style_source().startswith("'sha256-")

    def test_each_figure_has_its_table_and_its_file(self) -> None:
        drawn = page.drawn(deck(), "en")
        charts = sum(len(one.charts) for one in deck().pages)
        assert drawn.count("<details") == drawn.count('href="data:text/csv') == charts

    def test_a_file_says_what_is_withheld_and_what_bounds(self) -> None:
        assert "weapons%3BWeapons%3B%3Bwithheld%3B31%3Bexact" in page.drawn(deck(), "en")
        assert "family%3Bat%20home%3B344000%3Bat_least" in page.drawn(deck(), "en")

    def test_what_a_label_holds_is_never_markup(self) -> None:
        name = both("<b>&", "<b>&")
        rows = [row(code, name, 4, 2) for code in "ab"]
        drawn = page.drawn(_with(table("F20", "hotline", name, *rows), Form.BARS), "fr")
        assert "&lt;b&gt;" in drawn
        assert "<b>" not in drawn


class TestSecrets:
    """A table that must be masked: what it hides is not drawn, nor could it be worked out."""

    @each_language
    @pytest.mark.parametrize("draw", [slides.drawn, paper.contents, page.drawn])
    def test_no_hidden_number_is_anywhere(self, draw: Any, language: str) -> None:
        shown, hidden = _two_decks()
        first, second = (everything(draw(one, language)) for one in (shown, hidden))
        secret = re.compile(r"48[\s,\u00a0\u202f.]?611")
        assert secret.search(first)
        assert not secret.search(second)


def _two_decks() -> tuple[Deck, Deck]:
    rows = [
        row("a", both("A", "A"), 52_303, 51_001),
        row("b", both("B", "B"), 48_611, 48_611),
        row("c", both("C", "C"), 48_611, 48_611),
    ]
    masked = [rows[0], *(replace(one, cells=(WITHHELD, WITHHELD)) for one in rows[1:])]
    made = [table("F20", "hotline", both("Secret", "Secret"), *some) for some in (rows, masked)]
    return _with(made[0], Form.BARS), _with(made[1], Form.BARS)


def _odd_tables(form: Form) -> Deck:
    """Return a deck of tables that this form was not meant for, each on a page."""
    label = both("A", "A")
    hidden = [row(code, label, WITHHELD, NOT_COUNTED) for code in "abc"]
    long = both("Libellé " * 9, "Label " * 9)
    odd = [
        table("X1", "hotline", label),
        table("X2", "hotline", label, row("a", label, 3, 2)),
        table("X3", "hotline", label, row("a", label, 0, 0), row("b", label, 0, 0)),
        table("X4", "hotline", label, *hidden),
        table("X5", "hotline", label, *hidden, row("d", label, 5, 4)),
        table("X6", "hotline", label, *(row(f"c{at}", label, at, 0) for at in range(40))),
        table(
            "X7",
            "hotline",
            both("Un nom " * 20, "A name " * 20),
            *(row(f"2031-{at:02}", long, at) for at in range(1, 13)),
            heads=(label,),
            is_percent=True,
        ),
    ]
    made = deck()
    found = {**made.figures, **{one.number: one for one in odd}}
    pages = tuple(
        page_of("hotline", both(number, number), chart(form, number, both("T", "T")))
        for number in found
    )
    return replace(made, pages=(*pages, made.pages[-1]), figures=found)


@cache
def _slides(language: str) -> bytes:
    return slides.drawn(deck(), language)


def _whole(language: str) -> Any:
    """Return the slides of the whole edition."""
    return Presentation(BytesIO(_slides(language)))


def _show(made: Deck, language: str) -> Any:
    return Presentation(BytesIO(slides.drawn(made, language)))


@contextmanager
def _a_year_later() -> Iterator[None]:
    """Move the clocks that python-pptx, XlsxWriter and zipfile read."""
    later = datetime.now(UTC) + timedelta(days=366)

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> "Later":
            return cls.fromtimestamp(later.timestamp(), tz)

    with (
        patch("time.time", later.timestamp),
        patch("time.localtime", lambda *_at: later.timetuple()),
        patch("xlsxwriter.core.datetime", Later),
    ):
        yield
