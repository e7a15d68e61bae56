"""What a file of a film is, told by its bytes: WebM or MP4, and how long it lasts."""

from struct import calcsize, unpack
from typing import IO, Final

MOST: Final = 200 * 1024 * 1024  # bytes
HEAD: Final = 64  # bytes that are enough to tell
KINDS: Final = {"webm": "video/webm", "mp4": "video/mp4"}
CALLED: Final = {"video/webm": "WebM", "video/mp4": "MP4"}

_EBML, _SEGMENT, _INFO = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67", b"\x15\x49\xa9\x66"
_SCALE, _DURATION = b"\x2a\xd7\xb1", b"\x44\x89"
_FLOATS: Final = {4: ">f", 8: ">d"}
_SHORT, _LONG = ">3x4x4xII", ">3x8x8xIQ"  # flags, created, changed; then scale and length
_MOST_PARTS: Final = 2_000  # of a file, that are looked at for its length


def kind_of(head: bytes) -> str:
    """Return the media type of a film by its first bytes; "" for anything else."""
    if head.startswith(_EBML) and b"webm" in head:
        return KINDS["webm"]
    is_picture = head[8:12] in {b"avif", b"heic", b"mif1"}
    return KINDS["mp4"] if head[4:8] == b"ftyp" and not is_picture else ""


def seconds_of(file: IO[bytes]) -> float:
    """Return how long a film lasts, in seconds; 0 where its file does not say."""
    file.seek(0)
    kind = kind_of(file.read(HEAD))
    file.seek(0)
    if kind == KINDS["webm"]:
        return _of_webm(file)
    return _of_mp4(file) if kind else 0


def _of_webm(file: IO[bytes]) -> float:
    """Read the length among the elements of the first segment (RFC 8794, RFC 9559)."""
    scale, length = 1_000_000, 0.0
    for _each in range(_MOST_PARTS):
        name, size = _vint(file, keep=True), _vint(file)
        if not name:
            break
        if name in {_SEGMENT, _INFO}:
            continue  # its elements come next
        octets = int.from_bytes(size)
        if name == _SCALE:
            scale = int.from_bytes(file.read(octets))
        elif name == _DURATION and octets in _FLOATS:
            read = file.read(octets)
            length = unpack(_FLOATS[octets], read)[0] if len(read) == octets else 0
        elif length:
            break
        else:
            file.seek(octets, 1)
    return float(length) * scale / 1e9


def _vint(file: IO[bytes], *, keep: bool = False) -> bytes:
    """Return a number of variable length; with `keep`, with the bit that says its length."""
    first = file.read(1)
    if not first or not first[0]:
        return b""
    more = 8 - first[0].bit_length()
    octets = first + file.read(more)
    return octets if keep else bytes([first[0] & (0x7F >> more)]) + octets[1:]


def _of_mp4(file: IO[bytes]) -> float:
    """Read the length in the header of the movie (ISO/IEC 14496-12)."""
    for _each in range(_MOST_PARTS):
        head = file.read(8)
        if len(head) < 8:  # noqa: PLR2004 - bytes
            break
        size, name = int.from_bytes(head[:4]), head[4:]
        read = 8
        if size == 1:
            size, read = int.from_bytes(file.read(8)), 16
        if name == b"moov":
            continue  # its boxes come next
        if name == b"mvhd":
            layout = _LONG if file.read(1) == b"\x01" else _SHORT
            read_header = file.read(calcsize(layout))
            is_whole = len(read_header) == calcsize(layout)
            scale, length = unpack(layout, read_header) if is_whole else (0, 0)
            return length / scale if scale else 0
        if size < read:
            break
        file.seek(size - read, 1)
    return 0
