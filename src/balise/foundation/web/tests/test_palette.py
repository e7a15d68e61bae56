"""Every text can be read on its ground, by day and by night."""

import re

import pytest
from tests.walks import of_each

from balise.foundation.web import palette

CASES = [
    pytest.param(theme, pair, id=f"{theme}: {pair.front} on {pair.ground}")
    for theme in ("light", "dark")
    for pair in palette.pairs()
]


@of_each(("theme", "pair"), CASES)
def test_a_pair_can_be_told_apart(theme: str, pair: palette.Pair) -> None:
    tokens = palette.themes()[theme]
    assert palette.ratio(tokens[pair.front], tokens[pair.ground]) >= pair.least


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert palette.ratio("#000000", "#ffffff") == pytest.approx(21)
    assert palette.ratio("#777777", "#777777") == pytest.approx(1)
    assert palette.ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_both_lights_know_the_same_words() -> None:
    light, dark = palette.themes()["light"], palette.themes()["dark"]
    assert set(light) == set(dark)


def test_the_night_that_staff_choose_is_the_night_of_the_device() -> None:
    chosen = dict(palette.blocks("staff.css"))['[data-theme="dark"]']
    assert chosen == palette.themes()["dark"]


def test_what_stands_on_the_rail_can_be_told_apart() -> None:
    """The mark of each line on the night, and the count of what waits on that mark."""
    marks = [
        tokens["mark"]
        for selector, tokens in palette.blocks("staff.css")
        if selector.startswith(".rail-section") and "mark" in tokens
    ]
    assert len(marks) == len(palette.LINES)
    for tokens in palette.themes().values():
        for mark in marks:
            assert palette.ratio(mark, tokens["night"]) >= palette.SHAPE_RATIO
            assert palette.ratio(tokens["night-deep"], mark) >= palette.TEXT_RATIO


@pytest.mark.parametrize(
    ("front", "ground"),
    [("on-night", "dusk"), ("on-line", "danger"), ("on-line", "helpline")],
    ids=["a whisper", "the band of a danger", "the card that offers to talk"],
)
def test_what_the_workspaces_need_is_measured(front: str, ground: str) -> None:
    assert palette.Pair(front, ground) in list(palette.pairs())


def test_lengths_are_those_of_the_scales() -> None:
    """Space is one of seven steps and type one of eight; no style sheet has sizes of its own."""
    for sheet in ("pieces.css", "public.css", "staff.css"):
        text = palette.text_of(sheet)
        sizes = re.findall(r"font-size: ([^;]*rem[^;]*);", text)
        assert [size for size in sizes if "clamp" not in size] == (
            ["0.6875rem"] if sheet == "staff.css" else []  # the names on the rail
        )
