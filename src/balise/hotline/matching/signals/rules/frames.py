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
    plain = _alike(a, b, thresholds, Turn.AS_IS)
    if plain.is_part or min(plain.good_of_a, plain.good_of_b) < thresholds.least:
        return plain
    turned = (_alike(a, b, thresholds, turn) for turn in Turn if turn)
    return next((found for found in turned if found.is_part), plain)


def _alike(a: Clip, b: Clip, thresholds: Thresholds, turn: Turn) -> Alike:
    import numpy as np  # noqa: PLC0415

    one, other = _good(a, thresholds, turn), _good(b, thresholds, Turn.AS_IS)
    in_b, in_a = np.zeros(len(one), bool), np.zeros(len(other), bool)
    for start in range(0, len(one), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        differing = np.bitwise_count(one[part, None, :] ^ other[None, :, :]).sum(axis=2)
        near = differing <= thresholds.distance
        in_b[part] = near.any(axis=1)
        in_a |= near.any(axis=0)
    share_of_a, share_of_b = (float(each.mean()) if len(each) else 0.0 for each in (in_b, in_a))
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


def _good(clip: Clip, thresholds: Thresholds, turn: Turn) -> NDArray[np.uint64]:
    """Return the good frames of a film: a row of four words each."""
    import numpy as np  # noqa: PLC0415

    values = [frame.value for frame in clip.frames if frame.quality >= thresholds.quality]
    if turn:
        values = [nearly_turned(value)[turn] for value in values]
    return np.frombuffer(b"".join(values), np.uint64).reshape(-1, 4)
