"""Pictures drawn by a formula of whole numbers, which the browser's tests draw alike."""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from balise.hotline.matching.signals.rules.kinds import Turn

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


_TURNED: Final[dict[Turn, Any]] = {
    Turn.AS_IS: lambda shown: shown,
    Turn.LEFT: np.rot90,
    Turn.HALF: lambda shown: np.rot90(shown, 2),
    Turn.RIGHT: lambda shown: np.rot90(shown, 3),
    Turn.MIRRORED: lambda shown: shown[:, ::-1],
    Turn.UPSIDE_DOWN: lambda shown: shown[::-1],
    Turn.TRANSPOSED: lambda shown: shown.transpose(1, 0, 2),
    Turn.TRANSVERSED: lambda shown: np.rot90(shown, 2).transpose(1, 0, 2),
}


def turned(shown: NDArray[np.uint8], turn: Turn) -> NDArray[np.uint8]:
    """Return the pixels of a picture that was really turned."""
    return np.ascontiguousarray(_TURNED[turn](shown))


class Barred(NamedTuple):
    """A drawing within bars of one colour: the size of the whole, and where the drawing lies.

    Of a bar, a colour at (x, y) is that of `bar`, plus (3 x + 5 y + 7 x y + 11 times the number of
    the colour) modulo `noise`; where x + y modulo `every` is 1, it is `spot`. Grey has one colour.
    """

    drawing: Drawing
    width: int
    height: int
    left: int
    top: int
    bar: tuple[int, int, int] = (0, 0, 0)
    noise: int = 1
    every: int = 0
    spot: int = 255
    is_grey: bool = False


def barred(one: Barred) -> NDArray[np.uint8]:
    """Return rows, columns and colours; of a grey one, rows and columns."""
    x = np.arange(one.width, dtype=np.int64)[None, :, None]
    y = np.arange(one.height, dtype=np.int64)[:, None, None]
    noise = (3 * x + 5 * y + 7 * x * y + 11 * np.arange(3)) % one.noise
    shown = np.array(one.bar) + noise
    if one.every:
        shown = np.where((x + y) % one.every == 1, one.spot, shown)
    made = shown.astype(np.uint8)
    rows = slice(one.top, one.top + one.drawing.height)
    made[rows, one.left : one.left + one.drawing.width] = pixels(one.drawing)
    return np.ascontiguousarray(made[:, :, 0]) if one.is_grey else made


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

_SHOWN = hills("shown", 400, 300)
_PLAIN = flat("nothing", 0, 0, (0, 0, 0))

BARRED = {
    "above and below": Barred(_SHOWN, 400, 420, 0, 60),
    "at the sides": Barred(_SHOWN, 560, 300, 80, 0),
    "on all four sides": Barred(_SHOWN, 500, 380, 50, 40),
    "uneven": Barred(_SHOWN, 533, 410, 0, 90, bar=(250, 251, 247)),
    "at one side": Barred(_SHOWN, 433, 300, 33, 0),
    "noisy, with spots": Barred(
        _SHOWN, 520, 420, 60, 60, bar=(9, 30, 200), noise=21, every=30, spot=90
    ),
    "one in twenty is another colour": Barred(_SHOWN, 400, 420, 0, 60, every=20),
    "more than one in twenty is another colour": Barred(_SHOWN, 400, 420, 0, 60, every=19),
    "24 steps away": Barred(_SHOWN, 400, 420, 0, 60, bar=(9, 9, 9), every=4, spot=33),
    "25 steps away": Barred(_SHOWN, 400, 420, 0, 60, bar=(9, 9, 9), every=4, spot=34),
    "a median between two numbers": Barred(
        _SHOWN, 400, 420, 0, 60, bar=(10, 10, 10), noise=2, every=10, spot=35
    ),
    "one thinner than a fiftieth": Barred(_SHOWN, 400, 367, 0, 7),
    "a fiftieth, and less": Barred(hills("shown", 400, 289), 400, 300, 0, 6),
    "too thin on both sides": Barred(_SHOWN, 404, 306, 2, 3),
    "64 pixels left": Barred(hills("low", 400, 64), 400, 300, 0, 100),
    "63 rows left": Barred(hills("low", 400, 63), 400, 300, 0, 100),
    "63 columns left": Barred(hills("narrow", 63, 300), 400, 300, 100, 0),
    "one colour": Barred(_PLAIN, 300, 200, 0, 0, bar=(200, 30, 77)),
    "nearly one colour": Barred(_PLAIN, 300, 200, 0, 0, noise=20),
    "grey": Barred(_SHOWN, 460, 420, 30, 60, bar=(40, 40, 40), noise=5, is_grey=True),
    "grey, one in twenty": Barred(_SHOWN, 400, 420, 0, 60, every=20, is_grey=True),
    "no bars": Barred(_SHOWN, 400, 300, 0, 0),
    "a long bar": Barred(hills("wide", 3000, 64), 3000, 1000, 0, 900, noise=9),
    "smaller than what is left": Barred(hills("small", 30, 20), 50, 40, 10, 10),
    "one row": Barred(hills("row", 700, 1), 700, 1, 0, 0),
}
