"""The pictures of « Ce n'est pas moi »: a false account speaks in someone's name. Pure."""

from collections.abc import Callable, Mapping
from typing import Final

from balise.awareness.drawing.rules.outside import park, quay, window_at_night
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
from balise.awareness.drawing.rules.school import classroom, counter, counter_front
from balise.awareness.drawing.rules.screens import in_hands, profile
from balise.awareness.drawing.rules.shapes import (
    BARK,
    BEAM,
    CORAL,
    DUSK,
    GREEN,
    INK,
    LEAF,
    LILAC,
    NIGHT,
    RED,
    SEA,
    VIOLET,
    WATER,
    circle,
    rect,
)
from balise.awareness.drawing.rules.things import bench, chair, mug, phone, table, wheelchair

SAMI: Final = Look(SKINS[3], "curls", BLACK, LEAF, SEA, CORAL)
INES: Final = Look(SKINS[2], "bob", BLACK, CORAL, DUSK)
LINA: Final = Look(SKINS[0], "long", FAIR, VIOLET, NIGHT, RED)
MAYA: Final = Look(SKINS[4], "bun", BLACK, RED, SEA)
THEO: Final = Look(SKINS[1], "crop", CHESTNUT, WATER, INK)
OTHER: Final = Look(SKINS[1], "short", FAIR, LILAC, DUSK, BARK)
MOTHER: Final = Look(SKINS[3], "scarf", WATER, SEA, DUSK, BARK)
WARDEN: Final = Look(SKINS[2], "bald", BLACK, GREEN, INK, BARK, has_beard=True)
HEAD_OF_YEAR: Final = Look(SKINS[4], "short", SILVER, CORAL, NIGHT, BARK, has_coat=True)


def _page() -> str:
    return in_hands(profile(CORAL), skin=SKINS[3], sleeve=LEAF)


def _alone() -> str:
    who = person(SAMI, reads(16), at=(130, 166), scale=0.82, held=phone(35, -54, turn=18))
    return bedroom(glow=0.5) + circle(158, 112, 60, BEAM, 0.09) + who


def _night() -> str:
    who = person(SAMI, sits(WORRY), at=(120, 166), scale=0.82)
    return bedroom() + who + rect(272, 160, 20, 4, INK, 1.5)


def _mother() -> str:
    seats = chair(138, 168, BARK) + chair(268, 168, BARK, faces_left=True)
    both = person(SAMI, at_table(ATTENTION), at=(150, 166), scale=0.8)
    both += person(MOTHER, at_table(ATTENTION, 4), at=(292, 166), scale=0.9, faces_left=True)
    on_it = table(166, 148, 104) + mug(186, 148) + rect(212, 145, 18, 3, INK, 1)
    return kitchen() + seats + both + on_it


def _yard() -> str:
    three = person(MAYA, leaves(4), at=(60, 206), scale=0.82, faces_left=True)
    three += person(OTHER, stands(4), at=(112, 202), scale=0.82, faces_left=True)
    return (
        yard() + three + bench(232, 178, 96) + person(INES, sits(18, 8), at=(262, 178), scale=0.78)
    )


def _wall() -> str:
    both = person(INES, sits(10, 4), at=(146, 174), scale=0.82)
    return (
        yard()
        + bench(112, 174, 170)
        + both
        + person(SAMI, speaks(4), at=(238, 174), scale=0.82, faces_left=True)
    )


def _accused() -> str:
    ines = person(INES, stands(16, -4), at=(300, 206), scale=0.82)
    lina = wheelchair(204, 164, RED) + person(LINA, speaks(0), at=(204, 164), scale=0.8)
    maya = person(MAYA, shows(0), at=(92, 206), scale=0.86)
    return yard() + ines + maya + lina


def _calm() -> str:
    four = person(MAYA, stands(8), at=(128, 206), scale=0.86)
    four += person(INES, stands(RELIEF), at=(210, 206), scale=0.82, faces_left=True)
    return yard() + four + person(SAMI, stands(RELIEF), at=(262, 206), scale=0.84, faces_left=True)


def _lina() -> str:
    lina = wheelchair(120, 168, RED) + person(LINA, speaks(-2), at=(120, 168), scale=0.84)
    return (
        park() + lina + person(SAMI, stands(ATTENTION), at=(222, 208), scale=0.86, faces_left=True)
    )


def _on_bench(theo: str, sami: str) -> str:
    return park() + bench(76, 172, 168) + theo + sami


def _theo() -> str:
    book = rect(30, -52, 16, 12, RED, 1)
    theo = person(THEO, reads(18), at=(120, 172), scale=0.82, held=book)
    return _on_bench(theo, person(SAMI, walks(4), at=(256, 208), scale=0.84, faces_left=True))


def _theo_tells() -> str:
    theo = person(THEO, speaks(4), at=(112, 172), scale=0.82)
    return _on_bench(
        theo, person(SAMI, sits(ATTENTION), at=(208, 172), scale=0.82, faces_left=True)
    )


def _office() -> str:
    warden = person(WARDEN, bends(), at=(280, 212), scale=0.96, faces_left=True)
    return counter() + warden + counter_front() + person(SAMI, stands(8), at=(112, 206), scale=0.82)


def _friday() -> str:
    sami = person(SAMI, at_table(WORRY), at=(66, 166), scale=0.8)
    seats = chair(54, 168, SEA) + chair(232, 168, CORAL)
    return classroom() + seats + sami + table(86, 150, 84) + table(264, 150, 84)


def _adult(*, far: str = "") -> str:
    seats = chair(98, 168, SEA) + chair(246, 168, CORAL, faces_left=True)
    adult = person(HEAD_OF_YEAR, speaks(8), at=(262, 168), scale=0.9, faces_left=True)
    return study() + far + seats + adult


def _cpe() -> str:
    sami = person(SAMI, sits(4), at=(110, 168), scale=0.8)
    return _adult() + sami + table(170, 186, 44) + mug(178, 186, CORAL)


def _theo_comes() -> str:
    sami = chair(32, 168, SEA) + person(SAMI, sits(4), at=(44, 168), scale=0.78)
    return _adult(far=sami) + person(THEO, speaks(8), at=(110, 168), scale=0.8)


def _class() -> str:
    adult = person(HEAD_OF_YEAR, knocks(-2), at=(274, 208), scale=0.94, faces_left=True)
    seats = chair(28, 168, SEA) + chair(128, 168, SEA)
    two = person(SAMI, at_table(-4), at=(40, 166), scale=0.78)
    two += table(58, 150, 62) + person(LINA, at_table(-4), at=(140, 166), scale=0.78)
    return classroom() + seats + two + table(158, 150, 62) + adult


def _call() -> str:
    seats = chair(138, 168, BARK) + chair(262, 168, BARK, faces_left=True)
    mother = person(MOTHER, stands(8), at=(56, 210), scale=0.92)
    two = person(INES, at_table(8), at=(150, 166), scale=0.8)
    two += person(SAMI, at_table(4), at=(286, 166), scale=0.8, faces_left=True)
    return kitchen() + mother + seats + two + table(166, 148, 104) + phone(218, 142, turn=84)


def _believed() -> str:
    two = person(INES, on_edge(-4), at=(40, 184), scale=0.78)
    two += person(SAMI, on_edge(), at=(112, 184), scale=0.78)
    lina = wheelchair(196, 142, RED) + person(LINA, sits(-4), at=(196, 142), scale=0.76)
    return jetty() + lina + two


def _repaired() -> str:
    three = person(SAMI, stands(2), at=(290, 204), scale=0.8, faces_left=True)
    three += person(INES, stands(RELIEF), at=(240, 204), scale=0.8, faces_left=True)
    return quay() + three + person(THEO, stands(10), at=(152, 204), scale=0.8)


def _together() -> str:
    four = person(MAYA, stands(-2), at=(44, 210), scale=0.84)
    four += wheelchair(126, 164, RED) + person(LINA, sits(-4), at=(126, 164), scale=0.8)
    four += person(INES, stands(RELIEF), at=(262, 210), scale=0.82, faces_left=True)
    return (
        window_at_night()
        + four
        + person(SAMI, stands(-4), at=(314, 210), scale=0.82, faces_left=True)
    )


def _voice() -> str:
    three = person(MOTHER, stands(4), at=(56, 210), scale=0.92)
    three += person(INES, stands(RELIEF), at=(258, 210), scale=0.8, faces_left=True)
    return (
        window_at_night()
        + three
        + person(SAMI, stands(-4), at=(310, 210), scale=0.82, faces_left=True)
    )


def _in_time() -> str:
    two = person(INES, walks(-4), at=(196, 204), scale=0.8, faces_left=True)
    return quay() + two + person(SAMI, walks(-4), at=(258, 204), scale=0.82, faces_left=True)


PICTURES: Final[Mapping[str, Callable[[], str]]] = {
    "account-page": _page,
    "account-alone": _alone,
    "account-night": _night,
    "account-mother": _mother,
    "account-yard": _yard,
    "account-wall": _wall,
    "account-maya": _accused,
    "account-calm": _calm,
    "account-lina": _lina,
    "account-theo": _theo,
    "account-theo-tells": _theo_tells,
    "account-office": _office,
    "account-friday": _friday,
    "account-cpe": _cpe,
    "account-theo-comes": _theo_comes,
    "account-class": _class,
    "account-call": _call,
    "account-believed": _believed,
    "account-repaired": _repaired,
    "account-together": _together,
    "account-voice": _voice,
    "account-in-time": _in_time,
}
