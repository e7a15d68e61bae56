"""Every text can be read on its ground, by day and by night."""

import pytest

from balise.foundation.web import palette

CASES = [
    pytest.param(theme, pair, id=f"{theme}: {pair.front} on {pair.ground}")
    for theme in ("light", "dark")
    for pair in palette.pairs()
]


@pytest.mark.parametrize(("theme", "pair"), CASES)
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
