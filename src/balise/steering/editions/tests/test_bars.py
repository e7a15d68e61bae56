"""Bars and numbers on paper and slides: no name is cut, no number is printed on another."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

from django.utils.translation import override
from pptx import Presentation

from balise.steering.editions.documents import slides
from balise.steering.editions.documents.told import told
from balise.steering.editions.rules.deck import Chart, Deck, Form
from balise.steering.editions.tests.decks import deck, page
from balise.steering.editions.tests.opened import C, chart_of, slide_with
from balise.steering.editions.tests.tables import TOTAL, both, row, table
from balise.steering.rules.drawing.bars import bars
from balise.steering.rules.drawing.shapes import Words
from balise.steering.rules.leaving import FigureTable

NAME = "Provocation à la violence, à la discrimination ou à la haine envers des personnes"


def of(found: FigureTable, form: Form) -> Deck:
    """Return a deck with one table on its page."""
    shown = Chart(form, found.number, both("T", "T"), both("T", "T"))
    made = deck()
    first = page("hotline", both("Une page", "A page"), shown)
    return replace(made, pages=(first, made.pages[-1]), figures={found.number: found})


def rows_of(many: int) -> FigureTable:
    """Return a table of so many rows with long names, each beside a year before."""
    names = both(NAME, NAME)
    rows = [row(f"r{at}", names, 90 - at, 30) for at in range(many)]
    return table("F20", "hotline", both("A", "A"), row("", TOTAL, 900, 360), *rows)


def show(made: Deck) -> Any:
    return Presentation(BytesIO(slides.drawn(made, "en")))


def test_bars_are_as_high_as_their_names_and_numbers() -> None:
    with override("fr"):
        figure = told(of(rows_of(12), Form.BARS), "fr").leaves[0].figures[0]
        words = [one for one in bars(figure.drawn, "fr", 400, 150).shapes if isinstance(one, Words)]
    names = [one for one in words if one.anchor == "end"]
    numbers = [one for one in words if one.text.isdecimal() and one.size > 0 and one.x > names[0].x]
    assert " ".join(one.text for one in names) == " ".join([NAME] * 12)
    for column in (names, [one for one in numbers if len(one.text) == 2]):
        heights = sorted(one.y for one in column)
        assert min(below - above for above, below in pairwise(heights)) >= 11


def test_dense_bars_of_a_slide_name_each_row_and_number_the_first_alone() -> None:
    for many, labelled in ((12, [12, 0]), (2, [2, 2])):
        drawn = show(of(rows_of(many), Form.BARS))
        chart = chart_of(slide_with(drawn, "F20", chart=True), "F20")
        columns = [list(each._element.iter(f"{C}dLbl")) for each in chart.plots[0].series]
        assert [len(each) for each in columns] == labelled
        assert [each.get("val") for each in chart._chartSpace.iter(f"{C}tickLblSkip")] == ["1"]


def test_a_number_with_nothing_beside_it_says_what_it_counts() -> None:
    counted = both("Ce que l’on compte.", "What is counted.")
    one = table("F20", "hotline", both("A", "A"), row("", TOTAL, 3, 4), definition=counted)
    assert "What is counted." not in words_of(one)
    alone = replace(one, heads=one.heads[:1], compared=None, rows=(row("", TOTAL, 3),))
    assert "What is counted." in words_of(alone)


def words_of(found: FigureTable) -> str:
    """Return the words that stand on the slide of a number."""
    slide = slide_with(show(of(found, Form.NUMBER)), "F20")
    return " ".join(one.text for one in slide.shapes if one.has_text_frame)
