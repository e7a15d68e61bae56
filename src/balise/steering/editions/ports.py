"""What is asked of the lines: the outlines of the country's areas."""

from collections.abc import Sequence
from typing import Protocol

from balise.foundation.ports import Port

type Area = tuple[str, str, str, tuple[float, float, float, float]]


class Outlines(Protocol):
    def __call__(self) -> tuple[Sequence[Area], str]:
        """Return the code, SVG path, own frame and box of each area, and whose outlines they are.

        Without a frame of its own an area is in the frame that all of the mainland share.
        """
        ...


outlines: Port[Outlines] = Port("steering.outlines")
