"""What a picture is made of, in points from its top left; any format writes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

WIDTH_OF_A_LETTER: Final = 0.56  # of its size, in Atkinson Hyperlegible; a little more in Verdana


class Fill(StrEnum):
    """How a shape is filled."""

    DARK = "dark"
    TINT = "tint"
    SOFT = "soft"
    GREY = "grey"
    WHITE = "white"
    HATCHED = "hatched"
    LIGHT_HATCHED = "light-hatched"


class Stroke(StrEnum):
    """What a line is."""

    GRID = "grid"
    AXIS = "axis"
    BREAK = "break"
    SERIES = "series"
    BESIDE = "beside"  # the series that it is compared with: dashed, so that no colour is needed


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle with an outline."""

    x: float
    y: float
    width: float
    height: float
    fill: Fill


@dataclass(frozen=True, slots=True)
class Box:
    """A dotted rectangle in the place of a number that is not shown."""

    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    size: float = 10
    anchor: Literal["start", "middle", "end"] = "start"
    is_bold: bool = False
    is_soft: bool = False
    is_white: bool = False
    on_hatching: bool = False  # and so on a ground of its own


@dataclass(frozen=True, slots=True)
class Dot:
    """The end of a line."""

    x: float
    y: float
    radius: float
    fill: Fill


@dataclass(frozen=True, slots=True)
class Area:
    """An outline of a map, as rings of points."""

    rings: tuple[tuple[tuple[float, float], ...], ...]
    fill: Fill
    is_withheld: bool = False


type Shape = Bar | Box | Rule | Line | Words | Dot | Area


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes in the order in which they cover each other."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def picture(width: float, height: float, shapes: Iterable[Shape]) -> Picture:
    """Return a picture of these shapes."""
    return Picture(width, height, tuple(shapes))


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is."""
    return len(text) * size * WIDTH_OF_A_LETTER


def cut(text: str, size: float, room: float) -> str:
    """Return a text as much of which fits, an ellipsis for the rest."""
    most = max(3, int(room / (size * WIDTH_OF_A_LETTER)))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
