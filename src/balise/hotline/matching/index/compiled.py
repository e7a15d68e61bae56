"""How a segment is searched by functions that numba compiles: the extra `balise[matching]`.

Importing this takes half a second, compiling two more, once on a machine: numba keeps what it
compiled beside this file, or where NUMBA_CACHE_DIR says.
"""

from typing import Any, Final

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from balise.hotline.matching.index.segments import WORDS, Found, Hashes, Segment

_ROOM: Final = 256  # of what is found; more takes another round
_AHEAD: Final = 16  # buckets that are fetched before they are read
_LINES: Final = 6  # of memory that are fetched of a bucket; the processor sees the rest coming
_LINE: Final = np.uint64(8)  # numbers in a line
_PAIR: Final = np.uint64(2)
_ONE: Final = np.uint64(1)
_LOW: Final = np.uint64(0xFFFFFFFF)
_WORD: Final = np.uint64(0xFFFF)
_HALF: Final = np.uint64(16)
_ROW: Final = np.uint64(32)
_FAR: Final = np.uint64(256)


def search(segment: Segment, asked: Hashes, within: int) -> list[Found]:
    """Return all that lies within so many bits, at most 31, of each hash."""
    asked, ends = np.array(asked), np.empty(len(asked), np.int64)  # one type: compiled once
    room = _ROOM
    while True:
        rows, far = np.empty(room, np.uint32), np.empty(room, np.uint8)
        entries = segment.entries.reshape(-1)
        needed = _look(segment.starts, entries, segment.hashes, asked, within, ends, rows, far)
        if needed <= room:
            break
        room = needed
    ids, far = segment.ids[rows[:needed]], far[:needed]
    if needed > 1:
        of_hash = np.repeat(np.arange(len(asked)), np.diff(ends, prepend=0))
        order = np.lexsort((ids, far, of_hash))
        ids, far = ids[order], far[order]
    found, start = [], 0
    for end in ends.tolist():
        found.append(Found(ids[start:end], far[start:end]))
        start = end
    return found


def _written_ones(_context: Any, _number: Any) -> Any:
    """Count the bits of a number that are set."""

    def written(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), written


def _written_fetch(_context: Any, entries: Any, _place: Any) -> Any:
    """Have memory brought near the processor, without waiting for it."""

    def written(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        pointer = builder.gep(array.data, [arguments[1]])
        number = ir.IntType(32)
        does = ir.FunctionType(ir.VoidType(), [pointer.type, number, number, number])
        tools: Any = cgutils
        called = tools.get_or_insert_function(builder.module, does, "llvm.prefetch.p0")
        builder.call(called, [pointer, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(entries, types.uint64), written


_ones: Any = intrinsic(_written_ones)
_fetch: Any = intrinsic(_written_fetch)


def _compiled(function: Any) -> Any:
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # no folder to keep it in
        return numba.njit(nogil=True)(function)


def _written_word(hashes: Any, place: Any, word: Any) -> Any:
    """Return one of the sixteen words of a hash."""
    shift = np.uint64(48 - 16 * (word % 4))
    return np.int64((hashes[place, word // 4] >> shift) & _WORD)


_word = _compiled(_written_word)


def _written_buckets(starts: Any, words: Any, count: Any, first: Any, last: Any) -> None:
    """Write where each bucket that has to be read begins and ends; those beyond are empty."""
    first[:], last[:] = np.uint64(0), np.uint64(0)
    values = (len(first) - _AHEAD) // WORDS
    for word in range(WORDS):
        table = np.uint64(word) * count
        for change in range(values):
            value = words[word]
            if change:
                value ^= 1 << (change - 1)
            bucket = word * values + change
            first[bucket] = (table + np.uint64(starts[word, value])) * _PAIR
            last[bucket] = (table + np.uint64(starts[word, value + 1])) * _PAIR


_buckets = _compiled(_written_buckets)


def _written_sketches(words: Any, low: Any, high: Any) -> None:
    """Write the six words after each word: two, then four."""
    for word in range(WORDS):
        sketch = np.uint64(0)
        for step in range(1, 7):
            sketch = (sketch << _HALF) | np.uint64(words[(word + step) % WORDS])
            if step == 2:  # noqa: PLR2004
                low[word], sketch = sketch, np.uint64(0)
        high[word] = sketch


_sketches = _compiled(_written_sketches)


def _written_bring(entries: Any, first: Any, last: Any) -> None:
    """Fetch the beginning of a bucket that will soon be read."""
    for _line in range(_LINES):
        if first < last:
            _fetch(entries, first)
        first += _LINE


_bring = _compiled(_written_bring)


def _written_apart(entries: Any, entry: Any, two: Any, four: Any) -> Any:
    """Return how many of the 96 bits beside an entry differ."""
    return _ones((entries[entry] & _LOW) ^ two) + _ones(entries[entry + _ONE] ^ four)


_apart = _compiled(_written_apart)


def _written_nearest(entries: Any, first: Any, last: Any, two: Any, four: Any) -> Any:
    """Return the least that `_apart` says of a bucket: without a branch, eight entries at once."""
    nearest = _FAR
    for entry in range(first, last, _PAIR):
        nearest = min(nearest, _apart(entries, entry, two, four))
    return nearest


_nearest = _compiled(_written_nearest)


def _written_distance(hashes: Any, row: Any, asked: Any, place: Any) -> Any:
    """Return how many bits of two hashes differ."""
    distance = np.uint64(0)
    for part in range(4):
        distance += _ones(hashes[row, part] ^ asked[place, part])
    return distance


_distance = _compiled(_written_distance)


def _written_is_new(hashes: Any, row: Any, words: Any, word: Any, radius: Any) -> Any:
    """Return whether no word before this one has found the row already."""
    for before in range(word):
        if _ones(np.uint64(_word(hashes, row, before) ^ words[before])) <= radius:
            return False
    return True


_is_new = _compiled(_written_is_new)


def _written_look(
    starts: Any,
    entries: Any,
    hashes: Any,
    asked: Any,
    within: Any,
    ends: Any,
    rows: Any,
    far: Any,
) -> Any:
    """Write rows and distances of what is found; return how many they are, also if they are more.

    `ends` says up to where they belong to each hash.
    """
    radius, limit = within // WORDS, np.uint64(within)
    values = 1 + 16 * radius
    first = np.empty(WORDS * values + _AHEAD, np.uint64)
    last = np.empty_like(first)
    low, high = np.empty(WORDS, np.uint64), np.empty(WORDS, np.uint64)
    words = np.empty(WORDS, np.int64)
    found = 0
    for place in range(len(asked)):
        for word in range(WORDS):
            words[word] = _word(asked, place, word)
        _buckets(starts, words, np.uint64(len(hashes)), first, last)
        _sketches(words, low, high)
        for bucket in range(_AHEAD):
            _bring(entries, first[bucket], last[bucket])
        for bucket in range(WORDS * values):
            _bring(entries, first[bucket + _AHEAD], last[bucket + _AHEAD])
            word = bucket // values
            two, four = low[word], high[word]
            if _nearest(entries, first[bucket], last[bucket], two, four) > limit:
                continue
            for entry in range(first[bucket], last[bucket], _PAIR):
                if _apart(entries, entry, two, four) > limit:
                    continue
                row = np.int64(entries[entry] >> _ROW)
                distance = _distance(hashes, row, asked, place)
                if distance <= limit and _is_new(hashes, row, words, word, radius):
                    if found < len(rows):
                        rows[found], far[found] = row, distance
                    found += 1
        ends[place] = found
    return found


_look = _compiled(_written_look)


def prepare() -> None:
    """Compile, or load what was compiled, before anyone waits for it."""
    starts, numbers = np.zeros((WORDS, 2), np.uint32), np.empty(0, np.uint64)
    hashes, asked = np.empty((0, 4), np.uint64), np.empty((0, 4), np.uint64)
    for array in (starts, numbers, hashes):
        array.flags.writeable = False  # as those of a file are
    rows, far = np.empty(0, np.uint32), np.empty(0, np.uint8)
    _look(starts, numbers, hashes, asked, 0, np.empty(0, np.int64), rows, far)
