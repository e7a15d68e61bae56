"""How people are held: sitting, reading, waiting, walking off; each returns a pose."""

from dataclasses import replace
from typing import Final

from balise.awareness.drawing.rules.people import Pose

# A head is held down by a worry, and up by relief.
WORRY, ATTENTION, RELIEF = 14, 6, -6

_SITTING: Final = Pose("sit", back=((6, -28), (26, -12)), front=((20, -30), (34, -14)))
_READING: Final = Pose("sit", back=((6, -32), (26, -42)), front=((22, -28), (34, -44)), lean=6)
_AT_TABLE: Final = Pose("sit", back=((8, -30), (34, -26)), front=((24, -30), (42, -26)))
_SHOWING: Final = Pose("stand", front=((24, -32), (34, -44)))
_KNOCKING: Final = Pose("stand", front=((24, -44), (38, -58)))
_LEAVING: Final = Pose("walk", back=((-18, -34), (-4, -22)), front=((18, -34), (6, -22)), lean=4)
_CALLING: Final = Pose("stand", front=((26, -50), (14, -82)))
_FLOOR: Final = Pose("floor", back=((6, -34), (26, -36)), front=((20, -34), (34, -38)), lean=4)
_ON_EDGE: Final = Pose("sit", back=((-20, -26), (-22, -2)), front=((22, -28), (30, -6)))


def sits(tilt: float = 0, lean: float = 0) -> Pose:
    """Sit, hands on the knees."""
    return replace(_SITTING, tilt=tilt, lean=lean)


def reads(tilt: float = WORRY) -> Pose:
    """Sit and look at what is in the near hand, at 35, -54."""
    return replace(_READING, tilt=tilt)


def at_table(tilt: float = 0, lean: float = 0) -> Pose:
    """Sit with both hands on a table."""
    return replace(_AT_TABLE, tilt=tilt, lean=lean)


def stands(tilt: float = 0, lean: float = 0) -> Pose:
    """Stand, arms down."""
    return Pose("stand", tilt=tilt, lean=lean)


def shows(tilt: float = ATTENTION) -> Pose:
    """Stand and hold something out at 36, -52."""
    return replace(_SHOWING, tilt=tilt)


def knocks(tilt: float = 0) -> Pose:
    """Stand with a hand up, at a door or a board."""
    return replace(_KNOCKING, tilt=tilt)


def leaves(tilt: float = WORRY) -> Pose:
    """Walk away with arms drawn in."""
    return replace(_LEAVING, tilt=tilt)


def walks(tilt: float = 0) -> Pose:
    """Walk."""
    return Pose("walk", tilt=tilt)


def calls(tilt: float = 0) -> Pose:
    """Stand with a telephone at the ear."""
    return replace(_CALLING, tilt=tilt)


def on_edge(tilt: float = RELIEF) -> Pose:
    """Sit on a jetty, a hand on the wood."""
    return replace(_ON_EDGE, tilt=tilt)


def speaks(tilt: float = RELIEF) -> Pose:
    """Sit and speak, a hand open."""
    return replace(_SITTING, front=((26, -40), (44, -34)), tilt=tilt)


def bends(tilt: float = 16) -> Pose:
    """Stand bent over papers, and look at nobody."""
    return Pose(
        "stand", back=((6, -40), (26, -32)), front=((24, -38), (38, -30)), tilt=tilt, lean=8
    )


def on_floor(tilt: float = 0) -> Pose:
    """Sit on the floor, hands before the knees."""
    return Pose(
        "floor", back=((6, -34), (26, -36)), front=((20, -34), (34, -38)), tilt=tilt, lean=4
    )
