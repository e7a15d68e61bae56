"""People: who they are (a look), and what they do (a pose).

Nobody has a face: who stands near whom, and how a head is held, tell what is felt.
"""

from dataclasses import dataclass
from typing import Final, Literal

from scripts.animations.shapes import (
    NIGHT,
    PAPER,
    WATER,
    Point,
    circle,
    dark,
    group,
    limb,
    path,
    rect,
)

type Stance = Literal["stand", "walk", "sit"]
type Hair = Literal["short", "crop", "bob", "long", "bun", "scarf", "curls"]

SKINS: Final = ("#f2c9a5", "#dba27a", "#b8784f", "#8a5636", "#5f3a27")
BLACK: Final = "#1d1a22"
CHESTNUT: Final = "#7a4a22"
FAIR: Final = "#cf9643"
SILVER: Final = "#a3acb3"

# Outlines of hair behind the head and before it; the head's centre is at 1, -92.
_BEHIND: Final[dict[Hair, str]] = {
    "bob": "M-17,-70 C-24,-120 20,-124 18,-92 L10,-72 Q-4,-66 -17,-70Z",
    "long": "M-19,-40 C-22,-60 -24,-118 1,-114 C20,-112 18,-92 12,-78 L6,-44 Q-8,-36 -19,-40Z",
    "bun": "M-16,-82 C-20,-118 18,-120 18,-96 L6,-80Z",
    "scarf": "M-22,-50 C-26,-62 -22,-118 1,-116 C22,-116 24,-84 18,-58 Q0,-44 -22,-50Z",
}
_BEFORE: Final[dict[Hair, str]] = {
    "short": "M-15,-86 C-20,-118 16,-120 18,-98 C10,-105 2,-104 -5,-101 Q-9,-97 -10,-86 "
    "Q-14,-82 -15,-86Z",
    "crop": "M-14,-92 C-17,-117 16,-118 17,-99 C8,-104 -4,-104 -9,-97 L-11,-89Z",
    "bob": "M-15,-84 C-20,-118 17,-120 18,-96 C8,-99 0,-104 -4,-106 C-6,-98 -10,-90 -11,-80Z",
    "long": "M-15,-84 C-20,-118 17,-120 18,-96 C8,-99 0,-104 -4,-106 C-6,-98 -10,-90 -12,-76Z",
    "bun": "M-15,-86 C-20,-118 17,-120 18,-97 C8,-102 0,-104 -6,-101 L-11,-84Z",
    "scarf": "M-16,-80 C-20,-120 20,-122 17,-101 C8,-108 -4,-106 -5,-94 C-6,-82 -2,-74 8,-74 "
    "Q4,-62 -18,-60Z",
}
_CURLS_BEHIND: Final = (
    (-13, -92, 10), (-15, -104, 10), (-5, -113, 11), (8, -113, 10), (16, -104, 8), (-13, -82, 8),
)  # fmt: skip
_CURLS_BEFORE: Final = ((-10, -103, 8), (-1, -108, 8), (9, -107, 7))
_BEARD: Final = "M-8,-88 C-8,-72 4,-70 11,-76 Q15,-82 13,-86 C6,-80 -2,-82 -5,-92Z"

# From the hip to the foot: the far leg and the near one; then how high the hip is.
_LEGS: Final[dict[Stance, tuple[tuple[Point, Point, Point], tuple[Point, Point, Point]]]] = {
    "stand": (((-7, -88), (-9, -46), (-9, -5)), ((7, -88), (9, -46), (10, -5))),
    "walk": (((-5, -88), (-10, -46), (-24, -8)), ((5, -88), (14, -48), (16, -5))),
    "sit": (((0, -4), (36, -6), (37, 44)), ((0, 0), (42, 0), (46, 46))),
}
_HIP: Final[dict[Stance, int]] = {"stand": -88, "walk": -88, "sit": 0}


@dataclass(frozen=True, slots=True)
class Look:
    """Who someone is: it never changes in a story."""

    skin: str = SKINS[0]
    hair: Hair = "short"
    hair_colour: str = BLACK
    top: str = WATER
    legs: str = NIGHT
    shoes: str = PAPER
    bag: str = ""
    has_hood: bool = False
    has_beard: bool = False
    has_coat: bool = False


@dataclass(frozen=True, slots=True)
class Pose:
    """What someone does: arms are an elbow and a hand, from the hip; angles are in degrees.

    A head is held down (8 to 18) by a worry, and up (-6) by relief.
    """

    stance: Stance = "stand"
    back: tuple[Point, Point] = ((-20, -34), (-15, -6))
    front: tuple[Point, Point] = ((17, -34), (17, -4))
    tilt: float = 0
    lean: float = 0


def person(
    look: Look, pose: Pose, *, at: Point, scale: float = 1, faces_left: bool = False, held: str = ""
) -> str:
    """Return someone at a place, their feet or their seat there; `held` is in the near hand."""
    far, near = _LEGS[pose.stance]
    upper = _upper(look, pose) + held + _near_arm(look, pose)
    drawn = (
        _leg(far, dark(look.legs, 0.8), look.shoes)
        + (_leg(near, look.legs, look.shoes) if pose.stance != "sit" else "")
        + group(upper, f"translate(0 {_HIP[pose.stance]}) rotate({pose.lean:.2f})")
        + (_leg(near, look.legs, look.shoes) if pose.stance == "sit" else "")
    )
    across = -scale if faces_left else scale
    return group(drawn, f"translate({at[0]:.1f} {at[1]:.1f}) scale({across} {scale})")


def _leg(points: tuple[Point, Point, Point], colour: str, shoe: str) -> str:
    x, y = points[-1]
    foot = f"M{x - 8},{y + 6} v-8 q2,-4 9,-3 q6,2 11,7 q2,3 1,4z"
    return limb(points, 16, colour) + path(foot, shoe)


def _upper(look: Look, pose: Pose) -> str:
    """Return the far arm, what is on the back, the torso and the head."""
    far = pose.back[-1]
    drawn = rect(-33, -64, 26, 50, look.bag, 11) if look.bag else ""
    drawn += limb([(-14, -57), *pose.back], 13, dark(look.top, 0.8))
    drawn += circle(*far, 6.2, dark(look.skin, 0.9))
    if look.has_hood:
        drawn += path("M-21,-56 C-24,-78 22,-78 20,-57 Q0,-48 -21,-56Z", dark(look.top, 0.75))
    drawn += limb([(0, -64), (0, -80)], 12, dark(look.skin, 0.86)) + _torso(look)
    if look.bag:
        drawn += limb([(-13, -65), (-9, -48), (-15, -26)], 5, dark(look.bag, 0.8))
    return drawn + group(_head(look), f"rotate({pose.tilt:.2f} 0 -74)")


def _torso(look: Look) -> str:
    hem = 26 if look.has_coat else 4
    outline = (
        f"M-17,{hem} C-20,-18 -25,-48 -20,-59 Q-14,-68 -6,-68 Q0,-63 6,-68 Q14,-68 20,-59 "
        f"C24,-48 19,-18 17,{hem} Q0,{hem + 4} -17,{hem}Z"
    )
    return path(outline, look.top)


def _head(look: Look) -> str:
    """Return a head with a nose, and neither eyes nor mouth."""
    hair, colour = look.hair, look.hair_colour
    drawn = path(_BEHIND[hair], colour) if hair in _BEHIND else ""
    if hair == "bun":
        drawn += circle(-13, -115, 9, colour)
    if hair == "curls":
        drawn += "".join(circle(*each, colour) for each in _CURLS_BEHIND)
    drawn += f'<ellipse cx="1" cy="-92" rx="14.5" ry="17.5" fill="{look.skin}"/>'
    drawn += path("M14,-96 q6.5,6 -.5,8.5z", look.skin)
    if hair != "scarf":
        drawn += circle(-7, -90, 3.6, dark(look.skin, 0.9))
    if hair == "curls":
        drawn += "".join(circle(*each, colour) for each in _CURLS_BEFORE)
    if look.has_beard:
        drawn += path(_BEARD, colour)
    if hair in _BEFORE:
        drawn += path(_BEFORE[hair], colour)
    return drawn


def _near_arm(look: Look, pose: Pose) -> str:
    arm = limb([(14, -57), *pose.front], 13.5, dark(look.top, 0.9))
    return arm + circle(*pose.front[-1], 6.4, look.skin)
