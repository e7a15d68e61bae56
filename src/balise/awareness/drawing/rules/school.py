"""Places of a school: where one waits, reads, sits in class."""

from balise.awareness.drawing.rules.shapes import (
    BARK,
    BEAM,
    CORAL,
    DAWN,
    GREEN,
    GREY,
    HEIGHT,
    LEAF,
    MIST,
    PAPER,
    RED,
    SAND,
    SEA,
    VIOLET,
    WATER,
    WIDTH,
    WOOD,
    circle,
    dark,
    path,
    rect,
)
from balise.awareness.drawing.rules.things import plant, sheet, table

_BOOKS = (SEA, CORAL, LEAF, VIOLET, RED, WATER, GREEN)


def corridor(*, light: float = 0) -> str:
    """Return a corridor with lockers and a door; so much light comes out of the door."""
    place = rect(0, 0, WIDTH, HEIGHT, "#cfd9ee") + rect(0, 180, WIDTH, 45, "#aab4cf")
    for at in range(6):
        x = 8 + at * 36
        place += rect(x, 40, 33, 140, WATER if at % 2 else SEA, 3)
        place += rect(x + 6, 50, 20, 3, MIST, 1) + rect(x + 6, 57, 20, 3, MIST, 1)
        place += circle(x + 26, 108, 2.5, MIST)
    door = rect(250, 30, 84, 152, SAND, 3) + rect(258, 38, 68, 60, DAWN, 2)
    door += circle(320, 112, 4, BARK)
    glow = path("M250,30 H334 V182 H250Z", BEAM, 0.45 * light)
    return place + door + glow + path("M250,182 H334 L356,225 H196Z", BEAM, 0.4 * light)


def library() -> str:
    """Return a library by day: shelves, a window, a table."""
    room = rect(0, 0, WIDTH, HEIGHT, "#ece3d2") + rect(0, 184, WIDTH, 41, "#c79a74")
    for row in range(3):
        y = 44 + row * 46
        for at in range(12):
            height = 18 + (at * 7 + row * 5) % 14
            room += rect(20 + at * 11, y - height, 8, height, _BOOKS[(at * 2 + row) % 7], 1)
        room += rect(14, y, 142, 5, BARK, 2)
    room += rect(206, 26, 110, 84, DAWN, 4) + rect(210, 30, 102, 76, "#cfe3ec")
    return room + circle(286, 50, 12, BEAM, 0.9) + rect(260, 30, 3, 76, DAWN) + plant(338, 176, 1)


def classroom() -> str:
    """Return a classroom by day: a board and two tables."""
    room = rect(0, 0, WIDTH, HEIGHT, "#e6ece6") + rect(0, 182, WIDTH, 43, "#bcc6bf")
    room += rect(30, 24, 180, 84, BARK, 3) + rect(35, 29, 170, 74, GREEN, 2)
    for at, width in enumerate((96, 120, 60)):
        room += rect(48, 46 + at * 16, width, 3, "#8fb9a6", 1.5)
    room += rect(250, 26, 90, 76, DAWN, 4) + rect(254, 30, 82, 68, "#cfe3ec")
    return room + rect(293, 30, 3, 68, DAWN) + sheet(220, 40, 20, 26)


def counter() -> str:
    """Return the office where pupils ask: a high counter with papers, and a clock."""
    room = rect(0, 0, WIDTH, HEIGHT, "#e3dfe9") + rect(0, 184, WIDTH, 41, "#b7b2c4")
    room += rect(196, 26, 150, 6, WOOD, 2) + rect(196, 66, 150, 6, WOOD, 2)
    for at in range(9):
        room += rect(202 + at * 15, 36, 11, 30, _BOOKS[at % 7], 1)
        room += rect(204.5 + at * 15, 42, 6, 8, PAPER, 1)
    room += circle(66, 54, 22, PAPER) + circle(66, 54, 18, MIST)
    room += rect(65, 40, 2.4, 15, SEA, 1) + rect(65, 53, 12, 2.4, SEA, 1)
    return room + sheet(112, 36, 40, 50)


def counter_front() -> str:
    """Return what stands before whoever works at the counter."""
    front = rect(176, 122, 184, 10, BARK, 3) + rect(184, 132, 176, 93, WOOD)
    papers = rect(206, 112, 34, 10, PAPER, 1) + rect(210, 106, 30, 6, DAWN, 1)
    panels = "".join(rect(x, 146, 60, 52, dark(WOOD, 0.9), 3) for x in (196, 276))
    return front + papers + panels


def notice_board(x: float, y: float) -> str:
    """Return a board with sheets on it."""
    board = rect(x, y, 108, 76, BARK, 3) + rect(x + 4, y + 4, 100, 68, SAND, 2)
    board += rect(x + 12, y + 12, 40, 52, PAPER, 1)
    for at in range(5):
        board += rect(x + 17, y + 20 + at * 8, 30 - at % 2 * 8, 3, GREY, 1)
    return board + sheet(x + 62, y + 12, 30, 36)


def desks() -> str:
    """Return two tables of a class, the far one and the near one."""
    return table(40, 150, 92) + table(214, 150, 104)
