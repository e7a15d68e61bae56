"""What a test reads in a PDF without a library for it: the letters that are copied out of it."""

import re
import zlib
from collections.abc import Iterator
from typing import Final

_STREAM: Final = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_IN_A_MAP: Final = re.compile(rb"<[0-9A-F]{4}>\s*<((?:[0-9A-F]{4})+)>")
_INSTEAD: Final = re.compile(rb"/ActualText\s*<FEFF((?:[0-9A-F]{4})+)>")


def letters_in(pdf: bytes) -> set[str]:
    """Return each letter that is copied out of a PDF.

    They are in the maps of its fonts (ToUnicode), and in the text's own replacements (ActualText).
    Raises `ValueError` for a PDF without text to copy.
    """
    codes = [
        code
        for text in _streams(pdf)
        for code in (_IN_A_MAP if b"begincmap" in text else _INSTEAD).findall(text)
    ]
    if not codes:
        raise ValueError("this PDF has no text to copy")
    return {letter for code in codes for letter in bytes.fromhex(code.decode()).decode("utf-16-be")}


def _streams(pdf: bytes) -> Iterator[bytes]:
    for found in _STREAM.findall(pdf):
        try:
            yield zlib.decompress(found)
        except zlib.error:
            continue
