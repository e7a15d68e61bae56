"""Banks as JSON Lines: one hash, or one film by its frames, on each line.

    {"kind": "pdq", "value": "HEX", "quality": 90, "opinion": "positive", "labels": ["a"],
     "reference": "17"}
    {"kind": "clip", "seconds": 12, "frames": [[0, "HEX", 90], [1, "HEX", 84]]}

`quality`, `opinion`, `labels` and `reference` may be left out; so may `turns`, the eight PDQs of a
picture one after the other: a bank has no need of them, and a question that brings none has them
read from the value.
"""

from typing import Any, Final

from balise.foundation import strict_json
from balise.foundation.refusals import Refused
from balise.hotline.matching.banks.rules.asking import QuestionFaulty, check
from balise.hotline.matching.banks.rules.deciding import Opinion
from balise.hotline.matching.signals.rules.kinds import (
    LENGTHS,
    Clip,
    Frame,
    HashKind,
    Signal,
    Unreadable,
    read,
)

LONGEST: Final = 1 << 20  # octets of a line
_LONGEST_REFERENCE: Final = 120
_MOST_LABELS: Final = 20
_LONGEST_LABEL: Final = 60
_KEYS: Final = {"kind", "value", "quality", "turns", "opinion", "labels", "reference"}
_CLIP_KEYS: Final = {"kind", "seconds", "frames", "opinion", "labels", "reference"}


class LineFaulty(Refused, code="line-faulty"):
    """A line cannot be read; the message says why, and never what it holds."""


def read_line(octets: bytes) -> dict[str, Any]:
    """Return what a line says, an object of our keys; raises LineFaulty."""
    if len(octets) > LONGEST:
        raise LineFaulty("The line is longer than 1 MB.")
    try:
        found = strict_json.loads(octets)
    except ValueError:
        raise LineFaulty("This is not a JSON object.") from None
    if not isinstance(found, dict):
        raise LineFaulty("This is not a JSON object.")
    strange = found.keys() - (_CLIP_KEYS if found.get("kind") == "clip" else _KEYS)
    if strange:
        raise LineFaulty("The object has a name that is not known.")
    return found


def signal_of(found: dict[str, Any]) -> Signal | Clip:
    """Return the hash or the film of a line; raises LineFaulty."""
    try:
        one = _clip(found) if found.get("kind") == "clip" else _signal(found)
        check([one])
    except (Unreadable, QuestionFaulty) as refusal:
        raise LineFaulty(refusal.message) from None
    except (KeyError, TypeError, ValueError):
        raise LineFaulty("The hash needs a kind that is known and a value.") from None
    return one


def said_of(found: dict[str, Any], *, opinion: Opinion) -> tuple[Opinion, tuple[str, ...], str]:
    """Return opinion, labels and reference of a line; the opinion given where it says none."""
    try:
        thought = Opinion(found.get("opinion", opinion))
    except ValueError:
        raise LineFaulty("The opinion is not known.") from None
    labels, reference = found.get("labels", []), found.get("reference", "")
    if not isinstance(labels, list) or len(labels) > _MOST_LABELS:
        raise LineFaulty("Labels are a list of 20 at most.")
    if not all(isinstance(one, str) and len(one) <= _LONGEST_LABEL for one in labels):
        raise LineFaulty("A label is a word of 60 letters at most.")
    if not isinstance(reference, str) or len(reference) > _LONGEST_REFERENCE:
        raise LineFaulty("A reference has 120 characters at most.")
    return thought, tuple(labels), reference


def written(
    kind: str, value: bytes, quality: int, opinion: str, labels: list[str], reference: str
) -> dict[str, Any]:
    """Return a hash as a line says it."""
    return {
        "kind": kind,
        "value": value.hex(),
        "quality": quality,
        "opinion": opinion,
        "labels": labels,
        "reference": reference,
    }


def written_clip(
    frames: list[tuple[int, bytes, int]], opinion: str, labels: list[str], reference: str
) -> dict[str, Any]:
    """Return a film as a line says it, by second, hash and quality of each frame."""
    return {
        "kind": "clip",
        "seconds": frames[-1][0] + 1,
        "frames": [[second, value.hex(), quality] for second, value, quality in frames],
        "opinion": opinion,
        "labels": labels,
        "reference": reference,
    }


def _signal(found: dict[str, Any]) -> Signal:
    kind = HashKind(found["kind"])
    value, turns = read(kind, _text(found["value"])), _text(found.get("turns", ""))
    size = 2 * LENGTHS[kind]
    each = tuple(read(kind, turns[at : at + size]) for at in range(0, len(turns), size))
    return Signal(kind, value, _number(found.get("quality", 100)), each)


def _clip(found: dict[str, Any]) -> Clip:
    frames = tuple(
        Frame(_number(second), read(HashKind.PDQ, _text(value)), _number(quality))
        for second, value, quality in found["frames"]
    )
    if not frames:
        raise LineFaulty("A film has a frame at least.")
    return Clip(frames, _number(found["seconds"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value
