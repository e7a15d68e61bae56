"""What stands on a slide leaves the words under it alone."""

from dataclasses import replace
from io import BytesIO

from pptx import Presentation
from pptx.util import Pt

from balise.steering.editions.documents import paper, slides
from balise.steering.editions.rules.deck import Form
from balise.steering.editions.tests.decks import chart, deck, page
from balise.steering.editions.tests.tables import both, row, table


def test_the_bars_of_a_number_end_above_three_lines_of_provenance() -> None:
    made = deck()
    long = both("Une phrase qui prend toute une ligne. " * 6, "A sentence of a whole line. " * 6)
    one = replace(made.pages[1], sentences=(long,))
    made = replace(made, pages=(made.pages[0], one, *made.pages[2:]))
    show = Presentation(BytesIO(slides.drawn(made, "fr")))
    shapes = list(show.slides[1].shapes)
    charts = [shape for shape in shapes if shape.has_chart]
    told = [
        shape for shape in shapes if shape.has_text_frame and shape.text.startswith("Mesuré · ")
    ]
    assert len(charts) == len(told) == 3
    for bars, words in zip(charts, told, strict=True):
        assert bars.top + bars.height <= words.top + words.height - Pt(44)


def test_many_bars_have_a_slide_of_their_own() -> None:
    rows = [row(f"c{at}", both(f"C{at}", f"C{at}"), at + 11, 2 * at + 11) for at in range(8)]
    many = table("F20", "hotline", both("Many", "Many"), *rows)
    made = deck()
    shown = (
        chart(Form.COLUMNS, "F11", both("A", "A")),
        chart(Form.BARS, "F20", both("B", "B")),
        chart(Form.SHARES, "F06", both("C", "C")),
    )
    one = page("hotline", both("Une page", "A page"), *shown)
    made = replace(made, pages=(one, made.pages[-1]), figures={**made.figures, "F20": many})
    show = Presentation(BytesIO(slides.drawn(made, "en")))
    charts = [
        [shape.name[:3] for shape in slide.shapes if shape.has_chart] for slide in show.slides
    ]
    assert charts[:3] == [["F11"], ["F20"], ["F06"]]


def test_eight_long_names_are_whole_on_paper() -> None:
    name = both("Provocation à la violence, à la discrimination ou à la haine", "Incitement")
    rows = [row(f"c{at}", name, at + 11, 2 * at + 11) for at in range(8)]
    made = deck()
    one = page("hotline", both("Une page", "A page"), chart(Form.BARS, "F20", both("B", "B")))
    many = table("F20", "hotline", both("Many", "Many"), *rows)
    made = replace(made, pages=(one, made.pages[-1]), figures={"F20": many})
    (picture,) = paper.contents(made, "fr")["leaves"][0]["figures"][0]["pictures"]
    assert "…" not in picture
    assert picture.count("Provocation") == 8
