"""The pictures of « Le coffre bleu »: in a game someone unknown asks for a secret. Pure."""

from collections.abc import Callable, Mapping
from typing import Final

from balise.awareness.drawing.rules.outside import park, quay, window_at_night
from balise.awareness.drawing.rules.people import (
    BLACK,
    BROWN,
    CHESTNUT,
    SILVER,
    SKINS,
    Look,
    person,
)
from balise.awareness.drawing.rules.places import bedroom, jetty, kitchen, living_room
from balise.awareness.drawing.rules.poses import (
    ATTENTION,
    RELIEF,
    WORRY,
    at_table,
    bends,
    knocks,
    on_edge,
    on_floor,
    sits,
    speaks,
    stands,
    walks,
)
from balise.awareness.drawing.rules.school import classroom
from balise.awareness.drawing.rules.screens import (
    beside_game,
    conversation,
    island,
    profile,
    tablet_in_hands,
)
from balise.awareness.drawing.rules.shapes import (
    BARK,
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
    SEA,
    VIOLET,
    WATER,
    rect,
)
from balise.awareness.drawing.rules.things import bench, chair, mug, phone, table

NINO: Final = Look(SKINS[1], "short", CHESTNUT, CORAL, SEA, DAWN)
LILA: Final = Look(SKINS[1], "bun", CHESTNUT, MINT, DUSK, RED)
ADAM: Final = Look(SKINS[4], "crop", BLACK, LILAC, NIGHT, RED)
MOTHER: Final = Look(SKINS[1], "long", CHESTNUT, VIOLET, INK, BARK)
AUNT: Final = Look(SKINS[0], "bob", SILVER, RED, DUSK, BARK)
TEACHER: Final = Look(SKINS[3], "short", BROWN, GREEN, INK, BARK, has_beard=True)

_CHILD: Final = 0.68  # of the size of an adult who stands beside


def _tablet(shown: str) -> str:
    return tablet_in_hands(shown, skin=SKINS[1], sleeve=CORAL)


def _chest() -> str:
    return _tablet(island(WATER))


def _page() -> str:
    return _tablet(beside_game(island(WATER), profile(LEAF)))


def _chat() -> str:
    return _tablet(beside_game(island(WATER), conversation(WATER, SEA, WATER)))


def _heavy() -> str:
    return bedroom() + person(NINO, sits(18, 8), at=(120, 168), scale=0.7)


def _lila() -> str:
    both = person(NINO, on_floor(10), at=(110, 204), scale=0.74)
    return (
        living_room(dusk=True)
        + both
        + person(LILA, on_floor(ATTENTION), at=(226, 204), scale=0.74, faces_left=True)
    )


def _alone() -> str:
    screen = rect(26, -56, 26, 18, INK, 2) + rect(28, -54, 22, 14, MINT, 1)
    return living_room() + person(NINO, on_floor(WORRY), at=(120, 206), scale=0.78, held=screen)


def _off() -> str:
    dark = rect(268, 190, 36, 5, INK, 2)
    return living_room() + dark + person(NINO, stands(8), at=(176, 210), scale=_CHILD)


def _aunt() -> str:
    aunt = person(AUNT, bends(4), at=(88, 212), scale=0.98, faces_left=True)
    return (
        kitchen()
        + aunt
        + person(NINO, stands(RELIEF), at=(188, 210), scale=_CHILD, faces_left=True)
    )


def _saturday() -> str:
    both = person(NINO, sits(16, 6), at=(104, 174), scale=0.7)
    both += person(ADAM, speaks(4), at=(196, 174), scale=0.7, faces_left=True)
    return park() + bench(70, 174, 170) + both


def _school() -> str:
    nino = chair(88, 172, CORAL) + person(NINO, sits(4), at=(100, 172), scale=_CHILD)
    teacher = chair(226, 170, SEA, faces_left=True)
    teacher += person(TEACHER, speaks(10), at=(242, 170), scale=0.88, faces_left=True)
    return classroom() + nino + teacher


def _seen() -> str:
    nino = person(NINO, knocks(-4), at=(186, 208), scale=_CHILD, faces_left=True)
    return (
        classroom() + nino + person(TEACHER, stands(10), at=(276, 210), scale=0.94, faces_left=True)
    )


def _both() -> str:
    two = person(LILA, stands(-4), at=(84, 208), scale=_CHILD)
    two += person(NINO, stands(-4), at=(142, 208), scale=_CHILD)
    teacher = chair(246, 170, SEA, faces_left=True)
    return (
        classroom()
        + two
        + teacher
        + person(TEACHER, speaks(10), at=(262, 170), scale=0.88, faces_left=True)
    )


def _with_mother(nino: float, mother: float, on_it: str) -> str:
    seats = chair(138, 168, BARK) + chair(268, 168, BARK, faces_left=True)
    both = person(NINO, at_table(nino), at=(150, 160), scale=_CHILD)
    both += person(MOTHER, at_table(mother, 4), at=(292, 166), scale=0.9, faces_left=True)
    return kitchen() + seats + both + table(166, 148, 104) + on_it


def _mum() -> str:
    return _with_mother(4, 10, mug(216, 148))


def _block() -> str:
    return _with_mother(
        ATTENTION, 8, rect(196, 142, 44, 6, INK, 2) + rect(198, 141, 40, 2, MINT, 1)
    )


def _call() -> str:
    return _with_mother(RELIEF, ATTENTION, phone(216, 142, turn=84))


def _light() -> str:
    three = person(LILA, on_edge(-4), at=(56, 184), scale=_CHILD)
    three += person(NINO, on_edge(), at=(124, 184), scale=_CHILD)
    return jetty() + three + person(ADAM, on_edge(-4), at=(192, 184), scale=_CHILD)


def _home() -> str:
    seats = chair(92, 168, BARK) + chair(246, 168, BARK, faces_left=True)
    both = person(NINO, at_table(-4), at=(104, 160), scale=_CHILD)
    both += person(MOTHER, at_table(4), at=(270, 166), scale=0.86, faces_left=True)
    cards = rect(160, 144, 12, 4, DAWN, 1) + rect(180, 144, 12, 4, CORAL, 1)
    return (
        window_at_night()
        + seats
        + both
        + table(122, 148, 122)
        + cards
        + rect(200, 144, 12, 4, MINT)
    )


def _together() -> str:
    three = person(TEACHER, stands(4), at=(56, 186), scale=0.82)
    three += person(LILA, stands(RELIEF), at=(126, 186), scale=0.6)
    return jetty() + three + person(NINO, stands(RELIEF), at=(176, 186), scale=0.6)


def _voice() -> str:
    two = person(NINO, walks(RELIEF), at=(196, 206), scale=_CHILD, faces_left=True)
    return quay() + two + person(MOTHER, walks(4), at=(262, 206), scale=0.9, faces_left=True)


def _in_time() -> str:
    three = person(NINO, knocks(-4), at=(192, 206), scale=_CHILD, faces_left=True)
    three += person(ADAM, stands(-4), at=(240, 206), scale=_CHILD, faces_left=True)
    return quay() + three + person(MOTHER, stands(4), at=(304, 206), scale=0.9, faces_left=True)


PICTURES: Final[Mapping[str, Callable[[], str]]] = {
    "game-chest": _chest,
    "game-page": _page,
    "game-chat": _chat,
    "game-heavy": _heavy,
    "game-lila": _lila,
    "game-alone": _alone,
    "game-off": _off,
    "game-aunt": _aunt,
    "game-saturday": _saturday,
    "game-school": _school,
    "game-seen": _seen,
    "game-both": _both,
    "game-mum": _mum,
    "game-block": _block,
    "game-call": _call,
    "game-light": _light,
    "game-home": _home,
    "game-together": _together,
    "game-voice": _voice,
    "game-in-time": _in_time,
}
