"""The page that a slide and the register name is the slide on which it is."""

import re
from functools import cache
from io import BytesIO
from typing import Any

from pptx import Presentation

from balise.steering.editions.documents import slides
from balise.steering.editions.tests.decks import deck


def test_each_slide_says_its_own_number_though_a_page_takes_two() -> None:
    show = _show()
    count = len(show.slides)
    assert count > len(deck().pages)
    said = [
        re.search(r"page (\d+) of (\d+)$", shape.text)
        for one in list(show.slides)[1:]
        for shape in one.shapes
        if shape.has_text_frame and shape.text.startswith("Edition of")
    ]
    assert [one.groups() for one in said if one] == [
        (str(at), str(count)) for at in range(2, count + 1)
    ]


def test_the_register_names_the_slides_of_each_figure() -> None:
    show = _show()
    rows = [
        [cell.text for cell in row.cells]
        for shape in show.slides[-1].shapes
        if shape.has_table
        for row in list(shape.table.rows)[1:]
    ]
    assert len(rows) == len(deck().figures)
    for row in rows:
        pages = [
            at
            for at, one in enumerate(show.slides, start=1)
            if any(shape.name.startswith(f"{row[0]} ") for shape in one.shapes)
        ]
        assert row[6] == ", ".join(map(str, pages)), row[0]


@cache
def _show() -> Any:
    return Presentation(BytesIO(slides.drawn(deck(), "en")))
