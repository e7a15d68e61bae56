"""PDQ: 256 bits that stay nearly the same when a picture is made smaller or compressed again.

Written from the published paper (“The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing
Algorithm”, 2019): two box filters and a decimation to 64 by 64, sixteen by sixteen coefficients of
its cosine transform, and one bit for each: whether it is above their median.

Both filters and the decimation are linear and work on one axis at a time. So each axis is one
banded matrix of about one weight a pixel, and a picture is read once.

The browser computes the same (`static/signals/pdq.js`), bit for bit on the same pixels:

1. Luma is counted in thousandths, 299 R + 587 G + 114 B: a whole number.
2. Weights are whole numbers as well (`_bands`). Every sum over pixels is a whole number below
   2**53, exact in whatever order it is made. `LONGEST` is the side up to which this holds.
3. `_folded` divides, rows first, then columns, then by 1000, in 64 bits.
4. The first cell is taken from all: a picture of one colour has no coefficient but 0, and no bit.
5. Cosines are rounded to 30 binary places (`_cosines`), so that every library's is the same.
6. A sum of the transform adds its 64 products in ascending order, each rounded to 64 bits: down
   the rows first, then along the columns.
7. A step of quality is `trunc((one - other) * 100 / 255)` of two neighbours.

numpy is imported where it is used: a process that hashes nothing starts without it.
"""

from __future__ import annotations

from functools import cache
from math import cos, pi
from typing import TYPE_CHECKING, Final, NamedTuple

from balise.hotline.matching.signals.rules.kinds import Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    type Pixels = NDArray[np.uint8]
    type Floats = NDArray[np.float32] | NDArray[np.float64]

SIDE: Final = 64  # cells of the decimated picture, each way
KEPT: Final = 16  # coefficients, each way
LONGEST: Final = 32_768  # pixels a side
SHORTEST: Final = 5  # pixels a side: quality is 0 below
LUMA: Final = (299, 587, 114)  # thousandths of red, green and blue (ITU-R BT.601)
_BINARY_PLACES: Final = 30
_STEPS: Final = 90  # of gradients, for one point of quality (the paper's scale)


class Hashed(NamedTuple):
    """A PDQ of 32 bytes, highest bit first, and its quality from 0 to 100."""

    value: bytes
    quality: int


class Turned(NamedTuple):
    """The PDQs of a picture's eight turns, in the order of `Turn`, and their quality."""

    values: tuple[bytes, ...]
    quality: int


def hash_luma(luma: NDArray[np.float32]) -> Hashed:
    """Return the PDQ of a picture, given as its luma in thousandths: from 0 to 255,000, rows first.

    Raises ValueError for a picture without a pixel, or with a side over `LONGEST`.
    """
    return _hashed(_cells(luma, luma.shape[1], (1,)), luma.shape)


def hash_turns(luma: NDArray[np.float32]) -> Turned:
    """Return the PDQs of all eight turns of a picture, as `hash_luma`, from one transform."""
    return _turned(_cells(luma, luma.shape[1], (1,)), luma.shape)


def hash_pixels(pixels: Pixels) -> Hashed:
    """Return the PDQ of pixels: rows, columns and three colours, or rows and columns of grey.

    As of their `luma`, bit for bit, and several times as fast. Raises ValueError as `hash_luma`.
    """
    return _hashed(_cells_of_pixels(pixels), pixels.shape)


def hash_pixels_turned(pixels: Pixels) -> Turned:
    """Return the PDQs of all eight turns of pixels, as `hash_pixels`, from one transform."""
    return _turned(_cells_of_pixels(pixels), pixels.shape)


def luma(pixels: Pixels) -> NDArray[np.float32]:
    """Return the luma of pixels in thousandths: whole numbers from 0 to 255,000."""
    import numpy as np  # noqa: PLC0415

    if pixels.ndim == 2:  # noqa: PLR2004 - grey
        return pixels.astype(np.float32) * np.float32(1000)
    return pixels.astype(np.float32) @ np.array(LUMA, np.float32)


def distance(one: bytes, other: bytes) -> int:
    """Return the number of bits in which two PDQs differ, from 0 to 256."""
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def nearly_turned(value: bytes) -> tuple[bytes, ...]:
    """Return what the eight turns of a PDQ will be within some 20 bits, where only it is known.

    The coefficients' median is near 0: where a turn changes their sign, it changes the bit. So each
    turn has a bit of the hash at each place, or its contrary: two hashes turned alike stay as far
    from one another.
    """
    import numpy as np  # noqa: PLC0415

    places, contrary = _moves()
    bits = np.unpackbits(np.frombuffer(value, np.uint8))
    octets = np.packbits(bits[places] ^ contrary, axis=1).tobytes()
    length = len(value)
    return tuple(octets[at : at + length] for at in range(0, len(octets), length))


def forms(value: bytes, turns: tuple[bytes, ...] = ()) -> tuple[bytes, ...]:
    """Return the eight PDQs by which a picture is looked for, in the order of `Turn`.

    They are `turns`, as the picture was hashed, or read from its one hash where nobody has more.
    """
    return turns or nearly_turned(value)


def window(length: int) -> int:
    """Return how many pixels a box filter takes along a side of so many."""
    return (length + 127) // 128


class _Band(NamedTuple):
    start: int  # the first pixel that counts
    weights: NDArray[np.float64]


@cache
def _triangle(length: int) -> NDArray[np.float64]:
    import numpy as np  # noqa: PLC0415

    box = np.ones(window(length))
    return np.convolve(box, box)


def _bands(length: int) -> list[_Band]:
    """Return what each of the 64 cells of a side takes of its pixels, and a 65th for the edge.

    A cell stands at the middle of its share of the side. The first box filter has `window(length)`
    pixels (an even one reaches one further to the right), the second as many of its results. Only
    the last result of an even window reaches over the edge, by one pixel: it is the mean of one
    pixel less. That result is the 65th band, and the 64th is without it.
    """
    import numpy as np  # noqa: PLC0415

    wide = window(length)
    reach = 2 * ((wide + 1) // 2 - 1)  # to the left, of both filters
    bands = [
        _Band((2 * cell + 1) * length // 128 - reach, _triangle(length)) for cell in range(SIDE)
    ]
    if wide % 2:
        return bands
    inside = np.convolve(np.ones(wide - 1), np.ones(wide))
    bands[-1] = bands[-1]._replace(weights=inside)
    return [*bands, _Band(length - wide + 1, np.ones(wide - 1))]


def _cells_of_pixels(pixels: Pixels) -> NDArray[np.float64]:
    if pixels.ndim == 2:  # noqa: PLR2004 - grey
        return _cells(pixels, pixels.shape[1], (1000,))
    return _cells(pixels.reshape(len(pixels), -1), pixels.shape[1], LUMA)


def _cells(rows: Pixels | Floats, width: int, colours: tuple[int, ...]) -> NDArray[np.float64]:
    """Return the picture decimated to 64 by 64, less its first cell, in luma from -255 to 255."""
    import numpy as np  # noqa: PLC0415

    height = len(rows)
    if not (0 < height <= LONGEST and 0 < width <= LONGEST):
        raise ValueError("A side is empty, or too long.")
    down = _down(rows, height)
    step = len(colours)
    across = np.stack(
        [
            down[:, band.start * step : (band.start + len(band.weights)) * step]
            @ np.outer(band.weights, colours).ravel()
            for band in _bands(width)
        ]
    )
    cells = _folded(_folded(across.T, height).T, width).T / 1000
    first: NDArray[np.float64] = cells - cells[0, 0]
    return first


def _down(rows: Pixels | Floats, height: int) -> NDArray[np.float64]:
    """Return the bands of the rows: sums of whole numbers, and so exact.

    255 times the weights of a band stay below 2**24 up to `LONGEST`: bytes are added as 32 bits.
    """
    import numpy as np  # noqa: PLC0415

    bands = _bands(height)
    kind = np.float32 if rows.dtype == np.uint8 else np.float64
    most = max(len(band.weights) for band in bands)
    room = np.empty((most, rows.shape[1]), kind)
    sums = np.empty((len(bands), rows.shape[1]), kind)
    for band, row in zip(bands, sums, strict=True):
        part = room[: len(band.weights)]
        np.copyto(part, rows[band.start : band.start + len(part)])
        np.dot(band.weights.astype(kind), part, out=row)
    return sums.astype(np.float64)


def _folded(sums: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Return the means of the sums of the bands: 64 rows, the edge's in the last."""
    wide = window(length)
    cells: NDArray[np.float64] = sums[:SIDE] / (wide * wide)
    if len(sums) > SIDE:
        cells[-1] = (sums[SIDE - 1] / wide + sums[SIDE] / (wide - 1)) / wide
    return cells


@cache
def _cosines() -> NDArray[np.float64]:
    """Return the cosines of the transform, coefficients 1 to 16 by 64 cells."""
    import numpy as np  # noqa: PLC0415

    scale = 1 << _BINARY_PLACES
    return np.array(
        [
            [
                round(cos(pi / 128 * ((number * (2 * cell + 1)) % 256)) * scale) / scale
                for cell in range(SIDE)
            ]
            for number in range(1, KEPT + 1)
        ]
    )


def _coefficients(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the sixteen by sixteen coefficients; `add.reduce` adds them in order.

    Only along the axis that is outermost in memory: hence the order that is asked for.
    """
    import numpy as np  # noqa: PLC0415

    def summed(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
        products = np.multiply(one[:, :, None], other[:, None, :], order="C")
        sums: NDArray[np.float64] = np.add.reduce(products, axis=0)
        return sums

    by_cell = _cosines().T  # cells by coefficients
    return summed(summed(by_cell, cells).T, by_cell)


def _quality(cells: NDArray[np.float64], shape: tuple[int, ...]) -> int:
    """Return how much cells differ from their neighbours, from 0 to 100 (the paper's measure)."""
    import numpy as np  # noqa: PLC0415

    if min(shape[:2]) < SHORTEST:
        return 0
    steps = sum(
        int(np.abs(np.trunc(np.diff(cells, axis=axis) * 100 / 255)).sum()) for axis in (0, 1)
    )
    return min(100, steps // _STEPS)


def _bits(coefficients: NDArray[np.float64]) -> bytes:
    """Return one bit a coefficient, the last one first: whether it is above the 128th smallest."""
    import numpy as np  # noqa: PLC0415

    flat = coefficients.ravel()
    median = np.partition(flat, 127)[127]
    return np.packbits((flat > median)[::-1]).tobytes()


def _hashed(cells: NDArray[np.float64], shape: tuple[int, ...]) -> Hashed:
    return Hashed(_bits(_coefficients(cells)), _quality(cells, shape))


def _turned(cells: NDArray[np.float64], shape: tuple[int, ...]) -> Turned:
    turns = _turns(_coefficients(cells))
    return Turned(tuple(_bits(turned) for turned in turns), _quality(cells, shape))


@cache
def _moves() -> tuple[NDArray[np.intp], NDArray[np.uint8]]:
    """Return of each turn which bit of a hash comes to each place, and where it is its contrary."""
    import numpy as np  # noqa: PLC0415

    numbers = np.arange(1.0, KEPT * KEPT + 1).reshape(KEPT, KEPT)
    turned = np.stack([one.ravel()[::-1] for one in _turns(numbers)])
    return KEPT * KEPT - np.abs(turned).astype(np.intp), (turned < 0).astype(np.uint8)


def _turns(plain: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Turn coefficients: a mirrored axis changes the sign of every second one along it."""
    import numpy as np  # noqa: PLC0415

    odd = np.where(np.arange(KEPT) % 2, 1.0, -1.0)  # the first is coefficient 1
    across, down = odd[None, :], odd[:, None]
    turns = {
        Turn.AS_IS: plain,
        Turn.LEFT: plain.T * down,
        Turn.HALF: plain * across * down,
        Turn.RIGHT: plain.T * across,
        Turn.MIRRORED: plain * across,
        Turn.UPSIDE_DOWN: plain * down,
        Turn.TRANSPOSED: plain.T,
        Turn.TRANSVERSED: plain.T * across * down,
    }
    return [turns[turn] for turn in Turn]
