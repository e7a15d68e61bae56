"""Which network an IP address is in: a table of millions of addresses as one file, read in place.

The source is a pair of CSV files of ranges (`first,last,asn,organisation`, numbers, inclusive).
They are packed once into arrays that a process maps into memory in milliseconds and searches by
bisection; processes share the pages.
"""

import csv
import json
import mmap
import os
import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

_MAGIC = b"balise networks 1\n"
_LENGTH = struct.Struct("<I")
_LOW = (1 << 64) - 1
_ALIGN = 8

type _Element = Literal["I", "Q"]

# The arrays in the file, in order: name and element type (I: 32 bits, Q: 64 bits, native order).
_ARRAYS: tuple[tuple[str, _Element], ...] = (
    ("first4", "I"),
    ("last4", "I"),
    ("owner4", "I"),
    ("first6_high", "Q"),
    ("first6_low", "Q"),
    ("last6_high", "Q"),
    ("last6_low", "Q"),
    ("owner6", "I"),
    ("asn", "I"),
    ("name_at", "I"),
)


@dataclass(frozen=True, slots=True)
class Network:
    """An autonomous system: its number, and its organisation as the data names it."""

    asn: int
    name: str


class IndexFaulty(ValueError):
    """The file is no index of ours, or is cut short."""


def pack(v4: Iterable[list[str]], v6: Iterable[list[str]], *, source: str) -> bytes:
    """Return the index of two tables of rows `[first, last, asn, organisation]`.

    `source` is kept in the index and tells whether it is still that of the files at hand.
    """
    arrays = {name: array(kind) for name, kind in _ARRAYS}
    owners: dict[tuple[int, str], int] = {}
    for first, last, asn, name in sorted(_rows(v4)):
        arrays["first4"].append(first)
        arrays["last4"].append(last)
        arrays["owner4"].append(owners.setdefault((asn, name), len(owners)))
    for first, last, asn, name in sorted(_rows(v6)):
        arrays["first6_high"].append(first >> 64)
        arrays["first6_low"].append(first & _LOW)
        arrays["last6_high"].append(last >> 64)
        arrays["last6_low"].append(last & _LOW)
        arrays["owner6"].append(owners.setdefault((asn, name), len(owners)))
    names = bytearray()
    for asn, name in owners:
        arrays["asn"].append(asn)
        arrays["name_at"].append(len(names))
        names += name.encode()
    arrays["name_at"].append(len(names))
    return _laid_out(arrays, bytes(names), source)


def _rows(table: Iterable[list[str]]) -> Iterator[tuple[int, int, int, str]]:
    for first, last, asn, name, *_rest in table:
        yield int(first), int(last), int(asn), name


def _laid_out(arrays: dict[str, "array[int]"], names: bytes, source: str) -> bytes:
    parts = {name: arrays[name].tobytes() for name, _ in _ARRAYS} | {"names": names}
    sizes = {name: len(part) for name, part in parts.items()}
    header = json.dumps({"source": source, "order": sys.byteorder, "sizes": sizes}).encode()
    packed = bytearray(_MAGIC + _LENGTH.pack(len(header)) + header)
    for part in parts.values():
        packed += b"\0" * (-len(packed) % _ALIGN)
        packed += part
    return bytes(packed)


class NetworkIndex:
    """An index opened for search; `close` is left to the process's end."""

    def __init__(self, packed: memoryview) -> None:
        start = len(_MAGIC) + _LENGTH.size
        if bytes(packed[: len(_MAGIC)]) != _MAGIC:
            raise IndexFaulty("no network index")
        (length,) = _LENGTH.unpack(packed[len(_MAGIC) : start])
        try:
            header = json.loads(bytes(packed[start : start + length]))
        except ValueError:
            raise IndexFaulty("cut short") from None
        if header["order"] != sys.byteorder:
            raise IndexFaulty("written on a machine of the other byte order")
        self.source: str = header["source"]
        place = start + length
        parts: dict[str, memoryview] = {}
        for name, size in header["sizes"].items():
            place += -place % _ALIGN
            parts[name] = packed[place : place + size]
            place += size
            if place > len(packed):
                raise IndexFaulty("cut short")
        self._names = parts.pop("names")
        views: dict[str, memoryview] = {name: parts[name].cast(kind) for name, kind in _ARRAYS}
        self._first4, self._last4 = views["first4"], views["last4"]
        self._owner4 = views["owner4"]
        self._first6 = (views["first6_high"], views["first6_low"])
        self._last6 = (views["last6_high"], views["last6_low"])
        self._owner6 = views["owner6"]
        self._asn, self._name_at = views["asn"], views["name_at"]

    @classmethod
    def open(cls, path: Path) -> Self:
        """Return the index in a file, mapped; raise IndexFaulty or OSError."""
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size < len(_MAGIC) + _LENGTH.size:
                raise IndexFaulty("no network index")
            return cls(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))

    def __len__(self) -> int:
        return len(self._first4) + len(self._owner6)

    def network_of(self, number: int, *, version: int) -> Network | None:
        """Return the network of an IP address given as a number, or None where none is known."""
        owner = self._owner_v4(number) if version == 4 else self._owner_v6(number)  # noqa: PLR2004
        if owner is None:
            return None
        name = bytes(self._names[self._name_at[owner] : self._name_at[owner + 1]]).decode()
        return Network(self._asn[owner], name)

    def _owner_v4(self, number: int) -> int | None:
        place = bisect_right(self._first4, number) - 1
        if place < 0 or number > self._last4[place]:
            return None
        return self._owner4[place]

    def _owner_v6(self, number: int) -> int | None:
        high, low = number >> 64, number & _LOW
        highs, lows = self._first6
        end = bisect_right(highs, high)
        start = bisect_left(highs, high, 0, end)
        # Within one /64 the lower halves decide; before its first range, the range before does.
        place = bisect_right(lows, low, start, end) - 1
        if place < 0 or (high, low) > (self._last6[0][place], self._last6[1][place]):
            return None
        return self._owner6[place]


def read_tables(v4: Path, v6: Path, *, source: str) -> bytes:
    """Return the packed index of two CSV files; a row that cannot be read stops it (ValueError)."""
    with (
        v4.open(encoding="utf-8", newline="") as table4,
        v6.open(encoding="utf-8", newline="") as table6,
    ):
        return pack(csv.reader(table4), csv.reader(table6), source=source)


def write(packed: bytes, path: Path) -> None:
    """Replace an index in one step: a reader sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_bytes(packed)
    unfinished.replace(path)
