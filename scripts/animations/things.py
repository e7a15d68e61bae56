"""Things that people hold, and what stands in a room."""

from scripts.animations.shapes import (
    BARK,
    BEAM,
    CORAL,
    DAWN,
    GREEN,
    HAZE,
    INK,
    LEAF,
    MINT,
    MIST,
    PAPER,
    RED,
    SEA,
    WOOD,
    circle,
    dark,
    group,
    path,
    rect,
    stroke,
)


def phone(x: float, y: float, *, turn: float = 0, light: float = 1, scale: float = 1) -> str:
    """Return a telephone whose screen gives so much light, from 0 to 1; nothing on it is read."""
    glow = circle(0, 0, 26, BEAM, 0.16 * light) + circle(0, 0, 16, BEAM, 0.25 * light)
    screen = rect(-3.6, -7, 7.2, 14, SEA, 1) + group(
        rect(-3.6, -7, 7.2, 14, BEAM, 1), opacity=light
    )
    drawn = glow + rect(-5, -9, 10, 18, INK, 2.2) + screen
    return group(drawn, f"translate({x:.1f} {y:.1f}) rotate({turn:.1f}) scale({scale})")


def plant(x: float, y: float, scale: float = 1) -> str:
    """Return a plant in a pot."""
    leaves = ((-18, -16, LEAF), (18, 17, GREEN), (-3, 2, MINT), (-26, -28, GREEN), (26, 27, LEAF))
    drawn = "".join(
        path(f"M0,0 Q{a},-18 {b},-40 Q{b - a / 3:.0f},-16 0,0Z", colour) for a, b, colour in leaves
    )
    drawn += path("M-12,-2 H12 L9,18 H-9Z", CORAL)
    return group(drawn, f"translate({x} {y}) scale({scale})")


def mug(x: float, y: float, colour: str = RED) -> str:
    """Return a mug on a table at this height."""
    handle = f"M{x + 12:.1f},{y - 9:.1f} q6,3 0,6"
    return rect(x, y - 12, 12, 12, colour, 2) + stroke(handle, colour, 2.4)


def table(x: float, y: float, width: float, colour: str = WOOD) -> str:
    """Return a table whose top is at this height."""
    legs = (x + 12, x + width - 19)
    return rect(x, y, width, 8, colour, 3) + "".join(
        rect(each, y + 8, 7, 60, dark(colour, 0.8)) for each in legs
    )


def chair(x: float, y: float, colour: str = CORAL, *, faces_left: bool = False) -> str:
    """Return a chair whose seat is at this height."""
    back = x + 30 if faces_left else x - 6
    return (
        rect(back, y - 44, 7, 48, dark(colour, 0.9), 3)
        + rect(x - 6, y, 43, 7, colour, 3)
        + rect(x - 3, y + 7, 5, 44, INK)
        + rect(x + 29, y + 7, 5, 44, INK)
    )


def bubble(
    x: float, y: float, width: float, height: float, colour: str, *, is_right: bool = False
) -> str:
    """Return words that are said, as lines that nobody reads."""
    begins, tip, ends = (x + width - 14, 10, -2) if is_right else (x + 4, -2, 12)
    tail = path(f"M{begins:.1f},{y + height - 4:.1f} l{tip},12 l{ends},-11z", colour)
    lines = "".join(
        rect(x + 9, y + 9 + at * 9, (width - 18) * share, 3.4, PAPER, 1.7)
        for at, share in enumerate((1, 0.6))
    )
    return tail + rect(x, y, width, height, colour, 9) + lines


def lighthouse(x: float, y: float, *, scale: float = 1, light: float = 1) -> str:
    """Return the lighthouse that stands for help; its light from 0 to 1."""
    beams = path("M0,-3 L-300,-40 V30 L0,3Z", BEAM, 0.28 * light)
    beams += path("M0,-3 L300,-40 V30 L0,3Z", BEAM, 0.28 * light)
    tower = (
        path("M-9,10 L-18,72 H18 L9,10Z", PAPER)
        + path("M-11.5,26 L-14,44 H14 L11.5,26Z", RED)
        + rect(-12, 6, 24, 5, INK, 1.5)
        + circle(0, 0, 7.5, MIST)
        + circle(0, 0, 7.5, BEAM, light)
        + path("M-8,-6 Q0,-18 8,-6Z", INK)
        + path("M-40,72 H40 L32,86 H-32Z", BARK)
    )
    drawn = beams + circle(0, 0, 15, BEAM, 0.3 * light) + tower
    return group(drawn, f"translate({x} {y}) scale({scale})")


def sheet(x: float, y: float, width: float = 34, height: float = 44) -> str:
    """Return a page on a wall, with a picture and lines that nobody reads."""
    return (
        rect(x, y, width, height, DAWN, 2)
        + rect(x + 3, y + 3, width - 6, height * 0.55, SEA, 1.5)
        + rect(x + 5, y + height * 0.72, width - 10, 2.4, INK, 1)
        + rect(x + 9, y + height * 0.85, width - 18, 2.4, HAZE, 1)
    )
