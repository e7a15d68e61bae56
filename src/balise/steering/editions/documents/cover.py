"""The lighthouse of the cover: polygons on a page of 960 × 540 points, the furthest first."""

from importlib.resources import files
from typing import Final

_LINES: Final = files(__package__).joinpath("cover.svg").read_text("utf-8").splitlines()
SVG: Final = "".join(map(str.strip, _LINES))

type Polygon = tuple[str, tuple[tuple[float, float], ...]]  # its colour and its corners


def _polygon(line: str) -> Polygon:
    _fill, colour, _points, points, _end = line.split('"')
    return colour, tuple(map(_corner, points.split()))


def _corner(point: str) -> tuple[float, float]:
    x, y = map(float, point.split(","))
    return x, y


POLYGONS: Final = tuple(map(_polygon, _LINES[1:-1]))
