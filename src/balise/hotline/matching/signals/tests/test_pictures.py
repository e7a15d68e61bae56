"""What becomes of each kind of picture: a stated outcome, or a code."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PIL import Image

from balise.foundation.files.redrawing import BROKEN, KIND, POINTS
from balise.foundation.limited.calling import Limits
from balise.foundation.limited.child import CannotWork
from balise.hotline.matching.signals.documents import apart
from balise.hotline.matching.signals.rules import pdq, pictures
from balise.hotline.matching.signals.rules.kinds import WEAK, WITHIN, HashKind, Turn
from balise.hotline.matching.signals.rules.pictures import COLOURS, Picture
from balise.hotline.matching.signals.tests import drawn, files, vectors
from balise.hotline.matching.signals.tests.files import SHOWN, file, png_of, written

EXACT = pdq.hash_pixels_turned(SHOWN)
BARS = json.loads(vectors.BARS.read_text(encoding="utf-8"))


def known(octets: bytes) -> Picture:
    """Return what the child tells, without a child."""
    return pictures.read(pictures.hashed(octets))


def test_a_picture_has_its_size_its_pdq_and_the_hashes_of_its_file() -> None:
    octets = file()
    picture = known(octets)
    assert (picture.width, picture.height) == (400, 300)
    assert [signal.kind for signal in picture.signals] == list(HashKind)
    assert picture.pdq.turns == EXACT.values
    assert picture.pdq.value == EXACT.values[Turn.AS_IS]
    assert picture.pdq.quality == EXACT.quality
    assert [signal.value for signal in picture.signals[1:]] == [
        hashlib.sha256(octets).digest(),
        hashlib.sha1(octets, usedforsecurity=False).digest(),
        hashlib.md5(octets, usedforsecurity=False).digest(),
    ]
    assert picture.trimmed is None
    assert picture.asked == picture.signals


@pytest.mark.parametrize("kind", ["BMP", "TIFF", "WEBP", "PNG"])
def test_files_without_loss_have_one_pdq(kind: str) -> None:
    options: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
    assert known(file(kind=kind, **options)).pdq.turns == EXACT.values


@pytest.mark.parametrize("kind", ["JPEG", "GIF", "WEBP", "AVIF"])
def test_files_with_loss_are_alike(kind: str) -> None:
    found = known(file(kind=kind)).pdq
    assert pdq.distance(found.value, EXACT.values[0]) <= WITHIN


@pytest.mark.parametrize(
    ("orientation", "stored"),
    [
        (1, lambda shown: shown),
        (2, lambda shown: shown[:, ::-1]),
        (3, lambda shown: np.rot90(shown, 2)),
        (4, lambda shown: shown[::-1]),
        (5, lambda shown: shown.transpose(1, 0, 2)),
        (6, np.rot90),
        (7, lambda shown: np.rot90(shown, 2).transpose(1, 0, 2)),
        (8, lambda shown: np.rot90(shown, 3)),
    ],
)
def test_a_picture_stands_upright_as_its_exif_says(
    orientation: int, stored: Callable[[np.ndarray], np.ndarray]
) -> None:
    octets = files.turned_by_exif(orientation, np.ascontiguousarray(stored(SHOWN)))
    picture = known(octets)
    assert (picture.width, picture.height) == (400, 300)
    assert picture.pdq.turns == EXACT.values


def test_an_orientation_that_is_none_is_left() -> None:
    assert known(files.turned_by_exif(77)).pdq.turns == EXACT.values


def test_what_is_transparent_lies_on_white() -> None:
    alpha = np.full(SHOWN.shape[:2], 255, np.uint8)
    alpha[:, 200:] = 0
    on_white = SHOWN.copy()
    on_white[:, 200:] = 255
    clear = Image.fromarray(np.dstack([SHOWN, alpha]))
    assert known(written(clear)).pdq.value == pdq.hash_pixels(on_white).value
    opaque = Image.fromarray(np.dstack([SHOWN, np.full_like(alpha, 255)]))
    assert known(written(opaque)).pdq.turns == EXACT.values


def test_a_palette_and_its_transparent_colour_are_read() -> None:
    palette = Image.fromarray(SHOWN).quantize(256)
    as_colours = pdq.hash_pixels(np.asarray(palette.convert("RGB")))
    assert known(written(palette)).pdq.value == as_colours.value
    assert known(written(palette, transparency=3)).pdq.quality > WEAK


def test_of_sixteen_bits_the_higher_eight_count() -> None:
    grey = SHOWN[:, :, 1]
    deep = Image.fromarray((grey.astype(np.uint16) << 8) + 201)
    for kind in ("PNG", "TIFF"):
        found = known(written(deep, kind)).pdq.value
        assert found == pdq.hash_pixels(np.ascontiguousarray(grey)).value


def test_of_sixteen_bits_a_colour_the_higher_eight_count() -> None:
    deep = (SHOWN.astype(">u2") << 8) + 201
    lines = b"".join(b"\0" + line.astype(">u2").tobytes() for line in deep)
    assert known(png_of(400, 300, lines=lines, depth=16)).pdq.turns == EXACT.values


def test_grey_and_one_bit_are_read() -> None:
    grey = Image.fromarray(SHOWN).convert("L")
    assert known(written(grey)).pdq.value == pdq.hash_pixels(np.asarray(grey)).value
    assert known(written(grey.convert("1"))).pdq.quality > 0
    assert known(written(grey.convert("LA"))).pdq.value == known(written(grey)).pdq.value


def test_four_inks_become_three_colours() -> None:
    inks = Image.fromarray(SHOWN).convert("CMYK")
    for kind in ("TIFF", "JPEG"):
        found = known(written(inks, kind)).pdq.value
        assert pdq.distance(found, EXACT.values[0]) <= WITHIN


def test_numbers_that_are_no_colours_are_refused() -> None:
    floats = Image.fromarray(SHOWN[:, :, 0].astype(np.float32))
    with pytest.raises(CannotWork, match=COLOURS):
        pictures.hashed(written(floats, "TIFF"))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF", "AVIF"])
def test_of_an_animation_the_first_frame_counts(kind: str) -> None:
    options: dict[str, Any] = {"lossless": True} if kind == "WEBP" else {}
    first, other = Image.fromarray(SHOWN), Image.fromarray(np.ascontiguousarray(SHOWN[::-1]))
    alone = known(written(first, kind, **options)).pdq.value
    moving = known(
        written(first, kind, save_all=True, append_images=[other] * 2, **options)
    ).pdq.value
    assert pdq.distance(moving, alone) <= WITHIN // 4


@pytest.mark.parametrize(("top", "left"), [(60, 0), (0, 80), (40, 50)])
def test_bars_at_the_edges_are_cut_off_and_the_rest_is_hashed_too(top: int, left: int) -> None:
    picture = known(file(files.with_bars(SHOWN, top=top, left=left)))
    assert (picture.width, picture.height) == (400 + 2 * left, 300 + 2 * top)
    assert picture.trimmed is not None
    assert picture.trimmed.turns == EXACT.values
    assert picture.asked == (*picture.signals, picture.trimmed)
    assert pdq.distance(picture.pdq.value, picture.trimmed.value) > WITHIN


@pytest.mark.parametrize(("name", "told"), list(zip(drawn.BARRED, BARS, strict=True)))
def test_the_part_inside_bars_is_the_one_that_the_browser_is_tested_with(
    name: str, told: dict[str, Any]
) -> None:
    assert vectors.bars_vector(name, drawn.BARRED[name]) == told
    trimmed = known(file(drawn.barred(drawn.BARRED[name]))).trimmed
    assert (trimmed is None) == (told["inside"] is None)
    if trimmed is not None:
        assert [turn.hex() for turn in trimmed.turns] == told["turns"]


def test_bars_are_found_in_a_file_with_loss() -> None:
    shown = files.landscape(800, 450)
    barred = files.with_bars(shown, top=77, left=0)
    trimmed = known(file(barred, "JPEG", quality=60)).trimmed
    assert trimmed is not None
    assert pdq.distance(trimmed.value, pdq.hash_pixels(shown).value) <= WITHIN // 2


@pytest.mark.parametrize(
    "shown",
    [
        files.with_bars(SHOWN, top=2, left=0),  # too little to be a bar
        files.with_bars(np.ascontiguousarray(SHOWN[:40]), top=60, left=0),  # too little left
        drawn.pixels(drawn.flat("flat", 300, 300, (9, 9, 9))),
    ],
)
def test_nothing_is_cut_off_where_no_bar_or_no_picture_is(shown: np.ndarray) -> None:
    assert known(file(shown)).trimmed is None


def test_one_pixel_has_a_hash_that_decides_nothing() -> None:
    picture = known(file(SHOWN[:1, :1]))
    assert (picture.width, picture.height) == (1, 1)
    assert picture.pdq.value == bytes(32)
    assert picture.pdq.quality == 0


def test_one_colour_has_a_hash_that_decides_nothing() -> None:
    picture = known(file(drawn.pixels(drawn.flat("flat", 300, 200, (200, 30, 9))), "JPEG"))
    assert picture.pdq.value == bytes(32)
    assert picture.pdq.quality == 0


def test_thirty_thousand_pixels_a_side_are_refused_from_the_header() -> None:
    with pytest.raises(CannotWork, match=POINTS):
        pictures.hashed(png_of(30_000, 30_000))


def test_thirty_thousand_pixels_on_one_side_are_hashed() -> None:
    strip = drawn.pixels(drawn.hills("strip", 30_000, 70))
    picture = known(file(strip))
    assert picture.pdq.turns == pdq.hash_pixels_turned(strip).values
    with pytest.raises(CannotWork, match=POINTS):
        pictures.hashed(png_of(pdq.LONGEST + 1, 1))


@pytest.mark.parametrize(
    "octets",
    [b"", b"a", b"Dear all,\n" * 500, b"\xff\xd8\xff", b"<svg xmlns='x'/>", b"%PDF-1.7", b"PK\3\4"],
)
def test_text_and_other_kinds_of_file_are_refused(octets: bytes) -> None:
    with pytest.raises(CannotWork, match=KIND):
        pictures.hashed(octets)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
def test_a_file_that_ends_too_early_is_refused(kind: str) -> None:
    octets = file(kind=kind)
    with pytest.raises(apart.NotHashed) as refused:
        apart.hash_file(octets[: len(octets) * 2 // 3])
    assert refused.value.why in {BROKEN, KIND}


def test_the_child_tells_the_same() -> None:
    octets = file(kind="JPEG")
    assert apart.hash_file(octets) == known(octets)


@pytest.mark.parametrize(
    ("octets", "why"),
    [
        (png_of(400, 300), BROKEN),  # no pixel
        (png_of(30_000, 30_000), POINTS),
        (b"Dear all,", KIND),
        (file()[:60] + bytes(200) + file()[260:], BROKEN),
    ],
)
def test_a_hostile_file_ends_in_the_child_with_a_code(octets: bytes, why: str) -> None:
    with pytest.raises(apart.NotHashed) as refused:
        apart.hash_file(octets)
    assert refused.value.why == why


def test_what_a_file_has_beyond_its_pixels_is_not_opened() -> None:
    picture = apart.hash_file(png_of(400, 300, lines=bytes(50_000_000)))
    assert picture.pdq.quality == 0


def test_a_file_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MOST_OCTETS", 100)
    with pytest.raises(apart.NotHashed) as refused:
        apart.hash_file(bytes(101))
    assert refused.value.why == apart.TOO_LARGE


def test_a_file_that_takes_too_much_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    few = Limits(processor=20, memory=60_000_000, time=60.0, answer=65_536)
    monkeypatch.setattr(apart, "LIMITS", few)
    with pytest.raises(apart.NotHashed) as refused:
        apart.hash_file(file())
    assert refused.value.why in {apart.OVER_LIMITS, BROKEN}
