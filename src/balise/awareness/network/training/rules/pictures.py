"""The pictures of training, drawn in code. Pure."""

from typing import Final
from xml.sax.saxutils import quoteattr

from balise.awareness.drawing.rules.people import Look, Pose, person
from balise.awareness.drawing.rules.places import study, waves
from balise.awareness.drawing.rules.shapes import CORAL, DAWN, LEAF, RED, SEA, WATER, circle, path
from balise.awareness.drawing.rules.things import chair, lighthouse, mug, table

# The light bands of the lifebuoy: six pieces of 30 degrees, as many dark ones between.
_BANDS: Final = (
    "M100,100 L192,100 A92,92 0 0 1 179.8,145.7Z",
    "M100,100 L146,179.7 A92,92 0 0 1 100.3,192Z",
    "M100,100 L54,179.7 A92,92 0 0 1 20.5,146.3Z",
    "M100,100 L8,100 A92,92 0 0 1 20.2,54.3Z",
    "M100,100 L54,20.3 A92,92 0 0 1 99.7,8Z",
    "M100,100 L146,20.3 A92,92 0 0 1 179.5,53.7Z",
)


def listening() -> str:
    """Return the inside of a picture: in a bright room an adult listens to a teenager."""
    young = person(
        Look(skin="#b8784f", hair="long", hair_colour="#1d1a22", top=CORAL),
        Pose("sit", back=((-4, -28), (28, -12)), front=((20, -30), (34, -14)), tilt=4),
        at=(110, 168),
        scale=0.84,
    )
    adult = person(
        Look(skin="#f2c9a5", hair="short", hair_colour="#a3acb3", top=LEAF, legs="#2f3468"),
        Pose("sit", back=((8, -28), (30, -10)), front=((24, -40), (46, -30)), tilt=8, lean=6),
        at=(262, 168),
        scale=0.9,
        faces_left=True,
    )
    seats = chair(98, 168, SEA) + chair(246, 168, CORAL, faces_left=True)
    return study() + seats + young + adult + table(170, 186, 44) + mug(178, 174)


def medal(says: str) -> str:
    """Return a badge as a whole picture: the lighthouse in a lifebuoy; `says` is its name."""
    ring = circle(100, 100, 92, RED) + "".join(path(each, DAWN) for each in _BANDS)
    sea = waves(132, WATER, shift=40) + waves(146, "#0d3550", step=44, shift=52)
    inside = f'<g clip-path="url(#buoy)">{lighthouse(100, 62, scale=1.05)}{sea}</g>'
    clip = '<clipPath id="buoy"><circle cx="100" cy="100" r="70"/></clipPath>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="400" height="400" '
        f'role="img" aria-label={quoteattr(says)}>{ring}{circle(100, 100, 70, SEA)}{clip}{inside}'
        "</svg>"
    )
