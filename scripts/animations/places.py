"""Places: what is behind the people, in the light of an hour."""

from scripts.animations.shapes import (
    BARK,
    BEAM,
    CORAL,
    DAWN,
    DUSK,
    GREEN,
    GREY,
    HEIGHT,
    LEAF,
    LILAC,
    MINT,
    NIGHT,
    PAPER,
    RED,
    SAND,
    SEA,
    VIOLET,
    WATER,
    WIDTH,
    WOOD,
    circle,
    group,
    path,
    rect,
    stroke,
)
from scripts.animations.things import lighthouse, plant, sheet

type Stars = tuple[tuple[float, float], ...]


def stars(points: Stars, glow: float = 0.8) -> str:
    """Return stars in a sky."""
    return "".join(circle(x, y, 1.1, DAWN, glow) for x, y in points)


def window(x: float, y: float, width: float, height: float, view: str) -> str:
    """Return a window; `view` is what is seen from its upper left corner."""
    seen = f'<svg x="{x}" y="{y}" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    frame = rect(x - 4, y - 4, width + 8, height + 8, DAWN, 4)
    return f"{frame}{seen}{view}</svg>{rect(x + width / 2 - 1.5, y, 3, height, DAWN)}"


def waves(y: float, colour: str, *, height: float = 5, step: float = 36, shift: float = 0) -> str:
    """Return a sea from this height down; `shift` moves it to the left and right."""
    crest = "".join(
        f" q{step / 4:.1f},{-height} {step / 2:.1f},0 t{step / 2:.1f},0" for _each in range(16)
    )
    return path(f"M{-80 + shift:.1f},{y}{crest} V260 H-80Z", colour)


def bedroom(*, glow: float = 0.8) -> str:
    """Return a bedroom at night; `glow` is that of the stars."""
    sky = rect(0, 0, 86, 72, NIGHT)
    sky += stars(((12, 12), (38, 24), (60, 10), (74, 40), (20, 50)), glow)
    sky += path("M0,72 V58 h14 v-10 h12 v14 h16 v-20 h14 v16 h12 v-8 h18 v22Z", "#1d3a57")
    room = rect(0, 0, WIDTH, HEIGHT, DUSK) + rect(0, 178, WIDTH, 47, "#20264d")
    room += window(236, 30, 86, 72, sky)
    room += rect(18, 34, 40, 30, "#444a8a", 2) + rect(66, 26, 30, 40, "#565ca0", 2)
    room += path("M22,60 l10,-12 8,8 6,-5 8,9z", "#6a70b4")
    bed = rect(0, 148, 210, 34, "#454b8c", 8) + rect(0, 168, 214, 30, VIOLET, 6)
    bed += rect(6, 132, 56, 26, LILAC, 10)
    bed += rect(0, 196, 10, 16, NIGHT) + rect(196, 196, 10, 16, NIGHT)
    shelf = rect(264, 164, 62, 6, BARK, 2) + rect(270, 170, 4, 44, BARK)
    return room + bed + shelf + rect(316, 170, 4, 44, BARK) + plant(300, 164, 0.5)


def kitchen() -> str:
    """Return a kitchen in the evening, under a lamp."""
    sky = rect(0, 0, 88, 66, "#3c3f77") + circle(66, 20, 9, DAWN)
    sky += path("M0,66 V50 q30,-16 50,-4 t38,-6 V66Z", DUSK) + stars(((14, 14), (36, 26)))
    room = rect(0, 0, WIDTH, HEIGHT, "#f2dcb6") + rect(0, 178, WIDTH, 47, "#c99b6f")
    room += window(132, 26, 88, 66, sky)
    room += rect(0, 36, 92, 50, LEAF, 3) + rect(45, 36, 2, 50, GREEN)
    room += rect(0, 108, 110, 72, GREEN, 3) + rect(0, 100, 114, 9, DAWN, 2)
    room += rect(54, 112, 2, 66, "#0a4f3e") + rect(46, 124, 4, 14, SAND, 2)
    room += rect(60, 124, 4, 14, SAND, 2) + rect(60, 78, 26, 22, GREY, 5)
    lamp = rect(262, 0, 3, 44, BARK) + path("M240,62 Q263,26 286,62Z", RED)
    lamp += path("M240,62 H286 L340,200 H186Z", BEAM, 0.22) + circle(263, 62, 6, BEAM)
    return room + lamp + plant(330, 92, 0.7) + rect(308, 104, 44, 5, WOOD, 2)


def yard() -> str:
    """Return the yard of a school by day."""
    place = rect(0, 0, WIDTH, HEIGHT, "#cfe3ec") + circle(306, 38, 20, BEAM, 0.9)
    place += rect(0, 58, 230, 110, SAND) + rect(0, 50, 236, 10, CORAL)
    lefts = [(14 + at * 44, y) for at in range(5) for y in (74, 120)]
    place += path("".join(f"M{x},{y}h28v34h-28z" for x, y in lefts), WATER)
    place += path("".join(f"M{x + 13},{y}h2v34h-2z" for x, y in lefts), SAND)
    place += rect(0, 166, WIDTH, 60, "#c3ced2") + rect(0, 166, WIDTH, 6, "#aebcc2")
    place += rect(276, 96, 8, 74, BARK) + circle(280, 86, 32, LEAF)
    place += circle(302, 100, 22, GREEN) + circle(258, 102, 20, MINT)
    return place + stroke("M40,225 Q120,186 330,190", PAPER, 3)


def study() -> str:
    """Return a room where one reads and listens, by day."""
    room = rect(0, 0, WIDTH, HEIGHT, "#dcebe8") + rect(0, 182, WIDTH, 43, "#b9c9c8")
    room += sheet(112, 24, 48, 62) + sheet(30, 30, 40, 50)
    room += rect(250, 20, 90, 6, WOOD, 2) + rect(250, 66, 90, 6, WOOD, 2)
    books = ((28, RED), (34, SEA), (26, LEAF), (32, VIOLET), (24, CORAL), (36, WATER), (30, GREEN))
    for at, (height, colour) in enumerate(books):
        room += rect(256 + at * 9, 66 - height, 7, height, colour, 1)
    return room + plant(26, 176, 1.1)


def jetty(*, light: float = 1, shift: float = 0) -> str:
    """Return a jetty at dawn, with the lighthouse; `shift` moves the sea."""
    sky = rect(0, 0, WIDTH, HEIGHT, "#fde3c0") + rect(0, 70, WIDTH, 60, "#fbd3ae")
    sky += circle(92, 112, 38, BEAM, 0.25) + circle(92, 112, 26, BEAM)
    birds = stroke("M40,46 q8,-10 16,0 q8,-10 16,0", WATER)
    birds += stroke("M78,30 q6,-8 12,0 q6,-8 12,0", WATER)
    sea = waves(128, "#8fb9cb", shift=shift)
    sea += waves(146, WATER, step=44, shift=8 - shift)
    sea += waves(170, SEA, height=6, step=52, shift=20 + shift * 1.5)
    posts = "".join(rect(20 + at * 62, 196, 9, 34, BARK) for at in range(5))
    wood = rect(0, 184, 300, 12, WOOD, 2) + posts + rect(0, 184, 300, 4, "#cd9a70", 2)
    return sky + group(birds) + lighthouse(286, 52, scale=0.95, light=light) + sea + wood
