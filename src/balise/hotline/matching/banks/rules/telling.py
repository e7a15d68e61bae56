"""What was asked and answered, as it is sealed and read again."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from balise.hotline.matching.banks.rules.deciding import Hit
from balise.hotline.matching.banks.rules.opinions import EntryState, Opinion
from balise.hotline.matching.signals.rules.kinds import Clip, Frame, HashKind, Signal, Turn


def said(
    signals: Sequence[Signal | Clip], hits: Sequence[Hit], *, is_partial: bool
) -> dict[str, Any]:
    """Return a look-up as it is sealed: what was asked, what matched, whether it was whole."""
    return {
        "asked": [_asked(one) for one in signals],
        "hits": [_hit(one) for one in hits],
        "partial": is_partial,
    }


def asked_of(payload: Mapping[str, Any]) -> tuple[Signal | Clip, ...]:
    """Return what was asked, of what `said` returned."""
    return tuple(_read(one) for one in payload["asked"])


def hits_of(payload: Mapping[str, Any]) -> tuple[Hit, ...]:
    """Return what matched then, of what `said` returned."""
    return tuple(_read_hit(one) for one in payload["hits"])


def _asked(one: Signal | Clip) -> dict[str, Any]:
    if isinstance(one, Clip):
        frames = [[frame.second, frame.value.hex(), frame.quality] for frame in one.frames]
        return {"seconds": one.seconds, "frames": frames}
    said = {
        "kind": one.kind.value,
        "value": one.value.hex(),
        "quality": one.quality,
        "turns": b"".join(one.turns).hex(),
    }
    return said | {"trimmed": True} if one.is_trimmed else said


def _read(one: Mapping[str, Any]) -> Signal | Clip:
    if "frames" in one:
        frames = (Frame(at, bytes.fromhex(value), quality) for at, value, quality in one["frames"])
        return Clip(tuple(frames), one["seconds"])
    turns = bytes.fromhex(one["turns"])
    return Signal(
        HashKind(one["kind"]),
        bytes.fromhex(one["value"]),
        one["quality"],
        tuple(turns[at : at + 32] for at in range(0, len(turns), 32)),
        one.get("trimmed", False),
    )


def _hit(hit: Hit) -> dict[str, Any]:
    return hit._asdict() | {
        "labels": list(hit.labels),
        "opinion": hit.opinion.value,
        "turn": int(hit.turn),
        "kind": hit.kind.value,
        "state": hit.state.value,
        "clip": hit.clip.hex if hit.clip else None,
    }


def _read_hit(one: dict[str, Any]) -> Hit:
    return Hit(
        **one
        | {
            "labels": tuple(one["labels"]),
            "opinion": Opinion(one["opinion"]),
            "turn": Turn(one["turn"]),
            "kind": HashKind(one["kind"]),
            "state": EntryState(one["state"]),
            "clip": UUID(one["clip"]) if one["clip"] else None,
        }
    )
