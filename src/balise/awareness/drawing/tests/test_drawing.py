"""Each drawing is SVG that stands alone: it loads nothing, runs nothing, holds no word."""

from defusedxml.ElementTree import fromstring
from tests.walks import of_each

from balise.awareness.drawing.rules import places, things
from balise.awareness.drawing.rules.people import SKINS, Look, Pose, person
from balise.awareness.drawing.rules.shapes import dark, picture

DRAWN = {
    "bedroom": places.bedroom(),
    "kitchen": places.kitchen(light=0.5),
    "yard": places.yard(),
    "study": places.study(),
    "jetty": places.jetty(shift=4),
    "phone": things.phone(10, 10, light=0),
    "table": things.table(0, 0, 90) + things.chair(0, 0) + things.mug(0, 0),
    "bubble": things.bubble(0, 0, 60, 30, "#17466a"),
    **{
        f"{stance} {hair}": person(
            Look(SKINS[2], hair, bag="#e9806e", has_beard=True, has_hood=True),
            Pose(stance),
            at=(100, 200),
            faces_left=True,
        )
        for stance in ("stand", "walk", "sit", "floor")
        for hair in ("short", "crop", "bob", "long", "bun", "scarf", "curls", "cap", "bald")
    },
}


@of_each("drawn", DRAWN.values(), ids=DRAWN.keys())
def test_it_stands_alone(drawn: str) -> None:
    read = fromstring(picture(drawn))
    assert {each.tag.rpartition("}")[2] for each in read.iter()} <= {
        "svg", "g", "path", "rect", "circle", "ellipse",
    }  # fmt: skip
    assert "url(" not in drawn
    assert "href" not in drawn
    assert not "".join(read.itertext()).strip()


def test_what_is_far_is_darker() -> None:
    assert dark("#ffffff", 0.5) == "#7f7f7f"
