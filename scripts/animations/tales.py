"""The five films of “Little tides”: what is seen in each shot; `words.toml` has what is said."""

from scripts.animations.film import Film, between, ease, sway
from scripts.animations.people import BLACK, CHESTNUT, FAIR, SILVER, SKINS, Look, Pose, person
from scripts.animations.places import bedroom, jetty, kitchen, stars, study, yard
from scripts.animations.shapes import (
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
    group,
    path,
    rect,
)
from scripts.animations.things import bubble, chair, mug, phone, sheet, table

NOUR = Look(SKINS[2], "long", BLACK, CORAL, NIGHT, has_hood=True)
FATHER = Look(SKINS[2], "short", BLACK, WATER, INK, has_beard=True)
INAYA = Look(SKINS[4], "bun", BLACK, LILAC, SEA, RED)
MILO = Look(SKINS[0], "crop", FAIR, SEA, INK, bag=CORAL)
TOM = Look(SKINS[3], "curls", BLACK, VIOLET, SEA)
ZOE = Look(SKINS[1], "bob", CHESTNUT, MINT, DUSK, RED)
MOTHER = Look(SKINS[0], "bob", FAIR, RED, INK)
NURSE = Look(SKINS[0], "bob", SILVER, LEAF, DUSK, has_coat=True)
TEACHER = Look(SKINS[1], "scarf", GREEN, WATER, INK)

REACHING = Pose(front=((22, -38), (20, -62)))


def seated(*, tilt: float = 0, lean: float = 0) -> Pose:
    """Return how someone sits with their hands on their knees."""
    return Pose("sit", ((4, -28), (28, -12)), ((20, -30), (34, -14)), tilt, lean)


def with_phone(*, tilt: float = 14, stance: str = "stand") -> Pose:
    """Return how someone looks at a telephone that they hold."""
    if stance == "sit":
        return Pose("sit", ((6, -32), (26, -42)), ((22, -28), (34, -44)), tilt, 6)
    return Pose(front=((24, -32), (34, -44)), tilt=tilt)


# --- Good night, phone ---


def still_awake(moment: float) -> str:
    glow = 0.1 + sway(moment, times=2, size=0.02)
    held = phone(35, -54, turn=18)
    pose = with_phone(tilt=16 + sway(moment, times=1, size=1.5), stance="sit")
    return (
        bedroom()
        + circle(150, 112, 74, BEAM, glow)
        + person(NOUR, pose, at=(120, 166), scale=0.86, held=held)
    )


def yawning(moment: float) -> str:
    nods = abs(sway(moment, times=1.5, size=9))
    pose = with_phone(tilt=14 + nods, stance="sit")
    held = phone(35, -54, turn=18)
    return (
        bedroom()
        + circle(150, 112, 74, BEAM, 0.1)
        + person(NOUR, pose, at=(120, 166), scale=0.86, held=held)
    )


def one_place(moment: float) -> str:
    away = ease(moment, 0.2, 0.7)
    light = 1 - ease(moment, 0.6, 0.9)
    father = Pose("sit", ((6, -28), (34, -26)), ((26, -36), (46, -32)), 6, 4)
    daughter = Pose("sit", ((8, -30), (34, -26)), ((24, -30), (40, -26)), between(8, -4, away))
    drawn = kitchen() + person(NOUR, daughter, at=(150, 166), scale=0.84)
    drawn += person(FATHER, father, at=(292, 166), scale=0.9, faces_left=True)
    drawn += chair(136, 168) + chair(266, 168, faces_left=True) + table(166, 148, 104)
    drawn += mug(180, 148)
    for first, last in ((206, 36), (236, 62)):
        place = between(first, last, away), between(140, 92, away) - 46 * away * (1 - away)
        drawn += phone(*place, turn=90 * (1 - away), light=light)
    return drawn


def asleep(moment: float) -> str:
    breath = sway(moment, times=2, size=1.6)
    glow = between(0.5, 1, ease(moment))
    sky = group(stars(((30, 14), (52, 44), (66, 24), (8, 34)), glow), "translate(236 30)")
    head = path("M8,140 C4,112 50,108 54,138 Q40,148 20,150Z", BLACK)
    head += '<ellipse cx="36" cy="138" rx="14" ry="12.5" fill="' + NOUR.skin + '"/>'
    head += path("M14,132 C16,112 46,112 50,130 C40,124 30,124 22,134 L12,146Z", BLACK)
    blanket = path(
        f"M44,152 C60,{136 - breath:.1f} 120,{132 - breath:.1f} 158,{144 - breath:.1f} "
        "Q196,152 206,172 L206,186 L40,186 Q34,166 44,152Z",
        VIOLET,
    )
    return bedroom(glow=glow) + sky + head + blanket + rect(0, 168, 214, 30, VIOLET, 6)


# --- A word in private ---


def mocked(moment: float) -> str:
    laugh = sway(moment, times=3, size=4)
    held = phone(36, -52, turn=12, scale=0.9)
    drawn = yard() + person(MILO, with_phone(tilt=10), at=(92, 206), scale=0.84, held=held)
    drawn += person(TOM, Pose(tilt=10 + laugh, lean=4), at=(40, 202), scale=0.82)
    drawn += person(
        ZOE, Pose(front=REACHING.front, tilt=8 + laugh), at=(146, 206), scale=0.84, faces_left=True
    )
    walk = Pose("walk", ((-18, -34), (-4, -22)), ((18, -34), (6, -22)), 18, 4)
    away = between(246, 300, moment)
    return drawn + person(
        INAYA, walk, at=(away, 204 + abs(sway(moment, times=4, size=1.5))), scale=0.86
    )


def kept_back(moment: float) -> str:
    lowered = ease(moment, 0.3, 0.7)
    hand = between(34, 20, lowered), between(-44, -8, lowered)
    pose = Pose(front=((24, -32), hand), tilt=between(12, -3, lowered))
    held = phone(hand[0] + 2, hand[1] - 8, turn=12, light=1 - lowered, scale=0.9)
    drawn = yard() + person(TOM, Pose(tilt=6), at=(60, 202), scale=0.82)
    drawn += person(ZOE, Pose(tilt=4), at=(116, 206), scale=0.84)
    return drawn + person(MILO, pose, at=(212, 208), scale=0.92, held=held)


def beside(moment: float) -> str:
    near = ease(moment, 0, 0.5)
    drawn = jetty(shift=sway(moment, times=1, size=10), light=0.3)
    worried = seated(tilt=between(16, 4, ease(moment, 0.5, 1)), lean=5)
    drawn += person(INAYA, worried, at=(196, 184), scale=0.8)
    if near < 1:
        walk = Pose("walk", tilt=4)
        return drawn + person(MILO, walk, at=(between(10, 100, near), 184), scale=0.8)
    drawn += person(MILO, seated(tilt=6), at=(112, 184), scale=0.8)
    return drawn + group(bubble(126, 62, 58, 28, SEA), opacity=ease(moment, 0.55, 0.7))


def lit_together(moment: float) -> str:
    drawn = jetty(shift=sway(moment, times=1, size=10), light=between(0.3, 1, ease(moment)))
    drawn += person(INAYA, seated(tilt=-6), at=(196, 184), scale=0.8)
    return drawn + person(MILO, seated(tilt=-4), at=(112, 184), scale=0.8)


# --- I ask first ---


def taken(moment: float) -> str:
    flash = max(0, 1 - abs(moment - 0.6) * 12)
    raised = Pose(front=((26, -48), (38, -70)), tilt=-2)
    held = phone(42, -80, turn=0, scale=0.9)
    drawn = yard() + person(TOM, raised, at=(92, 206), scale=0.86, held=held)
    drawn += person(NOUR, Pose(tilt=6), at=(236, 206), scale=0.86, faces_left=True)
    return drawn + circle(128, 128, 20 + 60 * flash, "#ffffff", 0.7 * flash)


def refused(moment: float) -> str:
    up = ease(moment, 0.1, 0.4)
    waves = sway(moment, times=3, size=4) * up
    hand = between(17, 46, up) + waves, between(-4, -68, up)
    pose = Pose(front=((24, -40), hand), tilt=between(6, 12, up))
    drawn = yard() + person(
        TOM, with_phone(tilt=6), at=(92, 206), scale=0.86, held=phone(36, -52, turn=12, scale=0.9)
    )
    drawn += person(NOUR, pose, at=(236, 206), scale=0.86, faces_left=True)
    return drawn + group(bubble(150, 30, 46, 28, CORAL, is_right=True), opacity=up)


def erased(moment: float) -> str:
    gone = ease(moment, 0.4, 0.8)
    drawn = rect(0, 0, 360, 225, DUSK) + circle(180, 112, 120, BEAM, 0.1)
    drawn += rect(124, -14, 112, 260, NIGHT, 20) + rect(131, -8, 98, 250, "#fff5e6", 14)
    small = between(1, 0.05, gone)
    photo = rect(-40, -34, 80, 68, WATER, 8) + person(NOUR, Pose(), at=(0, 106), scale=0.62)
    clip = f'<svg x="140" y="46" width="80" height="68" viewBox="-40 -34 80 68">{photo}</svg>'
    shrinks = f"translate({180 * (1 - small):.1f} {80 * (1 - small):.1f}) scale({small:.3f})"
    drawn += group(clip, shrinks, opacity=1 - gone)
    press = between(60, 0, ease(moment, 0.1, 0.4))
    thumb = path("M210,225 C206,180 190,166 182,160 Q170,158 172,172 L186,225Z", TOM.skin)
    return drawn + circle(180, 160, 15, CORAL) + group(thumb, f"translate(6 {press + 6:.1f})")


def asked_first(moment: float) -> str:
    drawn = yard() + person(
        TOM, Pose(front=((22, -38), (30, -40)), tilt=-2), at=(122, 206), scale=0.86
    )
    drawn += person(NOUR, Pose(tilt=-5), at=(222, 206), scale=0.86, faces_left=True)
    drawn += group(bubble(146, 32, 52, 28, SEA), opacity=ease(moment, 0.1, 0.25))
    return drawn + group(
        bubble(162, 78, 38, 26, CORAL, is_right=True), opacity=ease(moment, 0.45, 0.6)
    )


# --- The rumour that runs ---


def begins(moment: float) -> str:
    drawn = yard() + person(
        ZOE, Pose(front=((20, -40), (22, -64)), lean=4), at=(96, 206), scale=0.86
    )
    drawn += person(TOM, Pose(tilt=6), at=(164, 206), scale=0.86, faces_left=True)
    return drawn + group(bubble(108, 4, 54, 28, RED), opacity=ease(moment, 0.1, 0.3))


def runs(moment: float) -> str:
    drawn = yard()
    crowd = (
        (ZOE, 50, False),
        (TOM, 108, True),
        (MILO, 176, False),
        (NOUR, 240, True),
        (INAYA, 312, True),
    )
    for number, (look, x, faces_left) in enumerate(crowd):
        drawn += person(look, Pose(tilt=6), at=(x, 208), scale=0.8, faces_left=faces_left)
        if number < len(crowd) - 1:
            grown = ease(moment, number * 0.2, number * 0.2 + 0.2)
            size = 1 + number * 0.14
            said = bubble(-23, -30, 46, 28, RED)
            drawn += group(
                said,
                f"translate({x + 24} {46 - number * 3}) scale({size * max(grown, 0.01):.3f})",
                grown,
            )
    return drawn


def looked_up(moment: float) -> str:
    come = ease(moment, 0, 0.5)
    walk = Pose("walk", tilt=-2) if come < 1 else Pose(front=((22, -40), (34, -56)), tilt=-4)
    drawn = study() + person(
        TEACHER,
        Pose(front=((24, -44), (38, -60)), tilt=2),
        at=(206, 210),
        scale=0.92,
        faces_left=True,
    )
    return drawn + person(INAYA, walk, at=(between(20, 92, come), 210), scale=0.84)


def nothing_there(moment: float) -> str:
    near = ease(moment)
    drawn = rect(0, 0, 360, 225, "#dcebe8")
    drawn += group(
        sheet(-24, -31, 48, 62), f"translate(180 112) scale({between(2.2, 2.7, near):.3f})"
    )
    lens = (
        circle(0, 0, 36, INK, 0.9)
        + circle(0, 0, 30, "#f4f7f7", 0.75)
        + group(rect(32, -6, 46, 12, INK, 6), "rotate(45)")
    )
    x, y = between(110, 206, near), 120 + sway(moment, times=1, size=16)
    return drawn + group(lens, f"translate({x:.1f} {y:.1f})")


def checked(moment: float) -> str:
    fades = 1 - ease(moment, 0.2, 0.6)
    drawn = yard()
    for look, x, faces_left in ((ZOE, 66, False), (TOM, 132, False), (INAYA, 226, True)):
        drawn += person(
            look,
            Pose(tilt=between(6, -3, 1 - fades)),
            at=(x, 208),
            scale=0.86,
            faces_left=faces_left,
        )
    drawn += group(bubble(84, 3, 54, 28, RED), opacity=fades)
    return drawn + group(
        bubble(164, 8, 46, 28, LEAF, is_right=True), opacity=ease(moment, 0.05, 0.2)
    )


# --- Someone listens ---


def heavy(moment: float) -> str:
    weight = ease(moment)
    pose = with_phone(tilt=between(10, 20, weight), stance="sit")
    drawn = bedroom(glow=0.4) + circle(150, 112, 74, BEAM, 0.1)
    drawn += person(MILO, pose, at=(120, 166), scale=0.84, held=phone(35, -54, turn=18))
    return drawn + circle(126, 46, between(10, 24, weight), NIGHT, 0.75)


def busy(moment: float) -> str:
    near = ease(moment, 0, 0.4)
    drawn = kitchen() + person(
        MOTHER, with_phone(tilt=14), at=(250, 212), scale=0.94, held=phone(36, -52, turn=12)
    )
    walk = Pose("walk", tilt=8) if near < 1 else Pose(tilt=between(8, 18, ease(moment, 0.5, 0.8)))
    drawn += person(MILO, walk, at=(between(60, 150, near), 212), scale=0.8)
    return drawn + circle(between(64, 154, near), 34, 18, NIGHT, 0.7)


def heard(moment: float) -> str:
    lighter = ease(moment, 0.3, 1)
    drawn = (
        study()
        + chair(92, 170, WATER)
        + person(MILO, seated(tilt=between(14, 2, lighter)), at=(106, 168), scale=0.82)
    )
    listens = Pose("sit", ((8, -28), (30, -10)), ((24, -40), (46, -30)), 8, 6)
    drawn += chair(240, 170, faces_left=True) + person(
        NURSE, listens, at=(262, 168), scale=0.9, faces_left=True
    )
    drawn += rect(170, 186, 44, 6, "#b9825a", 3) + rect(188, 192, 7, 24, "#7d553a") + mug(178, 186)
    words = group(bubble(128, 74, 56, 28, SEA), opacity=ease(moment, 0.2, 0.35))
    return (
        drawn + words + circle(112, 56, between(22, 6, lighter), NIGHT, 0.6 * (1 - lighter * 0.7))
    )


def light_again(moment: float) -> str:
    drawn = jetty(shift=sway(moment, times=1, size=10), light=between(0.2, 1, ease(moment, 0, 0.6)))
    drawn += person(MILO, seated(tilt=-6), at=(112, 184), scale=0.8)
    return drawn + person(NURSE, seated(tilt=-2), at=(196, 184), scale=0.86)


FILMS = (
    Film("good-night", ((5, still_awake), (4.5, yawning), (5.5, one_place), (5, asleep)), poster=3),
    Film(
        "in-private",
        ((5, mocked), (5, kept_back), (6, beside), (6, lit_together)),
        poster=15.5,
    ),
    Film("ask-first", ((4.5, taken), (4.5, refused), (5, erased), (5, asked_first)), poster=7.5),
    Film(
        "rumour",
        ((4, begins), (5, runs), (4.5, looked_up), (4.5, nothing_there), (4, checked)),
        poster=8.4,
    ),
    Film("someone-listens", ((5, heavy), (5, busy), (6, heard), (6, light_again)), poster=13),
)
