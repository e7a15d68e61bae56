"""A picture drawn again from its points: octets in, WebP out. A child with limits runs it.

What someone sent is opened nowhere else (`foundation/limited`): a module names its own bounds in a
function at the top of a file, and `call`s that.
"""

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from balise.foundation.limited.child import CannotWork

FORMATS: Final = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE: Final = 16_000  # points; WebP ends at 16,383
QUALITY: Final = 90

KIND, BROKEN, POINTS = "kind", "broken", "points"  # why a picture is refused


def redrawn(octets: bytes, *, most_points: int, longest: int) -> bytes:
    """Return a picture's points alone as WebP: upright, no longer than `longest`, first frame only.

    Raises CannotWork for another kind of file, for one that ends too early, for too many points:
    these are counted in the header, before any is read.
    """
    Image.MAX_IMAGE_PIXELS = None  # the check below has our limit
    try:
        picture = Image.open(BytesIO(octets), formats=FORMATS)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise CannotWork(KIND) from None
    if picture.width * picture.height > most_points or max(picture.size) > LONGEST_SIDE:
        raise CannotWork(POINTS)
    try:
        picture.draft("RGB", (longest, longest))  # a JPEG is read no larger than it is needed
        picture.thumbnail((longest, longest))
        upright = ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError, ValueError):
        raise CannotWork(BROKEN) from None
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    return written(upright.convert("RGBA" if has_alpha else "RGB"))


def written(picture: Image.Image) -> bytes:
    """Return a picture as WebP, without what else a camera wrote."""
    octets = BytesIO()
    picture.save(octets, "WEBP", quality=QUALITY)
    return octets.getvalue()
