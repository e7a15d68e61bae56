"""What a partner that asks may ask, and when its questions tell that it is after the list. Pure.

Two hashes that match one entry are at most twice 31 bits from one another: look-ups that near are
one probe, however many they are, and however their pictures were turned. A probe costs once, so
that a small partner pays nothing for copies of one picture. Copies are known, nearly all of them;
who gets both answers again and again around one point measures where the entry lies, and is cut
off. A planted entry is further than that from every real one, so no look-up hits both.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

from balise.hotline.matching.signals.rules.kinds import LENGTHS, WITHIN, HashKind, Signal
from balise.hotline.matching.signals.rules.pdq import distance, nearly_turned

NEAR: Final = 2 * WITHIN  # bits between hashes of one probe
MOST_OF_EACH: Final = 10  # hashes of a probe with either answer, within a day
_A_MINUTE: Final = 60  # seconds


class Near(NamedTuple):
    """A probe: its first hash, and marks of those that were known and of those that were not."""

    first: bytes
    known: frozenset[int] = frozenset()
    unknown: frozenset[int] = frozenset()

    @property
    def is_measuring(self) -> bool:
        """Whether someone measures where an entry lies."""
        return min(len(self.known), len(self.unknown)) > MOST_OF_EACH

    def after(self, value: bytes, *, is_known: bool) -> "Near":
        """Return the probe with one more look-up. The same hash again tells nothing new."""
        mark = int.from_bytes(blake2b(value, digest_size=4).digest())
        if is_known:
            return self._replace(known=_with(self.known, mark))
        return self._replace(unknown=_with(self.unknown, mark))


class Counted(NamedTuple):
    """The probes after some look-ups, those of before at their places; the last `new` are new."""

    probes: tuple[Near, ...]
    new: int

    @property
    def is_measuring(self) -> bool:
        return any(one.is_measuring for one in self.probes)


def points(signal: Signal) -> list[bytes]:
    """Return what a signal asks about: its hash, and each turn sent with it that is none of it.

    Turns of another picture would be another question, asked for nothing.
    """
    if not signal.turns:
        return [signal.value]
    expected = zip(signal.turns, nearly_turned(signal.value), strict=True)
    return [signal.value, *(turn for turn, near in expected if distance(turn, near) > NEAR)]


def count(earlier: Sequence[Near], asked: Sequence[tuple[bytes, bool]]) -> Counted:
    """Return the probes of a day once these hashes were asked about, each known or not."""
    probes = list(earlier)
    numbers = [(len(one.first), int.from_bytes(one.first)) for one in probes]
    for value, is_known in asked:
        length = len(value)
        turned = [int.from_bytes(one) for one in _turned(value)]
        at = next(
            (
                at
                for at, (long, first) in enumerate(numbers)
                if long == length and any((one ^ first).bit_count() <= NEAR for one in turned)
            ),
            len(probes),
        )
        if at == len(probes):
            probes.append(Near(value))
            numbers.append((length, turned[0]))
        probes[at] = probes[at].after(value, is_known=is_known)
    return Counted(tuple(probes), len(probes) - len(earlier))


class Budget(NamedTuple):
    """What a contract allows."""

    a_day: int  # probes
    a_minute: int  # hashes


class Used(NamedTuple):
    """What is used of it: the day's probes, the last minute's hashes; the day's seconds left."""

    probes: int
    hashes: int
    left: int


class Over(NamedTuple):
    """What is used up, and in how many seconds it may be asked again."""

    what: str
    seconds: int


def over(budget: Budget, used: Used, *, new: int, asked: int) -> Over | None:
    """Return what `asked` more hashes, `new` more probes, would go over; or None."""
    if used.hashes + asked > budget.a_minute:
        return Over("minute", _A_MINUTE)
    if used.probes + new > budget.a_day:
        return Over("day", max(used.left, 1))
    return None


def is_far_enough(planted: bytes, distances: Sequence[int]) -> bool:
    """Return whether an entry may be planted, by its distances to the nearest real ones."""
    return any(planted) and all(one > NEAR for one in distances)


def _turned(value: bytes) -> tuple[bytes, ...]:
    """Return a PDQ in its eight turns, as it is first; a shorter hash alone."""
    return nearly_turned(value) if len(value) == LENGTHS[HashKind.PDQ] else (value,)


def _with(marks: frozenset[int], mark: int) -> frozenset[int]:
    return marks if len(marks) > MOST_OF_EACH else marks | {mark}
