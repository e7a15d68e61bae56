"""The picture of the poster, drawn in code: a house at night whose screens sleep. Pure."""

from typing import Final

from balise.awareness.drawing.rules.people import BLACK, CHESTNUT, SILVER, SKINS, Look, Pose, person
from balise.awareness.drawing.rules.places import stars, window
from balise.awareness.drawing.rules.shapes import (
    BARK,
    BEAM,
    CORAL,
    DAWN,
    DUSK,
    GREEN,
    INK,
    LEAF,
    LILAC,
    MINT,
    NIGHT,
    RED,
    SAND,
    SEA,
    VIOLET,
    WATER,
    WOOD,
    circle,
    path,
    rect,
)
from balise.awareness.drawing.rules.things import lighthouse, mug, plant, sheet, table

WIDTH: Final = 794
HEIGHT: Final = 430
_STARS: Final = (
    (60, 40), (150, 80), (110, 24), (720, 130), (560, 40), (600, 110), (34, 120), (760, 36),
    (520, 90),
)  # fmt: skip
# The letters of sleep, as outlines: a picture holds no text.
_SLEEP: Final = "M566,278 h9 l-6,9 h6 v3 h-10 l6,-9 h-5Z M577,262 h12 l-8,12 h8 v3 h-13 l8,-12 h-7Z"


def house() -> str:
    """Return the house, cut open: a meal below, phones in a basket, a child who reads above."""
    inside = _outside() + _attic() + _rooms() + _kitchen() + _hall()
    inside += rect(518, 188, 12, 204, DAWN) + rect(214, 392, 496, 12, BARK, 2)
    inside += plant(190, 404, 0.9) + plant(742, 406)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">{inside}</svg>'
    )


def light() -> str:
    """Return the lighthouse in a round window, for the page that is easy to read."""
    inside = circle(60, 60, 60, DUSK) + lighthouse(60, 38) + _sea(92, WATER, 30)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 120" width="120" height="120">'
        f'<clipPath id="round"><circle cx="60" cy="60" r="60"/></clipPath>'
        f'<g clip-path="url(#round)">{inside}</g></svg>'
    )


def _outside() -> str:
    sky = rect(0, 0, WIDTH, HEIGHT, DUSK) + path("M0,150 H794 V430 H0Z", "#454b8c", 0.55)
    sky += circle(662, 64, 24, DAWN) + stars(_STARS) + lighthouse(92, 172, scale=1.5)
    sea = _sea(262, "#3d7ea3", 60) + _sea(286, WATER, 60, 18) + _sea(318, SEA, 72, 4)
    sea += _sea(352, "#123a58", 80, 30) + path("M150,430 V330 Q420,286 794,318 V430Z", GREEN)
    roof = path("M196,178 L462,44 L728,178 Z", RED)
    roof += path("M182,184 L462,36 L742,184 L734,196 L462,54 L190,196Z", "#a8322a")
    return sky + sea + roof + rect(214, 176, 496, 226, DAWN, 4)


def _sea(y: float, colour: str, step: float, shift: float = 0) -> str:
    """Return a sea from this height to the foot of the picture."""
    crest = f" q{step / 4},-7 {step / 2},0 t{step / 2},0" * 15
    return path(f"M{shift - 60},{y}{crest} V430 H-60Z", colour)


def _attic() -> str:
    room = path("M300,176 L462,92 L624,176Z", "#fdefc8") + rect(402, 160, 130, 16, VIOLET, 6)
    room += rect(406, 148, 34, 16, LILAC, 7) + rect(514.5, 126, 3, 26, BARK)
    room += path("M502,128 L508,110 H524 L530,128Z", CORAL) + rect(506, 151, 20, 4, BARK, 2)
    room += rect(504, 152, 24, 8, BARK, 2) + circle(516, 124, 30, BEAM, 0.3)
    book = path("M24,-58 l12,4 12,-4 v18 l-12,4 -12,-4z", CORAL)
    reading = Pose("floor", back=((6, -30), (28, -40)), front=((20, -34), (32, -44)), lean=-6)
    child = Look(SKINS[1], "bob", CHESTNUT, top=MINT, legs=DUSK, shoes=DAWN)
    return room + person(child, reading, at=(440, 158), scale=0.36, held=book)


def _rooms() -> str:
    kitchen = rect(226, 188, 292, 204, "#f2dcb6") + rect(226, 360, 292, 32, "#c99b6f")
    return kitchen + rect(530, 188, 168, 204, "#cfe3ec") + rect(530, 360, 168, 32, "#9fb4c4")


def _kitchen() -> str:
    night = rect(0, 0, 64, 50, "#3c3f77") + stars(((12, 12), (44, 20))) + circle(48, 14, 5, DAWN)
    room = window(250, 206, 64, 50, night) + rect(370, 188, 3, 22, BARK)
    room += path("M350,226 Q371,196 392,226Z", RED)
    room += path("M350,226 H392 L456,392 H286Z", BEAM, 0.28) + rect(450, 216, 52, 5, WOOD, 2)
    room += plant(476, 206, 0.5) + mug(454, 216, SEA)
    mother = Look(SKINS[2], "long", BLACK, top=CORAL, legs=NIGHT, has_hood=True)
    child = Look(SKINS[2], "crop", BLACK, top=BEAM, legs=SEA, shoes=RED)
    aunt = Look(SKINS[3], "scarf", LEAF, top=WATER, legs=INK, shoes=BARK)
    talks = Pose("sit", back=((10, -30), (40, -32)), front=((24, -32), (44, -34)), tilt=-2)
    eats = Pose("sit", back=((-16, -26), (-26, -32)), front=((20, -26), (32, -32)), tilt=6)
    hears = Pose("sit", back=((8, -30), (36, -32)), front=((26, -36), (46, -36)), tilt=2)
    room += _seat(278, 274) + person(mother, talks, at=(294, 350), scale=0.66)
    room += person(child, eats, at=(372, 352), scale=0.6)
    room += _seat(460, 436) + person(aunt, hears, at=(450, 350), scale=0.68, faces_left=True)
    room += table(310, 332, 124) + mug(338, 332, RED) + mug(396, 332, LEAF)
    bowl = path("M358,332 h28 q-3,-12 -14,-12 t-14,12z", DAWN) + circle(366, 322, 5, CORAL)
    return room + bowl + circle(374, 319, 5.5, BEAM) + circle(380, 323, 5, LEAF)


def _seat(foot: float, top: float) -> str:
    return rect(top, 352, 34, 5, BARK, 2) + rect(foot, 356, 4, 34, BARK)


def _hall() -> str:
    door = rect(626, 244, 60, 148, SAND, 3) + circle(634, 322, 3, BARK)
    door += rect(632, 252, 48, 50, DAWN, 2) + sheet(546, 204, 34, 40)
    stand = rect(540, 330, 64, 5, WOOD, 2) + rect(546, 335, 5, 57, BARK)
    stand += rect(593, 335, 5, 57, BARK) + path("M552,312 h40 l-5,18 h-30z", BARK)
    phones = "".join(rect(x, y, 8, 16, INK, 2) for x, y in ((558, 300), (569, 297), (580, 300)))
    old = Look(SKINS[2], "short", SILVER, top=VIOLET, legs=DUSK, shoes=BARK, has_beard=True)
    puts = Pose("walk", front=((26, -36), (46, -46)))
    phone = rect(42, -58, 7, 15, INK, 2)
    man = person(old, puts, at=(640, 388), scale=0.8, faces_left=True, held=phone)
    return door + stand + phones + path(_SLEEP, SEA) + man


def icon(drawn: str, colour: str) -> str:
    """Return a drawing of the house's set as a picture that stands alone."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" '
        f'fill="none" stroke="{colour}" stroke-width="1.75" stroke-linecap="round" '
        f'stroke-linejoin="round">{drawn}</svg>'
    )
