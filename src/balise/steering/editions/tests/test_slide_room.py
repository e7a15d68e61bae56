"""What stands on a slide leaves the words under it alone."""

from dataclasses import replace
from io import BytesIO

from pptx import Presentation
from pptx.util import Pt

from balise.steering.editions.documents import slides
from balise.steering.editions.tests.decks import deck
from balise.steering.editions.tests.tables import both


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
    for chart, words in zip(charts, told, strict=True):
        assert chart.top + chart.height <= words.top + words.height - Pt(44)
