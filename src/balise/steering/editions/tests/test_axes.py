"""A native axis writes numbers as the deck's language does."""

from io import BytesIO

import pytest
from django.utils.translation import override
from pptx import Presentation

from balise.steering.editions.documents import slides
from balise.steering.editions.documents.slides.axes import axis_format
from balise.steering.editions.tests.decks import deck
from balise.steering.editions.tests.opened import C, chart_of, slide_with


@pytest.mark.parametrize(
    ("language", "counts", "shares"),
    [
        (
            "fr",
            '[<1000]0;[<1000000]0"\u202f"000;0"\u202f"000"\u202f"000',
            '0"\u202f"%',
        ),
        ("en", '[<1000]0;[<1000000]0","000;0","000","000', "0%"),
    ],
)
def test_the_marks_of_an_axis_are_written_out(language: str, counts: str, shares: str) -> None:
    with override(language):
        assert axis_format(is_percent=False) == counts
        assert axis_format(is_percent=True) == shares


def test_each_bar_has_its_name_on_a_slide() -> None:
    show = Presentation(BytesIO(slides.drawn(deck(), "fr")))
    found = chart_of(slide_with(show, "F04", chart=True), "F04")
    assert [one.get("val") for one in found._chartSpace.iter(f"{C}tickLblSkip")] == ["1"]
