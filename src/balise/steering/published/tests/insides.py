"""All that a file holds as text: pages, ZIPs within ZIPs, the words of a PDF."""

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Final
from zipfile import ZipFile, is_zipfile

_APART: Final = re.compile(r"(?<=\d)[\s,.](?=\d{3}(?!\d))")  # \s: the narrow space too
_STREAM: Final = re.compile(rb"stream\r?\n")
_PAIR: Final = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", re.IGNORECASE)
_STRING: Final = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
_ESCAPE: Final = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_OCTAL: Final = frozenset((b"0", b"1", b"2", b"3", b"4", b"5", b"6", b"7"))
_LETTERS: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def holds(octets: bytes, number: int) -> bool:
    """Return whether a number stands in a file, however its thousands are set apart."""
    return any(str(number) in _APART.sub("", unescape(text)) for text in texts(octets))


def texts(octets: bytes) -> Iterator[str]:
    """Yield the text of a file, and of the files within it, however deep."""
    if is_zipfile(io.BytesIO(octets)):
        with ZipFile(io.BytesIO(octets)) as archive:
            for name in archive.namelist():
                yield from texts(archive.read(name))
    elif octets.startswith(b"%PDF"):
        yield from _of_pdf(octets)
    else:
        yield octets.decode("utf-8", errors="replace")


def _of_pdf(octets: bytes) -> Iterator[str]:
    """Yield the words of each page by each of the fonts, and all other strings."""
    parts = [octets, *_streams(octets)]
    maps = [_map(one) for one in parts if b"begincmap" in one]
    for part in parts:
        strings = [_unescaped(one[1:-1]) for one in _STRING.findall(part)]
        for string in strings:
            if string.startswith(b"\xfe\xff"):
                yield string[2:].decode("utf-16-be", errors="replace")
            else:
                yield string.decode("latin-1")
        if b"BT" in part:
            codes = b"".join(strings)
            for known in maps:
                yield "".join(known.get(codes[at : at + 2], "") for at in range(0, len(codes), 2))


def _streams(octets: bytes) -> Iterator[bytes]:
    for match in _STREAM.finditer(octets):
        try:
            yield zlib.decompressobj().decompress(octets[match.end() :])
        except zlib.error:
            continue


def _map(stream: bytes) -> Mapping[bytes, str]:
    """Return what each glyph of a font says (ToUnicode)."""
    return {
        bytes.fromhex(code.decode()): bytes.fromhex(words.decode()).decode("utf-16-be")
        for code, words in _PAIR.findall(stream.partition(b"endcodespacerange")[2])
    }


def _unescaped(string: bytes) -> bytes:
    def said(match: re.Match[bytes]) -> bytes:
        found = match[1]
        octal = found[:1] in _OCTAL
        return bytes([int(found, 8) & 0xFF]) if octal else _LETTERS.get(found, found)

    return _ESCAPE.sub(said, string)
