"""Each drawing is SVG that stands alone: it loads nothing, runs nothing, holds no word."""

from io import BytesIO

from defusedxml.ElementTree import fromstring
from PIL import Image
from scripts.animations import places, things
from scripts.animations.__main__ import COMICS, png
from scripts.animations.people import SKINS, Look, Pose, person
from scripts.animations.shapes import HEIGHT, WIDTH, dark, picture
from scripts.animations.tales import FILMS

from tests.walks import of_each

DRAWN = {
    "bedroom": picture(places.bedroom()),
    "kitchen": picture(places.kitchen()),
    "yard": picture(places.yard()),
    "study": picture(places.study()),
    "jetty": picture(places.jetty(shift=4)),
    "phone": picture(things.phone(10, 10, light=0)),
    "table": picture(things.table(0, 0, 90) + things.chair(0, 0) + things.mug(0, 0)),
    "bubble": picture(things.bubble(0, 0, 60, 30, "#17466a")),
    **{
        f"{stance} {hair}": picture(
            person(
                Look(SKINS[2], hair, bag="#e9806e", has_beard=True, has_hood=True),
                Pose(stance),
                at=(100, 200),
                faces_left=True,
            )
        )
        for stance in ("stand", "walk", "sit")
        for hair in ("short", "crop", "bob", "long", "bun", "scarf", "curls")
    },
    **{
        f"{film.name} at {begins} {share}": picture(film.at(begins + share * (ends - begins)))
        for film in FILMS
        for begins, ends in film.spans
        for share in (0, 0.5, 0.9)
    },
    **{comic.stem: comic.read_text("utf-8") for comic in COMICS},
}


@of_each("drawn", DRAWN.values(), ids=DRAWN.keys())
def test_it_stands_alone(drawn: str) -> None:
    read = fromstring(drawn)
    assert {each.tag.rpartition("}")[2] for each in read.iter()} <= {
        "svg", "g", "path", "rect", "circle", "ellipse",
    }  # fmt: skip
    assert "url(" not in drawn
    assert "href" not in drawn
    assert not "".join(read.itertext()).strip()


def test_what_is_far_is_darker() -> None:
    assert dark("#ffffff", 0.5) == "#7f7f7f"


def test_a_moment_becomes_a_picture_of_points() -> None:
    with Image.open(BytesIO(png(picture(places.yard()), scale=2))) as shown:
        assert shown.size == (2 * WIDTH, 2 * HEIGHT)
