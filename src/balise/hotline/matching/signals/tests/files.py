"""Files of drawn pictures, sound and hostile."""

import struct
import zlib
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from balise.hotline.matching.signals.tests import drawn

ORIENTATION = 0x0112  # a tag of EXIF
SHOWN = drawn.pixels(drawn.hills("shown", 400, 300))


def written(picture: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    """Return a picture as a file."""
    octets = BytesIO()
    picture.save(octets, kind, **options)
    return octets.getvalue()


def file(shown: NDArray[np.uint8] = SHOWN, kind: str = "PNG", **options: Any) -> bytes:
    """Return pixels as a file."""
    return written(Image.fromarray(shown), kind, **options)


def turned_by_exif(orientation: int, shown: NDArray[np.uint8] = SHOWN) -> bytes:
    """Return a picture that its file says to turn."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return file(shown, "PNG", exif=exif)


def png_of(width: int, height: int, *, lines: bytes = b"") -> bytes:
    """Return a PNG whose header has any size, whatever its lines of pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(what)) + name + what + struct.pack(">I", zlib.crc32(name + what))
        for name, what in parts
    )


def landscape(width: int, height: int, *, seed: int = 1) -> NDArray[np.uint8]:
    """Return pixels that change as a photograph's do: much over its whole, little from near."""
    random = np.random.default_rng(seed)
    shown = np.full((height, width, 3), 120.0)
    for spots, strength in ((5, 60), (11, 40), (25, 25), (60, 12)):
        for colour in range(3):
            few = Image.fromarray(random.normal(0, strength, (spots, spots)).astype(np.float32))
            shown[:, :, colour] += np.asarray(few.resize((width, height), Image.Resampling.BICUBIC))
    return shown.clip(0, 255).astype(np.uint8)


def with_bars(shown: NDArray[np.uint8], *, top: int, left: int) -> NDArray[np.uint8]:
    """Return pixels with black bars, nearly of one colour, on both sides of each axis."""
    height, width = shown.shape[:2]
    size = (height + 2 * top, width + 2 * left, 3)
    held = np.random.default_rng(1).integers(0, 9, size, dtype=np.uint8)
    held[top : top + height, left : left + width] = shown
    return held
