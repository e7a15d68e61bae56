"""What of a question is asked of the index, and what makes two films the same."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Final, NamedTuple

from balise.foundation.refusals import Refused
from balise.hotline.matching.signals.rules.kinds import (
    LENGTHS,
    WEAK,
    Clip,
    Frame,
    Kind,
    Signal,
    Turn,
)

SAME: Final = 0.5  # share of the good frames of each film that the other has

type Asked = Sequence[Signal | Clip]


class QuestionFaulty(Refused, code="hash-unreadable"):
    """What was asked or brought is no hash of its kind."""


class Question(NamedTuple):
    """One PDQ to search for: of what was asked, in which turn, of which second of a film."""

    asked: int
    value: bytes
    turn: Turn
    quality: int
    second: int | None = None


def check(signals: Asked) -> None:
    """Refuse (QuestionFaulty) values of another length, or qualities outside 0 to 100."""
    for one in signals:
        if isinstance(one, Clip):
            for frame in one.frames:
                _check(Kind.PDQ, frame.value, frame.quality)
            continue
        _check(one.kind, one.value, one.quality)
        if one.turns and (len(one.turns) != len(Turn) or one.kind is not Kind.PDQ):
            raise QuestionFaulty("A PDQ has eight turns, and other kinds have none.")
        for value in one.turns:
            _check(one.kind, value, one.quality)


def questions(signals: Asked) -> list[Question]:
    """Return the PDQs to search for: all known turns of a picture, each frame of a film once."""
    return [one for at, each in enumerate(signals) for one in _of(at, each)]


def turns_of(octets: bytes) -> tuple[bytes, ...]:
    """Return the eight turns that were stored one after the other."""
    return tuple(bytes(one) for one in batched(octets, LENGTHS[Kind.PDQ], strict=True))


def good_frames(frames: Iterable[tuple[bytes, int]]) -> set[bytes]:
    """Return the different frames, as value and quality, that are good enough to count."""
    return {value for value, quality in frames if quality >= WEAK}


def is_same(*, common_of_asked: int, asked: int, common_of_known: int, known: int) -> bool:
    """Return whether two films are the same: enough of each one's good frames are the other's."""
    if not asked or not known:
        return False
    return common_of_asked >= SAME * asked and common_of_known >= SAME * known


def _of(at: int, one: Signal | Clip) -> list[Question]:
    if isinstance(one, Clip):
        firsts: dict[bytes, Frame] = {}
        for frame in one.frames:
            firsts.setdefault(frame.value, frame)
        return [
            Question(at, frame.value, Turn.AS_IS, frame.quality, frame.second)
            for frame in firsts.values()
        ]
    if one.kind is not Kind.PDQ:
        return []
    values = one.turns or (one.value,)
    turned = zip(values, Turn, strict=False)
    return [Question(at, value, turn, one.quality) for value, turn in turned]


def _check(kind: Kind, value: bytes, quality: int) -> None:
    if len(value) != LENGTHS[kind]:
        raise QuestionFaulty("This is not a hash of this kind.")
    if not 0 <= quality <= 100:  # noqa: PLR2004 - a share in hundredths
        raise QuestionFaulty("A quality is from 0 to 100.")
