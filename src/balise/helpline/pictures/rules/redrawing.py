"""A child's picture drawn again: what a process of our own with limits does, and nothing else.

It imports neither settings, tables nor keys (`foundation/limited`).
"""

from typing import Final

from balise.foundation.files.redrawing import redrawn

MOST_POINTS: Final = 40_000_000
LONGEST: Final = 2_000  # points of the longer side: words on a telephone's screen stay readable


def redraw(octets: bytes) -> bytes:
    """Return a picture's points as WebP; refuses (CannotWork) as `redrawn`."""
    return redrawn(octets, most_points=MOST_POINTS, longest=LONGEST)
