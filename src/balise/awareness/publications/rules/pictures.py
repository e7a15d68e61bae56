"""A picture made anew, and its sizes: octets in, WebP out. A child with limits runs it.

What someone sent is opened nowhere else (`foundation/limited`).
"""

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from balise.foundation.limited.child import CannotWork

FORMATS: Final = ("JPEG", "PNG", "WEBP")
MOST_POINTS: Final = 50_000_000
LONGEST_SIDE: Final = 16_000  # points; WebP ends at 16,383
KEPT: Final = 2_880  # points of the longer side that are kept
QUALITY: Final = 90
OF_WIDTH: Final = 4  # octets

KIND, BROKEN, POINTS = "kind", "broken", "points"  # why a picture is refused


def kept(octets: bytes) -> bytes:
    """Return a picture's points alone as WebP: upright, no longer than `KEPT`, first frame only.

    Raises CannotWork for another kind of file, for one that ends too early, for too many points.
    """
    Image.MAX_IMAGE_PIXELS = None  # the check below has our limit
    try:
        picture = Image.open(BytesIO(octets), formats=FORMATS)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise CannotWork(KIND) from None
    if picture.width * picture.height > MOST_POINTS or max(picture.size) > LONGEST_SIDE:
        raise CannotWork(POINTS)
    try:
        picture.draft("RGB", (KEPT, KEPT))  # a JPEG is read no larger than it is needed
        picture.thumbnail((KEPT, KEPT))
        upright = ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError, ValueError):
        raise CannotWork(BROKEN) from None
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    return _written(upright.convert("RGBA" if has_alpha else "RGB"))


def asked(width: int, octets: bytes) -> bytes:
    """Return what `sized` reads."""
    return width.to_bytes(OF_WIDTH) + octets


def sized(given: bytes) -> bytes:
    """Return a kept picture at a width, never wider than it is; `asked` says how it is given."""
    width = int.from_bytes(given[:OF_WIDTH])
    picture = Image.open(BytesIO(given[OF_WIDTH:]), formats=("WEBP",))
    picture.thumbnail((width, picture.height))
    return _written(picture)


def _written(picture: Image.Image) -> bytes:
    written = BytesIO()
    picture.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()
