"""Pictures and films are hashed in a real browser, as Python does; nothing leaves it.

No centre is started: the modules are served alone, under the policy of our public pages.
"""

import base64
import io
import struct
import zlib
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pytest
from PIL import Image, ImageCms
from playwright.sync_api import Browser, Page, Route

from balise.hotline.matching.signals.rules import pdq, pictures
from balise.hotline.matching.signals.rules.frames import alike
from balise.hotline.matching.signals.rules.kinds import Clip, Frame, Turn
from balise.hotline.matching.signals.tests import drawn
from balise.hotline.matching.signals.tests.files import with_bars
from tests.bare_page import bare_page
from tests.browser import IN_TIME

pytestmark = pytest.mark.journey

SAME: Final = 4  # bits between the browser's and Python's, of one file
ALIKE: Final = 31
PICTURE: Final = drawn.numbered(3)
_SCENES: Final = 'await import("/static/drawn/scenes.js")'
_UPRIGHT: Final = 274  # the tag of EXIF for how a picture is turned


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with bare_page() as found:
        yield found


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 780}, locale="fr-FR")
    context.set_default_timeout(IN_TIME)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(address)
    yield page
    context.close()
    assert not complaints


def play(page: Page, scene: str, *given: object) -> Any:
    """Play a scene of `scenes.js` and return its answer."""
    return page.evaluate(f"async (given) => ({_SCENES}).{scene}(...given)", list(given))


def hashed(page: Page, *files: bytes) -> list[dict[str, Any]]:
    """Return what the page finds of pictures."""
    found: list[dict[str, Any]] = play(page, "pictures", [as_text(each) for each in files])["found"]
    return found


def as_text(file: bytes) -> str:
    return base64.b64encode(file).decode()


def file(picture: Image.Image, kind: str = "PNG", **how: Any) -> bytes:
    """Return a picture as a file of a kind."""
    made = io.BytesIO()
    picture.save(made, kind, **how)
    return made.getvalue()


def shown(drawing: drawn.Drawing = PICTURE) -> Image.Image:
    return Image.fromarray(drawn.pixels(drawing))


def by_python(octets: bytes) -> pictures.Picture:
    """Return what Python finds of a file."""
    return pictures.read(pictures.hashed(octets))


def apart(one: str, other: str | bytes) -> int:
    """Return the distance of two hashes, as bytes or digits."""
    digits = other if isinstance(other, str) else other.hex()
    return pdq.distance(bytes.fromhex(one), bytes.fromhex(digits))


KINDS: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("JPEG", {"quality": 88}),
    ("JPEG", {"quality": 40, "progressive": True}),
    ("PNG", {}),
    ("WEBP", {}),
    ("GIF", {}),
    ("BMP", {}),
    ("AVIF", {}),
)


@pytest.mark.whole
def test_a_file_has_the_hash_that_python_finds(page: Page) -> None:
    drawings = [PICTURE, drawn.hills("large", 1600, 1200), drawn.hills("small", 7, 5)]
    files = [file(shown(each), kind, **how) for each in drawings for kind, how in KINDS]
    found = play(page, "pictures", [as_text(each) for each in files])
    assert found["heard"][-1] == 1
    assert len(found["heard"]) == len(files)
    for octets, told in zip(files, found["found"], strict=True):
        there = by_python(octets)
        assert told["kind"] == "picture"
        assert (told["width"], told["height"]) == (there.width, there.height)
        for turn, other in zip(told["turns"], there.pdq.turns, strict=True):
            assert apart(turn, other) <= SAME
        assert told["turns"][0] == told["pdq"]
        assert abs(told["quality"] - there.pdq.quality) <= 1
        assert told["sha256"] == there.signals[1].value.hex()


@pytest.mark.safety
@pytest.mark.whole
def test_without_loss_the_pixels_and_all_eight_hashes_are_the_same(page: Page) -> None:
    (told,) = hashed(page, file(shown()))
    turned = pdq.hash_pixels_turned(drawn.pixels(PICTURE))
    assert told["turns"] == [each.hex() for each in turned.values]
    assert (told["width"], told["height"]) == (PICTURE.width, PICTURE.height)


@pytest.mark.safety
@pytest.mark.whole
def test_the_part_inside_bars_is_hashed_too_and_is_the_picture_without_them(page: Page) -> None:
    plain = drawn.pixels(drawn.hills("shown", 1200, 900))
    barred = [
        with_bars(plain, top=150, left=0),
        with_bars(plain, top=0, left=90),
        with_bars(plain, top=60, left=80),
        *(drawn.barred(drawn.BARRED[name]) for name in ("uneven", "noisy, with spots", "grey")),
    ]
    made = [Image.fromarray(each) for each in barred]
    files = [file(each) for each in made]
    files += [file(each, "JPEG", quality=80) for each in made]
    (whole, *found) = hashed(page, file(Image.fromarray(plain)), *files)
    assert whole["trimmed"] is None
    for at, (octets, told) in enumerate(zip(files, found, strict=True)):
        there = by_python(octets).trimmed
        assert there is not None
        same = SAME if at >= len(barred) else 0
        for turn, other in zip(told["trimmed"]["turns"], there.turns, strict=True):
            assert apart(turn, other) <= same
        assert abs(told["trimmed"]["quality"] - there.quality) <= 1
        assert told["trimmed"]["turns"][0] == told["trimmed"]["pdq"]
    for told in found[:3]:
        assert told["trimmed"]["turns"] == whole["turns"]
        assert apart(told["pdq"], whole["pdq"]) > ALIKE
    unbarred = [drawn.BARRED[name] for name in ("63 rows left", "too thin on both sides")]
    for told in hashed(page, *(file(Image.fromarray(drawn.barred(each))) for each in unbarred)):
        assert told["trimmed"] is None


@pytest.mark.safety
@pytest.mark.whole
def test_all_eight_turns_of_a_copy_are_found(page: Page) -> None:
    picture = shown(drawn.hills("large", 1600, 1200))
    copies = [picture, *(picture.transpose(each) for each in Image.Transpose)]
    whole, *found = hashed(page, *(file(each, "JPEG", quality=90) for each in (picture, *copies)))
    nearest = [
        min(range(8), key=lambda nth: apart(whole["turns"][nth], told["pdq"])) for told in found
    ]
    assert sorted(nearest) == list(range(8))
    for told, nth in zip(found, nearest, strict=True):
        others = sorted(apart(each, told["pdq"]) for each in whole["turns"])
        assert others[0] == apart(whole["turns"][nth], told["pdq"]) <= ALIKE < others[1]


@pytest.mark.safety
@pytest.mark.whole
def test_how_a_picture_lies_and_what_is_clear_follow_the_policy(page: Page) -> None:
    plain = shown()
    exif = Image.Exif()
    exif[_UPRIGHT] = 6  # lies on its left side
    lying = file(plain.transpose(Image.Transpose.ROTATE_90), "JPEG", quality=95, exif=exif)
    holed = np.asarray(plain.convert("RGBA")).copy()
    holed[:60, :90] = (0, 0, 0, 0)
    holed[60:, :90, 3] = 128
    deep = drawn.pixels(PICTURE)[:, :, 0].astype(np.uint16) * 257
    other = Image.new("RGB", plain.size, "navy")
    files = [
        lying,
        file(Image.fromarray(holed)),
        file(Image.fromarray(holed), "WEBP", lossless=True),
        file(Image.fromarray(deep)),
        file(plain, "GIF", save_all=True, append_images=[other]),
        file(plain, "WEBP", save_all=True, append_images=[other]),
        file(plain.convert("CMYK"), "JPEG", quality=95),
        file(plain.convert("L"), "JPEG"),
        file(plain.convert("1")),
        file(plain, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()),
    ]
    for octets, told in zip(files, hashed(page, *files), strict=True):
        there = by_python(octets)
        assert apart(told["pdq"], there.pdq.value) <= SAME
        assert (told["width"], told["height"]) == (there.width, there.height)


@pytest.mark.safety
@pytest.mark.whole
def test_hostile_files_are_refused_in_plain_codes_and_the_next_is_hashed(page: Page) -> None:
    jpeg, png = file(shown(), "JPEG"), file(shown())
    hostile = {
        "kind": [
            b"",
            b"a text named .jpg",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"%PDF-1.7",
        ],
        "broken": [jpeg[: len(jpeg) // 2], jpeg[:-20], png[: len(png) // 2], png[:40], jpeg[:9]],
        "points": [bomb(30_000, 30_000), bomb(8_001, 8_000), bomb(40_000, 2)],
    }
    asked = [(code, each) for code, all_ in hostile.items() for each in all_]
    *found, last = hashed(page, *(each for _code, each in asked), png)
    assert [told["error"] for told in found] == [code for code, _each in asked]
    assert last["kind"] == "picture"


@pytest.mark.safety
@pytest.mark.whole
def test_a_picture_of_one_point_and_one_of_one_colour_are_weak(page: Page) -> None:
    point, flat = hashed(
        page, file(shown(drawn.hills("a", 1, 1))), file(Image.new("RGB", (400, 300)))
    )
    assert (point["quality"], flat["quality"]) == (0, 0)
    assert flat["pdq"] == "0" * 64


@pytest.mark.safety
@pytest.mark.whole
def test_a_known_drawing_is_hashed_first_and_tells_a_browser_that_changes_pixels(
    page: Page,
) -> None:
    assert play(page, "exact") is True
    changed = """
    const given = OffscreenCanvasRenderingContext2D.prototype.getImageData;
    OffscreenCanvasRenderingContext2D.prototype.getImageData = function (...place) {
      const made = given.apply(this, place);
      made.data[4 * 999] ^= 1;
      return made;
    };
    """
    assert exact_in(page, changed) is False
    assert exact_in(page, "delete globalThis.OffscreenCanvas;") is False


def exact_in(page: Page, change: str) -> Any:
    """Return what the check says in a browser that was changed so."""

    def answer(route: Route) -> None:
        given = route.fetch()
        route.fulfill(response=given, body=change + given.text())

    page.route("**/static/signals/work.js", answer)
    page.reload()
    found = play(page, "exact")
    page.unroute_all()
    return found


@pytest.mark.safety
@pytest.mark.whole
def test_a_clip_that_a_page_recorded_gives_one_frame_a_second(page: Page) -> None:
    told = play(page, "recordedFilm", 3.2)
    assert told["kind"] == "video"
    assert told["seconds"] in {3, 4}  # its clock, on a machine whose cores are taken
    assert [each["second"] for each in told["frames"]] == list(range(len(told["frames"])))
    assert told["seconds"] - 1 <= len(told["frames"]) <= told["seconds"]


@pytest.mark.safety
@pytest.mark.whole
def test_each_frame_is_the_picture_of_its_second(page: Page) -> None:
    size = {"width": 640, "height": 480}
    told = play(page, "writtenFilm", {**size, "at": [nth / 5 for nth in range(25)], "seconds": 5})
    assert told["seconds"] == 5
    assert [each["second"] for each in told["frames"]] == [0, 1, 2, 3, 4]
    for frame, still in zip(
        told["frames"], play(page, "stills", [0, 1, 2, 3, 4], size), strict=True
    ):
        assert apart(frame["pdq"], still["pdq"]) <= ALIKE
    assert all(
        apart(one["pdq"], other["pdq"]) > ALIKE
        for one, other in zip(told["frames"], told["frames"][1:], strict=False)
    )


@pytest.mark.safety
@pytest.mark.whole
def test_the_end_of_a_film_that_does_not_say_how_long_it_is_is_looked_for(page: Page) -> None:
    told = play(page, "writtenFilm", {"at": [nth / 5 for nth in range(20)], "seconds": None})
    assert told["seconds"] == 4
    assert [each["second"] for each in told["frames"]] == [0, 1, 2, 3]


@pytest.mark.safety
@pytest.mark.whole
def test_a_film_between_bars_is_the_same_film(page: Page) -> None:
    told = play(page, "barredFilms", {"at": [nth / 2 for nth in range(10)], "seconds": 5})
    plain, barred = (
        Clip(
            tuple(
                Frame(each["second"], bytes.fromhex(each["pdq"]), each["quality"])
                for each in film["frames"]
            ),
            film["seconds"],
        )
        for film in told
    )
    assert len(barred.frames) == 5
    found = alike(plain, barred)
    assert (found.is_whole, found.turn) == (True, Turn.AS_IS)


@pytest.mark.safety
@pytest.mark.whole
def test_films_are_refused_or_bounded_as_stated(page: Page) -> None:
    three_hours = {"at": [0, 10_799], "seconds": 10_800}
    assert play(page, "writtenFilm", three_hours) == {"error": "seconds"}
    assert play(page, "silentFilm") == {"error": "frames"}
    assert play(page, "givenFilm", as_text(b"a text named .webm")) == {"error": "kind"}
    assert play(page, "givenFilm", "") == {"error": "kind"}
    # It says an hour and has three pictures: these are hashed, and no hour is waited for.
    short = play(page, "writtenFilm", {"at": [0, 1, 2], "seconds": 3600})
    assert [each["second"] for each in short["frames"]] == [0, 1, 2]
    whole = {"at": [nth / 5 for nth in range(25)], "seconds": 5}
    cut = play(page, "writtenFilm", {**whole, "cut": 0.5})
    assert 1 <= len(cut["frames"]) < 5


@pytest.mark.safety
def test_nothing_leaves_while_files_are_hashed(page: Page) -> None:
    assert play(page, "exact") is True  # the modules and the worker are there
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.webSocketCreated", lambda told: asked.append(told["url"]))
    large = as_text(file(shown(drawn.hills("large", 3000, 2000)), "JPEG", quality=88))
    found = play(page, "both", large, {"at": [0, 1, 2], "seconds": 3})
    assert found[0]["quality"] == 100
    assert len(found[1]["frames"]) == 3
    assert [url for url in asked if not url.startswith("blob:")] == []


def bomb(width: int, height: int) -> bytes:
    """Return a PNG that says a size and holds a few bytes."""

    def part(name: bytes, given: bytes) -> bytes:
        whole = name + given
        return struct.pack(">I", len(given)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (part(b"IHDR", head), part(b"IDAT", zlib.compress(bytes(1000))), part(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
