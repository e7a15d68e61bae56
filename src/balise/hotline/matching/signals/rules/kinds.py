"""What a signal is: a hash of a picture, of a file or of each second of a film."""

from enum import IntEnum, StrEnum
from typing import Final, NamedTuple

from balise.foundation.refusals import Refused


class HashKind(StrEnum):
    """How a hash was computed. PDQ is alike for alike pictures, the others for the same file."""

    PDQ = "pdq"
    SHA256 = "sha256"
    SHA1 = "sha1"
    MD5 = "md5"


LENGTHS: Final = {
    HashKind.PDQ: 32,
    HashKind.SHA256: 32,
    HashKind.SHA1: 20,
    HashKind.MD5: 16,
}  # bytes
WEAK: Final = 50  # a PDQ of a lower quality decides nothing alone (published threshold)
WITHIN: Final = 31  # bits of 256 that two PDQs of one picture may differ by (published threshold)


class Turn(IntEnum):
    """How a picture was turned or mirrored: the eight symmetries of a square."""

    AS_IS = 0
    LEFT = 1  # by 90 degrees, counter-clockwise
    HALF = 2
    RIGHT = 3
    MIRRORED = 4  # left and right change places
    UPSIDE_DOWN = 5  # top and bottom change places
    TRANSPOSED = 6
    TRANSVERSED = 7


class Signal(NamedTuple):
    """A hash. `value` has the bytes of its kind; `quality` of a PDQ is from 0 to 100.

    `turns` are the eight PDQs in the order of `Turn`, or empty where only one is known. A PDQ that
    `is_trimmed` is that of a picture without the bars at its edges.
    """

    kind: HashKind
    value: bytes
    quality: int = 100
    turns: tuple[bytes, ...] = ()
    is_trimmed: bool = False


class Frame(NamedTuple):
    """The PDQ of one moment of a film, `second` seconds after its beginning."""

    second: int
    value: bytes
    quality: int


class Clip(NamedTuple):
    """A film of `seconds` seconds, by one frame a second."""

    frames: tuple[Frame, ...]
    seconds: int


class Unreadable(Refused, code="hash-unreadable"):
    """The words are no hash of the kind."""


def read(kind: HashKind, text: str) -> bytes:
    """Return the bytes of a hash written in hexadecimal digits, upper or lower case.

    Raises `Unreadable` for anything else: another length, spaces, `0x`.
    """
    try:
        value = bytes.fromhex(text) if text.isalnum() else b""
    except ValueError:
        value = b""
    if len(value) != LENGTHS[kind]:
        raise Unreadable("This is not a hash of this kind.")
    return value
