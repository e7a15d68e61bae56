"""Every text can be read on its ground, by day and by night."""

import re

import pytest
from tests.walks import of_each

from balise.foundation.web import desk

CASES = [
    pytest.param(theme, pair, id=f"{theme}: {pair.front} on {pair.ground}")
    for theme in ("light", "dark")
    for pair in desk.pairs()
]


@of_each(("theme", "pair"), CASES)
def test_a_pair_can_be_told_apart(theme: str, pair: desk.Pair) -> None:
    tokens = desk.themes()[theme]
    assert desk.ratio(tokens[pair.front], tokens[pair.ground]) >= pair.least


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert desk.ratio("#000000", "#ffffff") == pytest.approx(21)
    assert desk.ratio("#777777", "#777777") == pytest.approx(1)
    assert desk.ratio("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_both_lights_know_the_same_words() -> None:
    light, dark = desk.themes()["light"], desk.themes()["dark"]
    assert set(light) == set(dark)


def test_the_night_that_staff_choose_is_the_night_of_the_device() -> None:
    chosen = dict(desk.blocks("staff.css"))['[data-theme="dark"]']
    assert chosen == desk.themes()["dark"]


def test_what_stands_on_the_rail_can_be_told_apart() -> None:
    """The mark of each line on the night, and the count of what waits on that mark."""
    marks = [
        tokens["mark"]
        for selector, tokens in desk.blocks("staff.css")
        if selector.startswith(".rail-section") and "mark" in tokens
    ]
    assert len(marks) == len(desk.LINES)
    for tokens in desk.themes().values():
        for mark in marks:
            assert desk.ratio(mark, tokens["night"]) >= desk.SHAPE_RATIO
            assert desk.ratio(tokens["night-deep"], mark) >= desk.TEXT_RATIO


@pytest.mark.parametrize(
    ("front", "ground"),
    [("on-night", "dusk"), ("on-line", "danger"), ("on-line", "helpline")],
    ids=["a whisper", "the band of a danger", "the card that offers to talk"],
)
def test_what_the_workspaces_need_is_measured(front: str, ground: str) -> None:
    assert desk.Pair(front, ground) in list(desk.pairs())


def test_lengths_are_those_of_the_scales() -> None:
    """Space is one of seven steps and type one of eight; no style sheet has sizes of its own."""
    for sheet in ("pieces.css", "public.css", "staff.css"):
        text = desk.text_of(sheet)
        sizes = re.findall(r"font-size: ([^;]*rem[^;]*);", text)
        assert [size for size in sizes if "clamp" not in size] == (
            ["0.6875rem"] if sheet == "staff.css" else []  # the names on the rail
        )
