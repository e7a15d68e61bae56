"""Films: by the share of frames that are in both."""

import random

import pytest

from balise.hotline.matching.signals.rules import pdq
from balise.hotline.matching.signals.rules.frames import Thresholds, alike
from balise.hotline.matching.signals.rules.kinds import WITHIN, Clip, Frame, Turn
from balise.hotline.matching.signals.tests import files

CHANCE = random.Random(7)  # noqa: S311 - drawn hashes


def film(values: list[bytes], quality: int = 100) -> Clip:
    """Return a film of one frame a second."""
    frames = tuple(Frame(second, value, quality) for second, value in enumerate(values))
    return Clip(frames, len(values))


def changed(value: bytes, bits: int) -> bytes:
    """Return a hash that differs in so many bits."""
    mask = sum(1 << bit for bit in CHANCE.sample(range(256), bits))
    return (int.from_bytes(value) ^ mask).to_bytes(32)


VALUES = [CHANCE.randbytes(32) for _ in range(40)]
WHOLE = film(VALUES)


def test_a_film_compressed_again_is_the_same() -> None:
    found = alike(WHOLE, film([changed(value, WITHIN) for value in VALUES]))
    assert (found.share_of_a, found.share_of_b) == (1.0, 1.0)
    assert (found.good_of_a, found.good_of_b) == (40, 40)
    assert found.is_whole
    assert found.turn is Turn.AS_IS


def test_a_frame_is_near_up_to_the_distance() -> None:
    far = film([changed(value, WITHIN + 1) for value in VALUES])
    assert alike(WHOLE, far).share_of_a == 0.0
    assert alike(WHOLE, far, Thresholds(distance=WITHIN + 1)).is_whole


def test_a_part_is_told_both_ways() -> None:
    part = film(VALUES[10:20])
    found = alike(part, WHOLE)
    assert (found.share_of_a, found.share_of_b) == (1.0, 0.25)
    assert found.is_part
    assert not found.is_whole
    assert alike(WHOLE, part)[:2] == (0.25, 1.0)


def test_the_share_decides() -> None:
    others = [CHANCE.randbytes(32) for _ in range(9)]
    assert alike(film(VALUES[:32] + others[:8]), WHOLE).is_whole  # 32 of 40
    assert not alike(film(VALUES[:31] + others), WHOLE).is_part  # 31 of 40
    assert alike(film(VALUES[:31] + others), WHOLE, Thresholds(share=0.7)).is_whole


def test_weak_frames_count_on_neither_side() -> None:
    dark = Frame(40, bytes(32), 49)
    found = alike(Clip((*WHOLE.frames, dark), 41), Clip((dark, *WHOLE.frames[:20]), 21))
    assert (found.good_of_a, found.good_of_b) == (40, 20)
    assert not alike(film(VALUES, 49), film(VALUES, 49)).is_part
    assert alike(film(VALUES, 49), film(VALUES, 49), Thresholds(quality=49)).is_whole


def test_a_film_without_pictures_is_like_none() -> None:
    for one, other in ((Clip((), 12), WHOLE), (WHOLE, Clip((), 12)), (Clip((), 0), Clip((), 0))):
        found = alike(one, other)
        assert (found.share_of_a, found.share_of_b) == (0.0, 0.0)
        assert not found.is_part


def test_one_good_frame_is_no_film() -> None:
    assert not alike(film(VALUES[:1]), WHOLE).is_part
    assert alike(film(VALUES[:2]), WHOLE).is_part


@pytest.mark.parametrize("turn", [turn for turn in Turn if turn])
def test_a_turned_film_is_found_by_its_bits(turn: Turn) -> None:
    """The other was turned: the first has to be turned as it was."""
    scenes = [pdq.hash_pixels_turned(files.landscape(640, 480, seed=seed)) for seed in range(12)]
    shown, turned = (film([scene.values[each] for scene in scenes]) for each in (0, turn))
    found = alike(shown, turned)
    assert found.turn is turn
    assert found.is_whole


def test_turns_read_from_bits_are_near_those_of_the_picture() -> None:
    for seed in range(20):
        turned = pdq.hash_pixels_turned(files.landscape(400, 300, seed=seed)).values
        read = pdq.nearly_turned(turned[0])
        assert read[Turn.AS_IS] == turned[Turn.AS_IS]
        assert read[Turn.TRANSPOSED] == turned[Turn.TRANSPOSED]
        assert all(pdq.distance(*pair) <= 24 for pair in zip(read, turned, strict=True))


def test_three_hours_are_compared_with_three_minutes() -> None:
    long = film([CHANCE.randbytes(32) for _ in range(10_800)] + VALUES)
    assert alike(film(VALUES), long).is_part
    assert not alike(film([CHANCE.randbytes(32) for _ in range(180)]), long).is_part
