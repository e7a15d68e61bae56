"""PDQ: what is computed of drawings, and of their turns."""

import json
from typing import Any

import numpy as np
import pytest

from balise.hotline.matching.signals.rules import pdq
from balise.hotline.matching.signals.rules.kinds import WITHIN, Turn
from balise.hotline.matching.signals.tests import drawn, vectors

VECTORS = json.loads(vectors.PATH.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("drawing", "vector"), list(zip(drawn.DRAWINGS, VECTORS, strict=True)))
def test_drawings_have_the_hashes_that_the_browser_is_tested_with(
    drawing: drawn.Drawing, vector: dict[str, Any]
) -> None:
    assert vectors.vector(drawing) == vector
    shown = drawn.pixels(drawing)
    turned = pdq.hash_pixels_turned(shown)
    assert [value.hex() for value in turned.values] == vector["turns"]
    assert pdq.hash_pixels(shown) == (turned.values[0], turned.quality)
    assert pdq.hash_luma(pdq.luma(shown)) == (turned.values[0], turned.quality)


@pytest.mark.parametrize("turn", Turn)
@pytest.mark.parametrize(
    ("size", "most"),
    [((2400, 1800), 8), ((1600, 1200), 12), ((640, 427), 16), ((255, 300), WITHIN)],
)
def test_a_turn_is_that_of_the_turned_picture(turn: Turn, size: tuple[int, int], most: int) -> None:
    """A cell is taken a pixel beside its mirror's: the smaller the picture, the more that is."""
    shown = drawn.pixels(drawn.hills("hills", *size))
    expected = pdq.hash_pixels_turned(shown).values[turn]
    really = pdq.hash_pixels(drawn.turned(shown, turn)).value
    assert pdq.distance(expected, really) <= most


@pytest.mark.parametrize("turn", Turn)
@pytest.mark.parametrize(
    ("size", "most"), [((2400, 1800), 12), ((1600, 1200), 16), ((640, 427), 24)]
)
def test_a_turn_read_from_the_bits_is_nearly_that_of_the_turned_picture(
    turn: Turn, size: tuple[int, int], most: int
) -> None:
    shown = drawn.pixels(drawn.hills("hills", *size))
    expected = pdq.nearly_turned(pdq.hash_pixels(shown).value)[turn]
    really = pdq.hash_pixels(drawn.turned(shown, turn)).value
    assert pdq.distance(expected, really) <= most


def test_hashes_turned_alike_stay_as_far_from_one_another() -> None:
    one, other = VECTORS[0]["pdq"], VECTORS[4]["pdq"]
    turned = zip(*(pdq.nearly_turned(bytes.fromhex(each)) for each in (one, other)), strict=True)
    far = pdq.distance(bytes.fromhex(one), bytes.fromhex(other))
    assert [pdq.distance(*each) for each in turned] == [far] * len(Turn)


def test_the_forms_are_those_that_were_hashed_else_those_read_from_the_bits() -> None:
    turns = pdq.hash_pixels_turned(drawn.pixels(drawn.DRAWINGS[0])).values
    assert pdq.forms(turns[0], turns) == turns
    assert pdq.forms(turns[0]) == pdq.nearly_turned(turns[0])
    assert pdq.forms(turns[0])[Turn.AS_IS] == turns[0]


def test_every_turn_is_far_from_the_others() -> None:
    values = pdq.hash_pixels_turned(drawn.pixels(drawn.hills("hills", 800, 600))).values
    apart = [pdq.distance(one, other) for one in values for other in values if one != other]
    assert len(apart) == 56
    assert min(apart) > 2 * WITHIN


def test_grey_is_a_picture_of_three_equal_colours() -> None:
    grey = drawn.pixels(drawn.hills("hills", 333, 222))[:, :, 1]
    assert pdq.hash_pixels(np.ascontiguousarray(grey)) == pdq.hash_pixels(np.stack([grey] * 3, 2))


def test_one_colour_has_no_bit_and_no_quality() -> None:
    for colours in ((0, 0, 0), (255, 255, 255), (12, 200, 7)):
        shown = drawn.pixels(drawn.flat("flat", 130, 257, colours))
        assert pdq.hash_pixels(shown) == (bytes(32), 0)


def test_a_picture_of_fewer_than_five_pixels_a_side_has_no_quality() -> None:
    assert pdq.hash_pixels(drawn.pixels(drawn.hills("small", 4, 900))).quality == 0
    assert pdq.hash_pixels(drawn.pixels(drawn.hills("small", 5, 900))).quality > 0


def test_the_longest_side_is_the_last_that_is_exact() -> None:
    pdq.hash_pixels(np.zeros((1, pdq.LONGEST), np.uint8))
    for shape in ((1, pdq.LONGEST + 1), (pdq.LONGEST + 1, 1), (0, 7), (7, 0)):
        with pytest.raises(ValueError, match="side"):
            pdq.hash_pixels(np.zeros(shape, np.uint8))


def test_white_to_the_longest_side_is_summed_exactly() -> None:
    shown = np.full((pdq.LONGEST, 6), 255, np.uint8)
    shown[:, 3:] = 254
    assert pdq.hash_pixels(shown) == pdq.hash_luma(pdq.luma(shown))


def test_distance_counts_bits() -> None:
    assert pdq.distance(bytes(32), bytes(32)) == 0
    assert pdq.distance(bytes(32), b"\xff" * 32) == 256
    assert pdq.distance(bytes(32), bytes(31) + b"\x05") == 2


def filtered(lines: np.ndarray) -> np.ndarray:
    """Return the mean of each window along the first axis, as the paper has it."""
    wide = pdq.window(len(lines))
    first = [max(0, place - (wide + 1) // 2 + 1) for place in range(len(lines))]
    last = [place + wide // 2 + 1 for place in range(len(lines))]
    return np.stack([lines[a:b].mean(axis=0) for a, b in zip(first, last, strict=True)])


@pytest.mark.parametrize(
    ("width", "height"), [(64, 1), (128, 129), (255, 256), (257, 300), (512, 383), (1025, 640)]
)
def test_the_bands_are_two_filters_and_a_decimation(width: int, height: int) -> None:
    shown = drawn.pixels(drawn.hills("hills", width, height))
    step = shown @ np.array(pdq.LUMA) / 1000
    for _axis in range(2):
        chosen = [(2 * cell + 1) * len(step) // 128 for cell in range(pdq.SIDE)]
        step = filtered(filtered(step))[chosen].T
    cells = pdq._cells_of_pixels(shown)
    assert np.allclose(cells, step - step[0, 0], rtol=0, atol=1e-9)
    assert pdq._cells(pdq.luma(shown), width, (1,)).tobytes() == cells.tobytes()
