"""Banks and hashes made the way the programme makes them; the hashes are of no picture."""

from collections.abc import Iterable
from hashlib import shake_256
from itertools import cycle
from uuid import UUID

from balise.foundation.actors import Actor, ActorKind
from balise.hotline.matching.banks import access
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.signals.rules.kinds import LENGTHS, Clip, Frame, HashKind, Signal, Turn
from balise.hotline.matching.signals.rules.pdq import nearly_turned

_ANALYST = frozenset({access.READ, access.LOOK_UP, access.KEEP})
ANALYST = Actor(ActorKind.STAFF, str(UUID(int=1)), _ANALYST)
LEAD = Actor(ActorKind.STAFF, str(UUID(int=2)), _ANALYST | {access.MANAGE, access.EXPORT})
LISTENER = Actor(ActorKind.STAFF, str(UUID(int=3)), frozenset({"helpline.cases.read"}))


def make_value(seed: int, kind: HashKind = HashKind.PDQ) -> bytes:
    """Return a hash of no picture, the same for the same number."""
    return shake_256(f"{seed} {kind}".encode()).digest(LENGTHS[kind])


def moved(value: bytes, bits: int, *, start: int = 0) -> bytes:
    """Return a hash that differs by so many bits, from the bit `start` on."""
    changed = int.from_bytes(value) ^ (((1 << bits) - 1) << start)
    return changed.to_bytes(len(value))


def make_signal(seed: int, *, quality: int = 100, kind: HashKind = HashKind.PDQ) -> Signal:
    """Return a signal of which only one turn is known."""
    return Signal(kind, make_value(seed, kind), quality)


def make_turned(seed: int, *, quality: int = 100) -> Signal:
    """Return a signal with its eight turns, none of which is alike."""
    turns = tuple(make_value(8 * seed + at + 1_000_000) for at in range(8))
    return Signal(HashKind.PDQ, turns[0], quality, turns)


def make_clip(seeds: Iterable[int], *, quality: int = 100) -> Clip:
    """Return a film of one frame a second."""
    frames = tuple(Frame(at, make_value(seed), quality) for at, seed in enumerate(seeds))
    return Clip(frames, len(frames))


def make_turned_clip(clip: Clip, *turns: Turn) -> Clip:
    """Return a film whose frames were turned so, one after the other and again from the first."""
    frames = (
        frame._replace(value=nearly_turned(frame.value)[turn])
        for frame, turn in zip(clip.frames, cycle(turns), strict=False)
    )
    return Clip(tuple(frames), clip.seconds)


def make_bank(code: str = "known", **given: object) -> str:
    """Return the code of a new bank."""
    keeping.add_bank(code=code, name=code.title(), by=LEAD, **given)  # type: ignore[arg-type]
    return code


def make_entry(
    signal: Signal | Clip, *, bank: str = "", opinion: Opinion = Opinion.POSITIVE
) -> list[int]:
    """Return the entries of a signal in a bank, a new one where none is named."""
    return keeping.add(bank=bank or make_bank(), signals=[signal], opinion=opinion, by=ANALYST)
