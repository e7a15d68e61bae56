"""A picture made anew, and its sizes: octets in, WebP out. A child with limits runs it.

What someone sent is opened nowhere else (`foundation/limited`).
"""

from io import BytesIO
from typing import Final

from PIL import Image

from balise.foundation.files.redrawing import redrawn, written

MOST_POINTS: Final = 50_000_000
KEPT: Final = 2_880  # points of the longer side that are kept
OF_WIDTH: Final = 4  # octets


def kept(octets: bytes) -> bytes:
    """Return a picture's points alone as WebP, no longer than `KEPT`; refuses as `redrawn`."""
    return redrawn(octets, most_points=MOST_POINTS, longest=KEPT)


def asked(width: int, octets: bytes) -> bytes:
    """Return what `sized` reads."""
    return width.to_bytes(OF_WIDTH) + octets


def sized(given: bytes) -> bytes:
    """Return a kept picture at a width, never wider than it is; `asked` says how it is given."""
    width = int.from_bytes(given[:OF_WIDTH])
    picture = Image.open(BytesIO(given[OF_WIDTH:]), formats=("WEBP",))
    picture.thumbnail((width, picture.height))
    return written(picture)
