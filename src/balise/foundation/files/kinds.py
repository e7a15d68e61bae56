"""What a file is, told by its first bytes; never by its name or by what the sender says."""

import codecs
from enum import StrEnum

HEAD = 512  # bytes that are enough to tell


class FileKind(StrEnum):
    """The kinds of file that may be sent to the centre, by their media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"
    TEXT = "text/plain"


_BEGINNINGS = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"%PDF-", FileKind.PDF),
)


def kind_of(head: bytes) -> FileKind | None:
    """Return what a file is by its first 512 bytes, or None for what is not taken.

    Text is UTF-8 without control characters. A page or a drawing made of text (HTML, SVG) is
    text: it is only ever handed out as such, to be saved and not shown.
    """
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileKind.WEBP
    return FileKind.TEXT if head and _is_text(head) else None


def _is_text(head: bytes) -> bool:
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)  # may end within a letter
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter.isspace() for letter in text.lstrip("\ufeff"))
