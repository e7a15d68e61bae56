"""The comics of the pack: what is seen in each panel; the page has the same in words beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from balise.awareness.drawing.rules.outside import street, window_at_night
from balise.awareness.drawing.rules.people import (
    BLACK,
    BROWN,
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
    on_edge,
    reads,
    shows,
    sits,
    speaks,
    stands,
)
from balise.awareness.drawing.rules.school import classroom, corridor
from balise.awareness.drawing.rules.screens import (
    beside_game,
    conversation,
    head_line,
    in_hands,
    island,
    tablet_in_hands,
)
from balise.awareness.drawing.rules.shapes import (
    BARK,
    BEAM,
    CORAL,
    DUSK,
    GREEN,
    HEIGHT,
    INK,
    LEAF,
    LILAC,
    MINT,
    MIST,
    NIGHT,
    PAPER,
    RED,
    SEA,
    VIOLET,
    WATER,
    WIDTH,
    circle,
    path,
    rect,
)
from balise.awareness.drawing.rules.things import bench, bubble, chair, laptop, mug, phone, table

GAP = 12
CHILD = 0.68  # of the size of an adult who stands beside

LOU = Look(SKINS[2], "long", BLACK, CORAL, NIGHT, has_hood=True)
MALIK = Look(SKINS[3], "crop", BLACK, LEAF, SEA, RED)
BUSY = Look(SKINS[0], "bald", SILVER, LILAC, INK, BARK, has_beard=True)
NURSE = Look(SKINS[4], "short", SILVER, WATER, DUSK, BARK, has_coat=True)
ZOE = Look(SKINS[1], "bob", CHESTNUT, MINT, DUSK, RED)
AUNT = Look(SKINS[1], "bun", CHESTNUT, RED, INK, BARK)
TEACHER = Look(SKINS[3], "short", BROWN, GREEN, INK, BARK, has_beard=True)
RAYAN = Look(SKINS[3], "curls", BLACK, VIOLET, SEA)
FRIEND = Look(SKINS[0], "long", FAIR, CORAL, NIGHT, RED)
NOUR = Look(SKINS[1], "bob", BLACK, VIOLET, SEA, RED)
SISTER = Look(SKINS[1], "long", BLACK, LEAF, DUSK)
ANALYST = Look(SKINS[4], "crop", BLACK, CORAL, INK, BARK)
MOTHER = Look(SKINS[3], "scarf", WATER, SEA, DUSK, BARK)


@dataclass(frozen=True, slots=True)
class Comic:
    """Panels in the order in which they are read, two in a row; a last odd one is in the middle."""

    name: str
    panels: Sequence[str]

    @property
    def size(self) -> tuple[int, int]:
        """Return how wide and how high its plate is."""
        rows = (len(self.panels) + 1) // 2
        return 2 * WIDTH + 3 * GAP, rows * HEIGHT + (rows + 1) * GAP

    def plate(self) -> str:
        """Return all panels as one SVG."""
        width, height = self.size
        drawn = rect(0, 0, width, height, PAPER)
        for at, panel in enumerate(self.panels):
            is_alone = at == len(self.panels) - 1 and at % 2 == 0
            column = 0.5 if is_alone else at % 2
            x, y = GAP + column * (WIDTH + GAP), GAP + at // 2 * (HEIGHT + GAP)
            drawn += (
                f'<svg x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" '
                f'viewBox="0 0 {WIDTH} {HEIGHT}">{panel}</svg>'
            )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            f'width="{width}" height="{height}">{drawn}</svg>'
        )


def in_bed(who: Look, tilt: float, light: float) -> str:
    """Return someone who looks at a telephone in their bedroom."""
    glow = circle(150, 112, 74, BEAM, 0.12 * light)
    held = phone(35, -54, turn=18, light=light)
    return bedroom() + glow + person(who, reads(tilt), at=(120, 166), scale=0.86, held=held)


def at_school() -> str:
    """Return one adult who turns away, and another whose door is open."""
    busy = person(BUSY, bends(18), at=(64, 210), scale=0.96, faces_left=True)
    lou = person(LOU, stands(RELIEF), at=(190, 208), scale=0.86)
    nurse = person(NURSE, shows(4), at=(290, 210), scale=0.92, faces_left=True)
    return corridor(light=1) + busy + lou + nurse


def side_by_side() -> str:
    """Return two who sit on a bench in the yard, and an adult who stays near."""
    two = person(MALIK, sits(2), at=(96, 174), scale=0.82)
    two += person(LOU, speaks(RELIEF), at=(186, 174), scale=0.82, faces_left=True)
    adult = person(NURSE, stands(4), at=(318, 208), scale=0.9, faces_left=True)
    return yard() + bench(60, 174, 176) + two + adult


def sack(x: float, y: float, full: float) -> str:
    """Return a sack of stones; `full` from 0 to 1."""
    high = 14 + 52 * full
    stones = "".join(
        circle(x + dx, y - high + dy, 8, MIST) for dx, dy in ((-12, 0), (2, -5), (15, 1))
    )
    bag = f"M{x - 30},{y} Q{x - 38},{y - high} {x - 20},{y - high} H{x + 22} Q{x + 40},{y - high} "
    return (stones if full else "") + path(f"{bag}{x + 32},{y}Z", BARK)


def heavy() -> str:
    """Return a child on her bed beside a sack of stones."""
    return bedroom() + person(ZOE, sits(18, 8), at=(96, 168), scale=0.72) + sack(214, 214, 1)


def busy_aunt() -> str:
    """Return an aunt who cooks, her back turned."""
    aunt = person(AUNT, bends(4), at=(88, 212), scale=0.98, faces_left=True)
    zoe = person(ZOE, stands(RELIEF), at=(196, 210), scale=CHILD, faces_left=True)
    return kitchen() + aunt + zoe + sack(268, 214, 1)


def heard() -> str:
    """Return a teacher who sits and listens; the sack is lighter."""
    zoe = chair(88, 172, CORAL) + person(ZOE, speaks(0), at=(100, 172), scale=CHILD)
    teacher = chair(226, 170, SEA, faces_left=True)
    teacher += person(TEACHER, sits(10, 4), at=(242, 170), scale=0.88, faces_left=True)
    return classroom() + zoe + teacher + sack(170, 214, 0.4)


def empty_sack() -> str:
    """Return a child and her aunt before the lighthouse; the sack is empty."""
    two = person(ZOE, stands(RELIEF), at=(96, 186), scale=0.62)
    return (
        jetty()
        + two
        + person(AUNT, stands(8), at=(164, 186), scale=0.84, faces_left=True)
        + (sack(228, 185, 0))
    )


def coins(x: float, y: float) -> str:
    """Return money."""
    return "".join(
        circle(x + dx, y + dy, 10, BARK) + circle(x + dx, y + dy - 2, 10, MINT)
        for dx, dy in ((-16, 4), (0, -4), (16, 4))
    )


def offer() -> str:
    """Return an offer on a telephone: money, and lines that nobody reads."""
    shown = head_line(GREEN, CORAL) + rect(10, 52, 90, 84, MIST, 9) + coins(55, 92)
    shown += rect(20, 118, 70, 5, NIGHT, 2) + rect(30, 146, 50, 16, GREEN, 8)
    return in_hands(shown, skin=SKINS[3], sleeve=VIOLET)


def passed_on() -> str:
    """Return messages, and money that comes in and goes out."""
    shown = (
        conversation(WATER, SEA)
        + coins(34, 134)
        + path("M56,130 h22 v-7 l16,12 -16,12 v-7 h-22z", RED)
    )
    return in_hands(shown, skin=SKINS[3], sleeve=VIOLET)


def asked() -> str:
    """Return a friend who asks, in the street."""
    two = person(RAYAN, shows(WORRY), at=(140, 208), scale=0.88, held=phone(36, -52, turn=12))
    two += person(FRIEND, shows(4), at=(226, 208), scale=0.88, faces_left=True)
    return street() + two + bubble(250, 52, 64, 30, SEA)


def at_home() -> str:
    """Return a mother who listens; a telephone lies between."""
    seats = chair(138, 168, BARK) + chair(268, 168, BARK, faces_left=True)
    two = person(RAYAN, at_table(ATTENTION), at=(150, 166), scale=0.84)
    two += person(MOTHER, at_table(8, 4), at=(292, 166), scale=0.9, faces_left=True)
    return kitchen() + seats + two + table(166, 148, 104) + mug(190, 148) + phone(226, 142, turn=84)


def nothing_sent() -> str:
    """Return two friends before the lighthouse."""
    two = person(RAYAN, on_edge(-4), at=(100, 184), scale=0.8)
    return jetty() + two + person(FRIEND, on_edge(), at=(178, 184), scale=0.8)


def at_table_with(who: Look, tilt: float, *, is_open: bool) -> str:
    """Return someone at a table with a computer, open or closed."""
    seat = chair(92, 168, SEA) + person(who, at_table(tilt), at=(104, 166), scale=0.84)
    machine = laptop(196, 148) if is_open else rect(166, 143, 44, 5, INK, 2)
    return study() + seat + table(126, 148, 122) + machine


def form() -> str:
    """Return a form with one field and one button, and no place for a name."""
    shown = head_line(SEA, MINT) + rect(10, 54, 70, 5, NIGHT, 2) + rect(10, 66, 90, 22, PAPER, 5)
    shown += (
        rect(16, 75, 64, 4, MIST, 2) + rect(10, 100, 80, 4, MIST, 2) + rect(10, 110, 60, 4, MIST, 2)
    )
    return in_hands(shown + rect(22, 130, 66, 20, RED, 10), skin=SKINS[1], sleeve=VIOLET)


def to_the_host() -> str:
    """Return someone on the telephone, and the machines on which pages are."""
    rack = "".join(
        rect(x, 52, 54, 140, NIGHT, 4)
        + "".join(rect(x + 7, 62 + at * 20, 40, 10, SEA, 2) for at in range(6))
        + "".join(circle(x + 42, 67 + at * 20, 2, MINT) for at in range(6))
        for x in (210, 276)
    )
    room = rect(0, 0, WIDTH, HEIGHT, "#dfe6ee") + rect(0, 186, WIDTH, 39, "#b9c4d0")
    return room + rack + person(ANALYST, calls(4), at=(116, 210), scale=0.94)


def answered() -> str:
    """Return two sisters at a window; the lighthouse is lit."""
    two = person(NOUR, shows(RELIEF), at=(64, 210), scale=0.82, held=phone(36, -52, turn=12))
    return (
        window_at_night()
        + two
        + person(SISTER, stands(8), at=(146, 210), scale=0.9, faces_left=True)
    )


COMICS = (
    Comic(
        "class-group",
        (
            in_hands(conversation(WATER, SEA, WATER, SEA), skin=SKINS[2], sleeve=CORAL),
            in_bed(LOU, 18, 0.6),
            in_bed(LOU, 4, 1),
            in_bed(MALIK, 6, 1),
            at_school(),
            side_by_side(),
        ),
    ),
    Comic(
        "heavy-secret",
        (
            tablet_in_hands(island(RED), skin=SKINS[1], sleeve=MINT),
            tablet_in_hands(
                beside_game(island(RED), conversation(WATER, SEA)), skin=SKINS[1], sleeve=MINT
            ),
            heavy(),
            busy_aunt(),
            heard(),
            empty_sack(),
        ),
    ),
    Comic("lent-account", (offer(), passed_on(), asked(), at_home(), nothing_sent())),
    Comic(
        "where-a-report-goes",
        (
            at_table_with(NOUR, WORRY, is_open=True),
            at_table_with(NOUR, ATTENTION, is_open=False),
            form(),
            at_table_with(ANALYST, ATTENTION, is_open=True),
            to_the_host(),
            answered(),
        ),
    ),
)
