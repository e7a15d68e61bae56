"""Pictures drawn by a formula of whole numbers, which the browser's tests draw alike."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

type Formula = tuple[int, int, int, int, int, int, int]  # of one colour


class Drawing(NamedTuple):
    """A picture: its size in pixels, and the formula of each of its three colours."""

    name: str
    width: int
    height: int
    colours: tuple[Formula, Formula, Formula]


def pixels(drawing: Drawing) -> NDArray[np.uint8]:
    """Return rows, columns and colours.

    With the formula (a, b, c, d, e, f, g), a colour at (x, y) is found in two steps, the second
    of which goes up to 255 and down again:

        v = floor((a + b x + c y + d x x + e x y + f y y) / g) modulo 510
        colour = v, or 510 - v where v is over 255
    """
    x = np.arange(drawing.width, dtype=np.int64)[None, :]
    y = np.arange(drawing.height, dtype=np.int64)[:, None]
    shown = []
    for a, b, c, d, e, f, g in drawing.colours:
        v = (a + b * x + c * y + d * x * x + e * x * y + f * y * y) // g % 510
        shown.append(np.where(v > 255, 510 - v, v).astype(np.uint8))
    return np.stack(shown, axis=2)


def numbered(number: int) -> Drawing:
    """Return the drawing of a number: from 64 to 463 pixels a side, unlike every other."""
    random = np.random.default_rng(number)
    width, height = (int(side) for side in random.integers(64, 464, 2))
    side = max(width, height)
    colours = tuple(
        (
            int(random.integers(0, 510 * side)),
            *(int(random.integers(0, 2000)) for _ in range(2)),
            *(int(random.integers(0, 9)) for _ in range(3)),
            side,
        )
        for _ in range(3)
    )
    return Drawing(f"number {number}", width, height, colours)  # type: ignore[arg-type]


def hills(name: str, width: int, height: int) -> Drawing:
    """Return a drawing of few slopes, whatever its size."""
    side = max(width, height)
    return Drawing(
        name,
        width,
        height,
        (
            (90 * side, 700, 300, 2, 1, 3, side),
            (10 * side, 100, 900, 3, 0, 1, side),
            (200 * side, 400, 200, 1, 4, 0, side),
        ),
    )


def gentle(name: str, width: int, height: int, steep: int) -> Drawing:
    """Return a drawing that hardly changes: the steeper, the higher is its quality."""
    side = max(width, height)
    slope = (80 * side * side, 50 * steep * side, 21 * steep * side, 90, 33, 70, side * side)
    return Drawing(name, width, height, (slope, slope, slope))


def flat(name: str, width: int, height: int, colours: tuple[int, int, int]) -> Drawing:
    """Return a drawing of one colour."""
    red, green, blue = colours
    return Drawing(
        name,
        width,
        height,
        ((red, 0, 0, 0, 0, 0, 1), (green, 0, 0, 0, 0, 0, 1), (blue, 0, 0, 0, 0, 0, 1)),
    )


DRAWINGS = (
    hills("the known drawing", 320, 240),
    hills("sixty-four", 64, 64),
    hills("one window", 128, 128),
    hills("two windows", 129, 256),
    hills("even windows", 512, 640),
    hills("a photograph", 2000, 1500),
    hills("a strip", 3000, 40),
    hills("the longest side", 32_768, 2),
    hills("small", 7, 5),
    hills("a pixel", 1, 1),
    gentle("gentle", 640, 480, 4),
    gentle("gentle and small", 100, 99, 1),
    flat("black", 70, 90, (0, 0, 0)),
    flat("one colour", 200, 100, (200, 30, 77)),
    *(numbered(number) for number in range(1, 9)),
)
