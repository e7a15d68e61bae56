"""What a device sends: the fingerprints of pictures and clips, read strictly, and their bounds.

The JSON is `[{"kind": "picture", "pdq": hex, "quality": 0–100}, {"kind": "clip", "seconds": n,
"frames": [[second, hex, quality], …]}, …]`; any other key is refused, so that nothing else comes.
A picture with bars at its edges has `"trimmed": {"pdq": hex, "quality": 0–100}` as well, of what
is inside them.
"""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple
from uuid import UUID

import orjson
from django.utils.translation import gettext_lazy as _

from balise.foundation import strict_json
from balise.foundation.refusals import Refused
from balise.hotline.laboratory.rules.standing import Band, ItemKind
from balise.hotline.matching.signals.rules.kinds import (
    WEAK,
    Clip,
    Frame,
    HashKind,
    Signal,
    Unreadable,
    read,
)

# What the laboratory refuses, in words for the person who asked.


class CodeUnknown(Refused, code="case-code-unknown"):
    """No case opens with this code: mistyped, never issued, or forgotten since."""

    def __init__(self) -> None:
        super().__init__(
            str(_("No fingerprint opens with this code. Check it: 28 letters and digits."))
        )


class PrintsUnreadable(Refused, code="prints-unreadable"):
    """What came is no list of fingerprints."""

    def __init__(self) -> None:
        super().__init__(str(_("The fingerprints did not arrive whole. Choose the files again.")))


class TooMany(Refused, code="too-many-prints"):
    """One case holds a set number of pictures, and of seconds of video."""

    def __init__(self, most: int) -> None:
        said = _("One sending holds %(most)s pictures or videos, and an hour of video in all.")
        super().__init__(str(said % {"most": most}))


class NothingPrecise(Refused, code="nothing-precise"):
    """Nothing is left once the weak fingerprints are put aside."""

    def __init__(self) -> None:
        said = _("No fingerprint is precise enough yet. Choose another version of the picture.")
        super().__init__(str(said))


class CodeUsed(Refused, code="case-code-used"):
    """Another page has sent other fingerprints under this code, or deleted what waited there."""

    def __init__(self) -> None:
        said = _("These fingerprints have not left: another page used their code. Send them again.")
        super().__init__(str(said))


class ClaimMissing(Refused, code="claim-missing"):
    """Only the person in the picture, who did not agree, may have it stopped."""

    field = "claim"

    def __init__(self) -> None:
        super().__init__(str(_("Tick the box to go on. For someone else, call us first.")))


class ReportThere(Refused, code="case-has-report"):
    """A report is open under this code: an address is told in its dialogue."""

    field = "links"

    def __init__(self) -> None:
        said = _(
            "A report is open already under this code. Follow it, and write this address there."
        )
        super().__init__(str(said))


class NotNow(Refused, code="laboratory-not-now"):
    """Where the fingerprint or the dispute stands, the step is not possible."""

    def __init__(self) -> None:
        super().__init__(str(_("Something changed in the meantime. This step is not possible.")))


class Picture(NamedTuple):
    """A picture by its PDQ, and by that of what is inside the bars at its edges, if it has some.

    Each is a hash that someone sent: nothing here tells whether the two are of one picture.
    """

    signal: Signal
    trimmed: Signal | None = None

    @property
    def signals(self) -> tuple[Signal, ...]:
        """The one, or both."""
        return (self.signal, self.trimmed) if self.trimmed else (self.signal,)


type Print = Picture | Clip

MOST_ITEMS: Final = 20
MOST_FRAMES: Final = 3_600  # one a second: an hour of video in one sending
LONGEST: Final = 400_000  # characters of JSON
GOOD_FROM: Final = 80  # of PDQ's quality, which ends at 100
HASH_BYTES: Final = 32
_BEST: Final = 100
_HASH: Final = {"pdq", "quality"}
_PICTURE: Final = {"kind", *_HASH}
_BARRED: Final = {*_PICTURE, "trimmed"}
_CLIP: Final = {"kind", "seconds", "frames"}


def item_of(reference: str) -> UUID | None:
    """Return the item that an entry of a bank names as its reference, None where it is no id."""
    try:
        return UUID(reference)
    except ValueError:
        return None


def read_prints(text: str) -> tuple[Print, ...]:
    """Return the fingerprints that a device sent; weak ones are left out.

    Raises PrintsUnreadable for what is no list of them, TooMany above the bounds, NothingPrecise
    where none is left.
    """
    if len(text) > LONGEST:
        raise TooMany(MOST_ITEMS)
    try:
        given = strict_json.loads(text.encode())
        if not isinstance(given, list):
            raise PrintsUnreadable
        found = tuple(_read_one(each) for each in given)
    except (orjson.JSONDecodeError, strict_json.KeyTwice, UnicodeEncodeError) as fault:
        raise PrintsUnreadable from fault
    except (AttributeError, KeyError, TypeError, ValueError, Unreadable) as fault:
        raise PrintsUnreadable from fault
    if len(found) > MOST_ITEMS or count_of(found) > MOST_FRAMES:
        raise TooMany(MOST_ITEMS)
    precise = tuple(one for each in found if (one := _precise(each)) is not None)
    if not precise:
        raise NothingPrecise
    return precise


def to_fields(prints: Iterable[Print]) -> list[dict[str, Any]]:
    """Return fingerprints as they are sealed: what `read_prints` reads."""
    return [_field_of(each) for each in prints]


def from_fields(fields: Iterable[dict[str, Any]]) -> tuple[Print, ...]:
    """Return what `to_fields` wrote."""
    return tuple(_read_one(each) for each in fields)


def kind_of(one: Print) -> ItemKind:
    """Return whether it is a picture or a clip."""
    return ItemKind.CLIP if isinstance(one, Clip) else ItemKind.PICTURE


def count_of(prints: Iterable[Print]) -> int:
    """Return how many pictures and frames of clips these are: a picture is one, whatever its bars.

    Bounds and figures count so; `hashes_of` says how many hashes one is.
    """
    return sum(len(one.frames) if isinstance(one, Clip) else 1 for one in prints)


def hashes_of(one: Print) -> int:
    """Return how many hashes it is: two of a picture with bars, one a frame of a clip."""
    return len(one.frames if isinstance(one, Clip) else one.signals)


def signals_of(one: Print) -> tuple[Signal | Clip, ...]:
    """Return it as banks take it."""
    return (one,) if isinstance(one, Clip) else one.signals


def band_of(one: Print) -> Band:
    """Return how surely it is recognised; of a clip, by the middle one of its frames."""
    if isinstance(one, Clip):
        sorted_ = sorted(frame.quality for frame in one.frames)
        quality = sorted_[len(sorted_) // 2]
    else:
        quality = one.signal.quality
    return Band.GOOD if quality >= GOOD_FROM else Band.FAIR


def _read_one(given: Any) -> Print:
    if given["kind"] == ItemKind.PICTURE and given.keys() == _PICTURE:
        return Picture(_read_hash(given))
    if given["kind"] == ItemKind.PICTURE and given.keys() == _BARRED:
        signal, inside = _read_hash(given), given["trimmed"]
        if inside.keys() != _HASH:
            raise PrintsUnreadable
        trimmed = _read_hash(inside)
        return Picture(signal, trimmed if trimmed.value != signal.value else None)
    if given["kind"] == ItemKind.CLIP and given.keys() == _CLIP:
        seconds = _whole(given["seconds"], MOST_FRAMES)
        frames = tuple(
            Frame(_whole(second, seconds), read(HashKind.PDQ, value), _whole(quality, _BEST))
            for second, value, quality in given["frames"]
        )
        if len({frame.second for frame in frames}) == len(frames):
            return Clip(frames, seconds)
    raise PrintsUnreadable


def _read_hash(given: Any) -> Signal:
    return Signal(HashKind.PDQ, read(HashKind.PDQ, given["pdq"]), _whole(given["quality"], _BEST))


def _whole(value: Any, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise PrintsUnreadable
    return value


def _precise(one: Print) -> Print | None:
    if isinstance(one, Clip):
        frames = tuple(frame for frame in one.frames if frame.quality >= WEAK)
        return one._replace(frames=frames) if frames else None
    signals = [signal for signal in one.signals if signal.quality >= WEAK]
    return Picture(*signals) if signals else None


def _field_of(one: Print) -> dict[str, Any]:
    if isinstance(one, Clip):
        frames = [[frame.second, frame.value.hex(), frame.quality] for frame in one.frames]
        return {"kind": ItemKind.CLIP.value, "seconds": one.seconds, "frames": frames}
    trimmed = {"trimmed": _field_of_hash(one.trimmed)} if one.trimmed else {}
    return {"kind": ItemKind.PICTURE.value, **_field_of_hash(one.signal), **trimmed}


def _field_of_hash(one: Signal) -> dict[str, Any]:
    return {"pdq": one.value.hex(), "quality": one.quality}
