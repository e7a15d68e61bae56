"""Columns over a day, in the page's own colours: the table beside them says the same in numbers.

The drawing stretches to the page's width, so words stand outside of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

_HIGH = 100
_WIDE = 10
_APART = 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column: from its left edge, how far up; `is_short` where more was needed."""

    x: int
    y: float
    height: float
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a day and, as a line of steps over them, what they are compared with."""

    columns: tuple[Column, ...]
    steps: str
    width: int
    most: int
    hours: tuple[str, ...]


def columns(
    values: Sequence[float], hours: Sequence[str], *, beside: Sequence[float] = ()
) -> Columns:
    """Return columns of some values, one for each half hour, as high as the highest of all."""
    most = max([*values, *beside, 1])
    drawn = tuple(
        Column(
            x=place * _WIDE,
            y=round(_HIGH - value / most * _HIGH, 1),
            height=round(value / most * _HIGH, 1),
            is_short=bool(beside) and value < beside[place],
        )
        for place, value in enumerate(values)
    )
    corners = [
        f"{place * _WIDE + at},{round(_HIGH - value / most * _HIGH, 1)}"
        for place, value in enumerate(beside)
        for at in (0, _WIDE)
    ]
    labelled = tuple(hour for place, hour in enumerate(hours) if place % 4 == 0)
    return Columns(
        drawn, " ".join(corners), max(len(values) * _WIDE - _APART, 1), round(most), labelled
    )
