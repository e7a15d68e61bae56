"""Places outside, by the hour and the weather."""

from typing import Final

from balise.awareness.drawing.rules.places import waves
from balise.awareness.drawing.rules.shapes import (
    BARK,
    BEAM,
    DAWN,
    GREEN,
    GREY,
    HAZE,
    HEIGHT,
    INK,
    LEAF,
    MINT,
    MIST,
    NIGHT,
    PAPER,
    SAND,
    SEA,
    WATER,
    WIDTH,
    WOOD,
    circle,
    path,
    rect,
    stroke,
)
from balise.awareness.drawing.rules.things import lighthouse, sheet

_DROPS: Final = (
    (20, 20), (60, 70), (46, 130), (90, 18), (150, 22), (200, 10), (250, 30), (300, 64),
    (330, 20), (320, 120), (346, 150), (14, 96), (80, 150), (290, 100), (70, 30),
)  # fmt: skip
_ROOFS: Final = (
    "M0,120 V84 h30 v-22 h56 v-10 h34 v28 h40 v-14 h34 v40 h40 v-52 h28 v36 h46 v-18 h52 v70Z"
)


def bus_stop() -> str:
    """Return a bus shelter in the rain; its bench is 156 high."""
    place = rect(0, 0, WIDTH, HEIGHT, "#6f86a0") + path(_ROOFS, "#5a7190")
    place += rect(0, 120, WIDTH, 60, "#4d6380") + rect(0, 180, WIDTH, 45, "#34475f")
    place += rect(0, 178, WIDTH, 5, "#8397ab")
    shelter = rect(98, 52, 178, 8, NIGHT, 3) + path("M110,62 h155 v92 h-155z", MIST, 0.35)
    shelter += rect(104, 60, 5, 122, NIGHT) + rect(266, 60, 5, 122, NIGHT)
    shelter += rect(120, 156, 136, 7, WOOD, 2)
    shelter += rect(130, 162, 5, 20, BARK) + rect(240, 162, 5, 20, BARK) + sheet(230, 76, 28, 42)
    rain = stroke("".join(f"M{x},{y} l-4,14" for x, y in _DROPS), "#8ea1b8", 1.3)
    post = (
        rect(306, 56, 5, 126, NIGHT)
        + rect(294, 40, 30, 24, PAPER, 5)
        + rect(299, 46, 20, 11, INK, 2)
    )
    return place + shelter + rain + post


def park() -> str:
    """Return a tree and a lawn by day."""
    place = rect(0, 0, WIDTH, HEIGHT, "#d3e6ea") + circle(54, 40, 20, BEAM, 0.9)
    place += path("M0,150 Q90,120 190,146 T360,138 V225 H0Z", MINT)
    place += path("M0,172 Q120,150 230,172 T360,164 V225 H0Z", LEAF)
    tree = path("M252,66 h20 l6,120 h-32z", BARK) + circle(262, 54, 48, GREEN)
    return place + tree + circle(222, 72, 28, LEAF) + circle(304, 66, 32, "#2d7a5b")


def street(*, dusk: bool = False) -> str:
    """Return houses and a pavement, by day or at dusk."""
    sky, wall, far = ("#4a4f86", "#5f6296", "#3c3f77") if dusk else ("#d6e6ec", SAND, "#bcd0da")
    place = rect(0, 0, WIDTH, HEIGHT, sky) + path(_ROOFS, far)
    place += rect(0, 96, 150, 84, wall) + path("M-6,98 L72,58 L156,98Z", BARK)
    place += rect(228, 84, 140, 96, wall) + path("M220,86 L296,44 L372,86Z", "#5f4230")
    for x, y in ((22, 116), (96, 116), (250, 106), (310, 106)):
        place += rect(x, y, 28, 32, DAWN, 2) + rect(
            x + 3, y + 3, 22, 26, BEAM if dusk else WATER, 1
        )
    return (
        place
        + rect(0, 178, WIDTH, 47, GREY if not dusk else "#34375f")
        + rect(0, 178, WIDTH, 5, HAZE)
    )


def quay(*, light: float = 1) -> str:
    """Return a quay early in the morning, with the lighthouse."""
    sky = rect(0, 0, WIDTH, HEIGHT, "#d9e3f0") + rect(0, 64, WIDTH, 70, "#f7d9bd")
    sea = (
        waves(124, MIST) + waves(140, WATER, step=44, shift=10) + waves(156, SEA, step=52, shift=20)
    )
    stone = rect(0, 178, WIDTH, 47, "#b8b0a6") + rect(0, 178, WIDTH, 6, "#d6cfc5")
    posts = "".join(rect(x, 158, 12, 22, INK, 3) for x in (30, 180, 330))
    return sky + lighthouse(74, 48, scale=0.9, light=light) + sea + stone + posts


def window_at_night(*, light: float = 1) -> str:
    """Return a room in the evening whose window shows the lighthouse and the sea."""
    room = rect(0, 0, WIDTH, HEIGHT, "#54507f") + rect(0, 180, WIDTH, 45, "#37345c")
    view = rect(0, 0, 190, 108, "#232b55") + lighthouse(128, 36, scale=0.62, light=light)
    view += waves(84, WATER) + waves(94, SEA, step=44, shift=10)
    frame = rect(86, 16, 198, 116, DAWN, 4)
    seen = f'<svg x="90" y="20" width="190" height="108" viewBox="0 0 190 108">{view}</svg>'
    return room + frame + seen + rect(184, 20, 3, 108, DAWN) + rect(80, 132, 210, 7, SAND, 2)
