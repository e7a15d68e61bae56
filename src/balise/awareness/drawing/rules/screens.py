"""Screens seen from near: what is on them is never read, and a picture on them is covered."""

from balise.awareness.drawing.rules.shapes import (
    BARK,
    BEAM,
    CORAL,
    DAWN,
    DUSK,
    HAZE,
    HEIGHT,
    LEAF,
    MINT,
    MIST,
    NIGHT,
    PAPER,
    SAND,
    SEA,
    WATER,
    WIDTH,
    circle,
    dark,
    group,
    path,
    rect,
    stroke,
)
from balise.awareness.drawing.rules.things import bubble


def in_hands(shown: str, *, skin: str, sleeve: str) -> str:
    """Return a telephone in two hands; `shown` is drawn on its screen, 110 by 177."""
    light = circle(180, 120, 130, BEAM, 0.1) + circle(180, 120, 92, BEAM, 0.12)
    frame = rect(118, -14, 124, 270, NIGHT, 20) + rect(125, -8, 110, 258, DAWN, 14)
    left = path("M60,225 C70,170 104,150 120,150 Q132,152 124,170 L122,225Z", skin)
    right = path("M300,225 C292,176 262,156 242,154 Q230,156 238,174 L242,225Z", skin)
    sleeves = path("M46,225 q8,-26 30,-34 l34,34z", sleeve)
    sleeves += path("M314,225 q-6,-22 -30,-30 l-32,30z", sleeve)
    back = rect(0, 0, WIDTH, HEIGHT, DUSK)
    return back + light + frame + group(shown, "translate(125 0)") + left + right + sleeves


def tablet_in_hands(shown: str, *, skin: str, sleeve: str) -> str:
    """Return a tablet in two hands; `shown` is drawn on its screen, 236 by 148."""
    back = rect(0, 0, WIDTH, HEIGHT, DUSK) + circle(180, 104, 150, BEAM, 0.1)
    frame = rect(50, 18, 260, 172, NIGHT, 14) + rect(62, 30, 236, 148, DAWN, 4)
    left = path("M-4,225 C8,170 30,134 48,132 Q62,136 56,156 L74,225Z", skin)
    right = path("M364,225 C352,170 330,134 312,132 Q298,136 304,156 L286,225Z", skin)
    sleeves = path("M-10,225 q4,-30 22,-42 l44,42z", sleeve)
    sleeves += path("M370,225 q-4,-30 -22,-42 l-44,42z", sleeve)
    return back + frame + group(shown, "translate(62 30)") + left + right + sleeves


def island(chest: str) -> str:
    """Return a game: an island, palms, and a chest of this colour, open."""
    game = rect(0, 0, 236, 148, "#bfe3ee", 4) + rect(0, 92, 236, 56, WATER, 4)
    game += path("M20,148 Q40,84 118,82 T224,148Z", SAND)
    for x, height in ((56, 60), (186, 52)):
        game += path(
            f"M{x},118 q-4,-{height / 2} 4,-{height} h5 q-6,{height / 2} 0,{height}z", BARK
        )
        top = 118 - height
        game += path(
            f"M{x + 6},{top} q-24,-14 -34,6 q16,-8 34,-2 q18,-8 36,4 q-12,-22 -36,-8z", LEAF
        )
    game += circle(200, 24, 12, DAWN) + circle(42, 26, 9, PAPER) + circle(54, 24, 12, PAPER)
    game += path("M30,34 h36 q4,-8 -6,-8 h-24 q-10,2 -6,8z", PAPER)
    game += circle(123, 88, 28, BEAM, 0.6) + path("M96,92 l6,-26 h42 l6,26z", dark(chest, 0.7))
    game += rect(94, 90, 58, 34, chest, 3) + rect(94, 100, 58, 5, dark(chest, 0.7))
    kept = "".join(rect(14 + at * 43, 131, 36, 14, PAPER, 3) for at in range(5))
    return game + rect(118, 96, 10, 13, SAND, 2) + kept


def beside_game(game: str, shown: str) -> str:
    """Return a game whose right half is under a panel; `shown` is drawn on it, 110 wide."""
    panel = rect(126, 0, 110, 148, DAWN) + rect(126, 0, 110, 34, SEA)
    return game + panel + group(shown, "translate(126 0) scale(1 .86)")


def head_line(colour: str = SEA, mark: str = MINT) -> str:
    """Return the top of a conversation: who it is with, as lines."""
    top = rect(0, -8, 110, 48, colour) + circle(17, 16, 9, mark)
    return top + rect(31, 10, 46, 4.5, PAPER, 2) + rect(31, 18, 28, 4, MIST, 2)


def covered() -> str:
    """Return a conversation in which a picture is covered: it is not seen."""
    picture = rect(8, 82, 84, 66, MIST, 9)
    picture += stroke("".join(f"M{22 + at * 14},145 l22,-60" for at in range(4)), HAZE, 5)
    eye = rect(25, 106, 50, 18, NIGHT, 9) + stroke("M35,115 q9,-9 18,0 q-9,9 -18,0z", PAPER, 1.8)
    eye += stroke("M33,121 l22,-12", PAPER, 1.8) + rect(59, 113, 9, 4, PAPER, 2)
    said = bubble(8, 44, 70, 28, WATER) + bubble(31, 160, 72, 30, SEA, is_right=True)
    return head_line() + said + picture + eye


def profile(mark: str = CORAL) -> str:
    """Return the page of an account: a round portrait without a face, lines, small pictures."""
    top = rect(0, -8, 110, 40, SEA) + circle(28, 58, 20, MIST) + circle(28, 52, 8, mark)
    top += path("M14,70 Q28,58 42,70 A20,20 0 0 1 14,70Z", mark)
    top += rect(56, 48, 44, 5, NIGHT, 2) + rect(56, 60, 30, 4, MIST, 2)
    for x in (6, 40, 74):
        for y in (92, 126):
            top += rect(x, y, 30, 30, HAZE if (x + y) % 4 else MIST, 3)
            top += path(f"M{x + 4},{y + 24} l8,-10 6,7 4,-4 5,7z", WATER, 0.5)
    return top


def conversation(*colours: str) -> str:
    """Return messages one under the other, to the left and to the right by turns."""
    said = "".join(
        bubble(8 if at % 2 == 0 else 28, 46 + at * 38, 74, 28, colour, is_right=at % 2 == 1)
        for at, colour in enumerate(colours)
    )
    return head_line() + said
