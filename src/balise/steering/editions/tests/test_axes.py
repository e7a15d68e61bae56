"""A native axis writes numbers as the deck's language does."""

import pytest
from django.utils.translation import override

from balise.steering.editions.documents.slides.axes import axis_format


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
