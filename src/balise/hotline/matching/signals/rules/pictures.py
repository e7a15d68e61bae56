"""What becomes of a picture's file before it is hashed. A child with limits runs it.

One policy, for whatever someone sent (decision 75):

- the picture stands upright, as its EXIF says, and only its first frame counts;
- what is transparent lies on white; colours become red, green and blue as the file has them,
  without its colour profile; of 16 bits the higher 8 count;
- nothing is made smaller before: a PDQ is that of all pixels;
- bars of one colour at its edges (letterbox) are cut off, and the rest is hashed too.

What cannot be hashed is refused with a code: `KIND`, `BROKEN`, `POINTS`, `COLOURS`.
"""

from __future__ import annotations

import json
from hashlib import md5, sha1, sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from balise.foundation.files.redrawing import BROKEN, KIND, POINTS
from balise.foundation.limited.child import CannotWork
from balise.hotline.matching.signals.rules import pdq
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

COLOURS: Final = "colours"  # why a picture is refused: its numbers are no colours

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
MOST_POINTS: Final = 64_000_000
_NEAR: Final = 24  # steps of a colour that compression moves a bar by
_MOST_OTHER: Final = 0.05  # of a line of a bar may be another colour
_LEAST_CUT: Final = 0.02  # of a side: less is no bar
_LEAST_LEFT: Final = 64  # pixels a side


class Picture(NamedTuple):
    """What is known of a picture: its size when upright, and its signals.

    `signals` are a PDQ with its eight turns, then a SHA-256, a SHA-1 and an MD5 of the file.
    `trimmed` is the PDQ without the bars at its edges, None where it has none.
    """

    width: int
    height: int
    signals: tuple[Signal, ...]
    trimmed: Signal | None = None

    @property
    def pdq(self) -> Signal:
        return self.signals[0]

    @property
    def asked(self) -> tuple[Signal, ...]:
        """What a look-up asks: the signals, and the trimmed one beside."""
        return (*self.signals, self.trimmed) if self.trimmed else self.signals


def hashed(octets: bytes) -> bytes:
    """Return what is known of a picture's file, as `read` reads it; octets in, octets out.

    Raises CannotWork for another kind of file, for one that ends too early, for too many points
    (these are counted in the header, before any is read) and for numbers that are no colours.
    """
    pixels = _pixels(octets)
    height, width = pixels.shape[:2]
    inside = bars(pixels)
    return json.dumps(
        {
            "width": width,
            "height": height,
            "pdq": _told(pdq.hash_pixels_turned(pixels)),
            "trimmed": inside and _told(pdq.hash_pixels_turned(pixels[inside])),
            "sha256": sha256(octets).hexdigest(),
            "sha1": sha1(octets, usedforsecurity=False).hexdigest(),
            "md5": md5(octets, usedforsecurity=False).hexdigest(),
        }
    ).encode()


def read(told: bytes) -> Picture:
    """Return what `hashed` told."""
    found = json.loads(told)
    files = (HashKind.SHA256, HashKind.SHA1, HashKind.MD5)
    return Picture(
        width=found["width"],
        height=found["height"],
        signals=(
            _signal(found["pdq"]),
            *(Signal(kind, bytes.fromhex(found[kind])) for kind in files),
        ),
        trimmed=_signal(found["trimmed"], is_trimmed=True) if found["trimmed"] else None,
    )


def _told(turned: pdq.Turned) -> dict[str, Any]:
    return {"turns": [value.hex() for value in turned.values], "quality": turned.quality}


def _signal(told: dict[str, Any], *, is_trimmed: bool = False) -> Signal:
    turns = tuple(bytes.fromhex(value) for value in told["turns"])
    return Signal(HashKind.PDQ, turns[0], told["quality"], turns, is_trimmed)


def _pixels(octets: bytes) -> NDArray[np.uint8]:
    """Return a file's pixels: rows and columns of grey, or rows, columns and three colours."""
    import numpy as np  # noqa: PLC0415
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = None  # the check below has our limit
    try:
        picture = Image.open(BytesIO(octets), formats=FORMATS)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise CannotWork(KIND) from None
    if picture.width * picture.height > MOST_POINTS or max(picture.size) > pdq.LONGEST:
        raise CannotWork(POINTS)
    try:
        picture.load()
        ImageOps.exif_transpose(picture, in_place=True)
    except (OSError, SyntaxError, ValueError):
        raise CannotWork(BROKEN) from None
    if picture.mode == "F":
        raise CannotWork(COLOURS)
    if picture.mode.startswith("I"):  # 16 bits of grey
        deep = np.array(picture, dtype=np.int64)
        return (deep >> 8).clip(0, 255).astype(np.uint8)
    return np.asarray(_coloured(picture), dtype=np.uint8)


def _coloured(picture: Image.Image) -> Image.Image:
    """Return the picture in grey or in three colours, 8 bits each, nothing of it transparent."""
    from PIL import Image  # noqa: PLC0415

    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, clear).convert("RGB")
    return picture.convert("L" if picture.mode in {"1", "L"} else "RGB")


def bars(pixels: NDArray[np.uint8]) -> tuple[slice, slice] | None:
    """Return the rows and columns inside the bars at a picture's edges, None where it has none.

    A bar is of one colour, that of its outermost line, but for `_NEAR` steps and one pixel in
    twenty, and takes a fiftieth of the side at least. What is left has 64 pixels a side or more.
    """
    top, bottom = _edges(pixels)
    if bottom - top < _LEAST_LEFT:
        return None
    left, right = _edges(pixels[top:bottom].swapaxes(0, 1))
    if right - left < _LEAST_LEFT:
        return None
    if (top, bottom, left, right) == (0, pixels.shape[0], 0, pixels.shape[1]):
        return None
    return slice(top, bottom), slice(left, right)


def _edges(lines: NDArray[np.uint8]) -> tuple[int, int]:
    """Return the first line inside the bars at both ends, and the first behind it."""
    length = len(lines)
    first, last = _bar(lines), _bar(lines[::-1])
    if first == length:  # one colour
        return 0, length
    least = length * _LEAST_CUT
    return first if first >= least else 0, length - (last if last >= least else 0)


def _bar(lines: NDArray[np.uint8]) -> int:
    """Return how many lines at the beginning are of one colour."""
    import numpy as np  # noqa: PLC0415

    colour = np.median(lines[0], axis=0).astype(np.int16)
    for number, line in enumerate(lines):
        other = np.abs(line.astype(np.int16) - colour) > _NEAR
        if np.count_nonzero(other) > other.size * _MOST_OTHER:
            return number
    return len(lines)
