"""Whether two films are the same, or one a part of the other: by the share of frames in both.

A frame is good from a quality on. A good frame of one film is in the other where a good frame of
it lies within a distance, at whatever second: a cut, a title before, another speed change little.
Both shares are told, of the one and of the other: a part has all of its frames in the whole, and
the whole few of its own in the part.

A film that was turned or mirrored is found as well. Only one hash of a frame is known, so that its
turns are read from its bits (`pdq.nearly_turned`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from balise.hotline.matching.signals.rules.kinds import WEAK, WITHIN, Clip, Turn
from balise.hotline.matching.signals.rules.pdq import nearly_turned

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_AT_ONCE: Final = 64  # frames of one film, compared with all of the other's
_FEW: Final = 200  # frames that a turn is tried with, before all are


class Thresholds(NamedTuple):
    """From when on films match: bits between frames, quality of a frame, share, good frames."""

    distance: int = WITHIN
    quality: int = WEAK
    share: float = 0.8
    least: int = 2  # a film of one good frame is a picture


class Alike(NamedTuple):
    """How much of each of two films is in the other, and how the first was turned to see that.

    Shares are of good frames, from 0 to 1. `is_whole` says that each is in the other, `is_part`
    that one is. Both are False where either has too few good frames.
    """

    share_of_a: float
    share_of_b: float
    good_of_a: int
    good_of_b: int
    turn: Turn
    is_whole: bool
    is_part: bool


def alike(a: Clip, b: Clip, thresholds: Thresholds = Thresholds()) -> Alike:  # noqa: B008 - a value
    """Return how alike two films are, by the first turn in which they match, else as they are."""
    one, other = _good(a, thresholds), _good(b, thresholds)
    plain = _alike(one, other, thresholds, Turn.AS_IS)
    if plain.is_part or min(len(one), len(other)) < thresholds.least:
        return plain
    turns = [nearly_turned(value) for value in one]
    for turn in [each for each in Turn if each]:
        turned = [values[turn] for values in turns]
        if _may_match(turned, other, thresholds):
            found = _alike(turned, other, thresholds, turn)
            if found.is_part:
                return found
    return plain


def _may_match(one: list[bytes], other: list[bytes], thresholds: Thresholds) -> bool:
    """Return whether a few frames of the shorter film are in the longer, half as many as match."""
    shorter, longer = sorted((one, other), key=len)
    few = shorter[:: len(shorter) // _FEW + 1]
    return float(_near(few, longer, thresholds)[0].mean()) >= thresholds.share / 2


def _good(clip: Clip, thresholds: Thresholds) -> list[bytes]:
    return [frame.value for frame in clip.frames if frame.quality >= thresholds.quality]


def _near(
    one: list[bytes], other: list[bytes], thresholds: Thresholds
) -> tuple[NDArray[np.bool], NDArray[np.bool]]:
    """Return of each frame whether one of the other film is near it, for both films."""
    import numpy as np  # noqa: PLC0415

    words, others = (  # four of 64 bits a frame
        np.frombuffer(b"".join(values), np.uint64).reshape(-1, 4).T.copy()
        for values in (one, other)
    )
    in_other, in_one = np.zeros(len(one), bool), np.zeros(len(other), bool)
    for start in range(0, len(one), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        differing = np.zeros((len(in_other[part]), len(other)), np.uint16)
        for word, its in zip(words, others, strict=True):
            differing += np.bitwise_count(word[part, None] ^ its)
        near = differing <= thresholds.distance
        in_other[part] = near.any(axis=1)
        in_one |= near.any(axis=0)
    return in_other, in_one


def _alike(one: list[bytes], other: list[bytes], thresholds: Thresholds, turn: Turn) -> Alike:
    near = _near(one, other, thresholds)
    share_of_a, share_of_b = (float(each.mean()) if len(each) else 0.0 for each in near)
    enough = min(len(one), len(other)) >= thresholds.least
    return Alike(
        share_of_a=share_of_a,
        share_of_b=share_of_b,
        good_of_a=len(one),
        good_of_b=len(other),
        turn=turn,
        is_whole=enough and min(share_of_a, share_of_b) >= thresholds.share,
        is_part=enough and max(share_of_a, share_of_b) >= thresholds.share,
    )
