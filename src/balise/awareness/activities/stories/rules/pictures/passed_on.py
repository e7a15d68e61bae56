"""The pictures of « Ça circule »: a private picture is passed on, and it is never seen. Pure."""

from collections.abc import Callable, Mapping
from typing import Final

from balise.awareness.drawing.rules.outside import bus_stop, park, quay, window_at_night
from balise.awareness.drawing.rules.people import (
    BLACK,
    CHESTNUT,
    FAIR,
    SILVER,
    SKINS,
    Look,
    person,
)
from balise.awareness.drawing.rules.places import bedroom, jetty, kitchen, study, yard
from balise.awareness.drawing.rules.poses import (
    ATTENTION,
    RELIEF,
    WORRY,
    at_table,
    bends,
    calls,
    knocks,
    leaves,
    on_edge,
    reads,
    shows,
    sits,
    speaks,
    stands,
    walks,
)
from balise.awareness.drawing.rules.school import (
    classroom,
    corridor,
    counter,
    counter_front,
    library,
    notice_board,
)
from balise.awareness.drawing.rules.screens import covered, in_hands
from balise.awareness.drawing.rules.shapes import (
    BARK,
    BEAM,
    CORAL,
    DUSK,
    GREEN,
    INK,
    LEAF,
    LILAC,
    MINT,
    NIGHT,
    RED,
    SEA,
    VIOLET,
    WATER,
    circle,
    rect,
)
from balise.awareness.drawing.rules.things import chair, mug, phone, table

AWA: Final = Look(SKINS[4], "bun", BLACK, MINT, SEA, RED)
LOU: Final = Look(SKINS[2], "long", BLACK, CORAL, NIGHT, has_hood=True)
NOE: Final = Look(SKINS[0], "crop", FAIR, SEA, INK, bag=CORAL)
SACHA: Final = Look(SKINS[3], "curls", BLACK, VIOLET, SEA)
ILAN: Final = Look(SKINS[1], "cap", CHESTNUT, RED, INK)
MAYA: Final = Look(SKINS[1], "bob", CHESTNUT, LILAC, DUSK, RED)
TOM: Final = Look(SKINS[2], "short", BLACK, GREEN, DUSK)
FATHER: Final = Look(SKINS[4], "short", BLACK, WATER, INK, BARK, has_beard=True)
NURSE: Final = Look(SKINS[0], "bob", SILVER, LEAF, DUSK, BARK)
CLERK: Final = Look(SKINS[1], "bald", SILVER, "#7b6f9c", INK, BARK, has_beard=True)


def _evening() -> str:
    light = circle(150, 112, 74, BEAM, 0.1)
    who = person(AWA, reads(8), at=(120, 166), scale=0.86, held=phone(35, -54, turn=18))
    return bedroom() + light + who


def _alone() -> str:
    who = person(AWA, reads(18), at=(150, 166), scale=0.86, held=phone(35, -54, turn=18, light=0.5))
    return bedroom(glow=0.5) + circle(178, 112, 50, BEAM, 0.07) + who


def _night() -> str:
    who = person(AWA, sits(4), at=(120, 166), scale=0.86)
    return bedroom() + who + rect(272, 160, 20, 4, INK, 1.5)


def _covered() -> str:
    return in_hands(covered(), skin=SKINS[4], sleeve=MINT)


def _kitchen() -> str:
    seats = chair(138, 168, BARK) + chair(268, 168, BARK, faces_left=True)
    daughter = person(AWA, at_table(ATTENTION), at=(150, 166), scale=0.84)
    father = person(FATHER, at_table(ATTENTION, 4), at=(292, 166), scale=0.9, faces_left=True)
    on_it = (
        table(166, 148, 104) + mug(196, 148) + mug(236, 148, SEA) + rect(212, 145, 18, 3, INK, 1)
    )
    return kitchen() + seats + daughter + father + on_it


def _yard() -> str:
    three = person(TOM, stands(12, 4), at=(40, 202), scale=0.82)
    three += person(
        ILAN, shows(10), at=(92, 206), scale=0.84, held=phone(36, -52, turn=12, scale=0.9)
    )
    three += person(MAYA, shows(8), at=(152, 206), scale=0.84, faces_left=True)
    return yard() + three + person(LOU, leaves(18), at=(286, 204), scale=0.86)


def _group(held: str, ilan: float, noe: float) -> str:
    boy = person(ILAN, shows(ilan), at=(112, 206), scale=0.9, held=held)
    other = person(NOE, stands(noe, -4), at=(206, 206), scale=0.9, faces_left=True)
    return yard() + boy + other


def _mocking() -> str:
    return _group(phone(36, -52, turn=12), 0, -4)


def _answered() -> str:
    boy = person(ILAN, stands(WORRY), at=(90, 206), scale=0.9)
    two = person(NOE, stands(RELIEF), at=(210, 206), scale=0.9, faces_left=True)
    two += person(AWA, stands(RELIEF), at=(262, 206), scale=0.88, faces_left=True)
    return yard() + boy + two


def _tree() -> str:
    two = person(NOE, shows(4), at=(132, 208), scale=0.9)
    return park() + two + person(AWA, stands(ATTENTION), at=(206, 208), scale=0.88, faces_left=True)


def _board() -> str:
    return corridor() + notice_board(112, 46) + person(AWA, knocks(-2), at=(96, 206), scale=0.9)


def _library(sacha: float, awa: float, x: float) -> str:
    read = person(SACHA, at_table(sacha), at=(216, 166), scale=0.84)
    seat = chair(204, 168, SEA) + table(236, 148, 92) + rect(262, 143, 30, 5, RED, 1)
    return library() + seat + read + person(AWA, stands(awa), at=(x, 206), scale=0.88)


def _at_the_back() -> str:
    return _library(18, ATTENTION, 108)


def _told() -> str:
    seats = chair(98, 168, SEA) + chair(236, 168, SEA, faces_left=True)
    both = person(AWA, at_table(ATTENTION), at=(110, 166), scale=0.84)
    both += person(SACHA, at_table(RELIEF), at=(260, 166), scale=0.84, faces_left=True)
    return library() + seats + both + table(130, 148, 108) + rect(176, 143, 30, 5, RED, 1)


def _shelter() -> str:
    lou = person(LOU, sits(WORRY, 6), at=(150, 158), scale=0.8)
    return bus_stop() + lou + person(AWA, walks(4), at=(318, 206), scale=0.82, faces_left=True)


def _bus() -> str:
    lou = person(LOU, sits(10, 6), at=(150, 158), scale=0.8)
    bag = rect(246, 170, 24, 28, VIOLET, 8)
    return (
        bus_stop() + lou + person(AWA, speaks(6), at=(222, 158), scale=0.8, faces_left=True) + bag
    )


def _empty() -> str:
    awa = person(AWA, at_table(WORRY), at=(66, 166), scale=0.84)
    return (
        classroom()
        + chair(54, 168, SEA)
        + awa
        + table(86, 150, 84)
        + chair(232, 168, CORAL)
        + (table(264, 150, 84))
    )


def _desk() -> str:
    clerk = person(CLERK, bends(), at=(280, 212), scale=0.96, faces_left=True)
    return counter() + clerk + counter_front() + person(AWA, stands(8), at=(112, 206), scale=0.88)


def _corridor() -> str:
    return corridor() + person(AWA, calls(RELIEF), at=(150, 206), scale=0.9)


def _nurse() -> str:
    seats = chair(98, 168, SEA) + chair(246, 168, CORAL, faces_left=True)
    both = person(AWA, sits(4), at=(110, 168), scale=0.84)
    both += person(NURSE, speaks(8), at=(262, 168), scale=0.9, faces_left=True)
    return study() + seats + both + table(170, 186, 44) + mug(178, 186, CORAL)


def _door() -> str:
    two = person(AWA, stands(-2), at=(160, 206), scale=0.86)
    return corridor(light=1) + two + person(LOU, stands(8), at=(214, 206), scale=0.86)


def _repair() -> str:
    seats = chair(52, 168, SEA) + chair(132, 168, SEA) + chair(262, 168, CORAL, faces_left=True)
    three = person(AWA, sits(4), at=(64, 168), scale=0.82)
    three += person(SACHA, speaks(2), at=(146, 168), scale=0.84)
    return (
        study()
        + seats
        + three
        + person(NURSE, sits(8, 4), at=(280, 168), scale=0.9, faces_left=True)
    )


def _call() -> str:
    seats = chair(138, 168, BARK) + chair(262, 168, BARK, faces_left=True)
    two = person(LOU, at_table(8), at=(150, 166), scale=0.84)
    two += person(AWA, at_table(4), at=(286, 166), scale=0.84, faces_left=True)
    return kitchen() + seats + two + table(166, 148, 104) + phone(218, 142, turn=84) + mug(186, 148)


def _shore() -> str:
    two = person(LOU, on_edge(-4), at=(118, 184), scale=0.8)
    return jetty() + two + person(AWA, on_edge(), at=(196, 184), scale=0.8)


def _repaired() -> str:
    three = person(AWA, stands(RELIEF), at=(64, 186), scale=0.72)
    three += person(LOU, stands(-4), at=(112, 186), scale=0.72)
    return jetty() + three + person(SACHA, stands(4), at=(196, 186), scale=0.72, faces_left=True)


def _voice() -> str:
    three = person(FATHER, stands(4), at=(56, 210), scale=0.94)
    three += person(LOU, stands(RELIEF), at=(254, 210), scale=0.86, faces_left=True)
    three += person(AWA, stands(RELIEF), at=(304, 210), scale=0.86, faces_left=True)
    return window_at_night() + three


def _dawn() -> str:
    two = person(LOU, walks(-2), at=(196, 204), scale=0.84, faces_left=True)
    return quay() + two + person(AWA, walks(-4), at=(256, 204), scale=0.84, faces_left=True)


def _quay() -> str:
    waiting = person(AWA, knocks(-6), at=(158, 204), scale=0.84)
    return quay() + waiting + person(LOU, walks(-2), at=(286, 204), scale=0.84, faces_left=True)


PICTURES: Final[Mapping[str, Callable[[], str]]] = {
    "passed-evening": _evening,
    "passed-alone": _alone,
    "passed-night": _night,
    "passed-covered": _covered,
    "passed-kitchen": _kitchen,
    "passed-yard": _yard,
    "passed-group": _mocking,
    "passed-law": _answered,
    "passed-tree": _tree,
    "passed-board": _board,
    "passed-library": _at_the_back,
    "passed-told": _told,
    "passed-shelter": _shelter,
    "passed-bus": _bus,
    "passed-empty": _empty,
    "passed-desk": _desk,
    "passed-corridor": _corridor,
    "passed-nurse": _nurse,
    "passed-door": _door,
    "passed-repair": _repair,
    "passed-call": _call,
    "passed-shore": _shore,
    "passed-repaired": _repaired,
    "passed-voice": _voice,
    "passed-dawn": _dawn,
    "passed-quay": _quay,
}
