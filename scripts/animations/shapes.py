"""Colours and shapes that all drawings are made of; each function returns SVG."""

from collections.abc import Iterable
from typing import Final

WIDTH: Final = 360
HEIGHT: Final = 225

NIGHT: Final = "#10273c"
DUSK: Final = "#2f3468"
VIOLET: Final = "#5d62a3"
LILAC: Final = "#a9b2e0"
SEA: Final = "#17466a"
WATER: Final = "#2f6f93"
MIST: Final = "#a9c6d6"
HAZE: Final = "#d5e4ea"
PAPER: Final = "#f4f7f7"
DAWN: Final = "#fff5e6"
SAND: Final = "#f3d9b1"
WOOD: Final = "#b9825a"
BARK: Final = "#7d553a"
CORAL: Final = "#e9806e"
RED: Final = "#d8493c"
MINT: Final = "#6fd3ae"
GREEN: Final = "#0d6650"
LEAF: Final = "#3f8f6d"
BEAM: Final = "#ffcb52"  # light, and nothing else
INK: Final = "#14283b"
GREY: Final = "#8f9aa3"

type Point = tuple[float, float]

_BEND: Final = 0.38  # how far from an elbow or a knee a limb begins to turn


def dark(colour: str, share: float = 0.82) -> str:
    """Return a colour in the shade: the far limbs, the back of a thing."""
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{int(part * share):02x}" for part in parts)


def limb(points: Iterable[Point], width: float, colour: str) -> str:
    """Return a round line; one of three points bends at the second as an elbow does."""
    (x, y), *rest = points
    if len(rest) == 2:  # noqa: PLR2004 - an elbow and a hand
        (mx, my), (ex, ey) = rest
        way = (
            f"L{mx + (x - mx) * _BEND:.1f},{my + (y - my) * _BEND:.1f} "
            f"Q{mx:.1f},{my:.1f} {mx + (ex - mx) * _BEND:.1f},{my + (ey - my) * _BEND:.1f} "
            f"L{ex:.1f},{ey:.1f}"
        )
    else:
        way = " ".join(f"L{a:.1f},{b:.1f}" for a, b in rest)
    return (
        f'<path d="M{x:.1f},{y:.1f} {way}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def rect(x: float, y: float, width: float, height: float, colour: str, round_: float = 0) -> str:
    """Return a rectangle with round corners."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'rx="{round_}" fill="{colour}"/>'
    )


def circle(x: float, y: float, radius: float, colour: str, opacity: float = 1) -> str:
    """Return a disc."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}"{_faint(opacity)}/>'


def path(outline: str, colour: str, opacity: float = 1) -> str:
    """Return a filled outline, as SVG writes one."""
    return f'<path d="{outline}" fill="{colour}"{_faint(opacity)}/>'


def stroke(outline: str, colour: str, width: float = 2) -> str:
    """Return a thin line."""
    return (
        f'<path d="{outline}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'stroke-linecap="round"/>'
    )


def group(inside: str, transform: str = "", opacity: float = 1) -> str:
    """Return drawings together, moved or turned."""
    moved = f' transform="{transform}"' if transform else ""
    return f"<g{moved}{_faint(opacity)}>{inside}</g>"


def picture(inside: str) -> str:
    """Return a whole drawing."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">{inside}</svg>'
    )


def _faint(opacity: float) -> str:
    return "" if opacity == 1 else f' opacity="{opacity:.3f}"'
