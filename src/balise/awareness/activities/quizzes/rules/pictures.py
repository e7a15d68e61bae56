"""The picture at the end of a quiz, drawn in code. Pure."""

from balise.awareness.drawing.rules.people import BLACK, FAIR, SKINS, Look, Pose, person
from balise.awareness.drawing.rules.places import jetty
from balise.awareness.drawing.rules.shapes import CORAL, INK, LILAC, RED, SEA

_ONE = Look(SKINS[4], "bun", BLACK, LILAC, SEA, RED)
_OTHER = Look(SKINS[0], "crop", FAIR, SEA, INK, bag=CORAL)


def beside() -> str:
    """Return the inside of a picture: two friends sit on a jetty and talk, the light is on."""
    seated = Pose("sit", back=((-4, -28), (28, -12)), front=((20, -30), (34, -14)), tilt=-5)
    near = person(_ONE, seated, at=(212, 184), scale=0.8, faces_left=True)
    return jetty() + person(_OTHER, seated, at=(92, 184), scale=0.8) + near
