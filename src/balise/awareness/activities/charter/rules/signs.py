"""Numbers and texts as signs to type: 32 of them, five bits each, with a check. Pure.

The signs are Crockford's (no I, L, O, U): what was typed with an O for a 0 is read. The check finds
each wrong sign and each two that were swapped, and what was meant is asked back.
`static/charter/carrying.js` reads the same.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Final

SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK: Final = 5  # signs at the end: 24 bits, and one 0 before them
_BITS: Final = 5
_GROUP: Final = 4
_LONGEST_TEXT: Final = 255  # octets
_SPACES: Final = " -\N{EN DASH}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\r\n\t."
_TYPED: Final = str.maketrans("OILU", "011V", _SPACES)
_POLYNOMIAL: Final = 0x864CFB  # the CRC-24 of OpenPGP (RFC 9580, 6.1)
_BEGINS: Final = 0xB704CE


class Bits:
    """Numbers and texts written one behind the other, and read again in the same order."""

    def __init__(self, signs: str = "") -> None:
        self._written = "".join(f"{SIGNS.index(each):05b}" for each in signs)
        self._at = 0

    def put(self, number: int, bits: int) -> None:
        """Write a number in so many bits."""
        self._written += f"{number:0{bits}b}"

    def take(self, bits: int) -> int:
        """Return the number in the next bits. Raises ValueError where there are no more."""
        taken = self._written[self._at : self._at + bits]
        if len(taken) < bits:
            raise ValueError("the text is too short")
        self._at += bits
        return int(taken, 2)

    def put_text(self, text: str) -> None:
        """Write a text: whether there is one, its octets in eight bits, its UTF-8."""
        octets = text.encode()[:_LONGEST_TEXT].decode(errors="ignore").encode()
        self.put(bool(octets), 1)
        if octets:
            self.put(len(octets), 8)
            self.put(int.from_bytes(octets), 8 * len(octets))

    def take_text(self) -> str:
        """Return the next text. Raises ValueError for what is none."""
        if not self.take(1):
            return ""
        octets = self.take(8)
        return self.take(8 * octets).to_bytes(octets).decode() if octets else ""

    def signs(self) -> str:
        """Return all that was written, with its check."""
        written = self._written + "0" * (-len(self._written) % _BITS)
        numbers = [int(written[at : at + _BITS], 2) for at in range(0, len(written), _BITS)]
        return "".join(SIGNS[each] for each in numbers) + _check(numbers)


def typed(text: str) -> str:
    """Return the signs that someone typed: without spaces, with a 0 for an O."""
    return text.upper().translate(_TYPED)


def shown(signs: str) -> str:
    """Return signs in groups of four, as they are printed."""
    return " ".join(signs[at : at + _GROUP] for at in range(0, len(signs), _GROUP))


def is_whole(signs: str) -> bool:
    """Return whether the check at the end is that of the signs before it."""
    return set(signs) <= set(SIGNS) and _is_whole([SIGNS.index(each) for each in signs])


def meant(signs: str) -> str:
    """Return the signs with the one slip that explains them; "" where none does."""
    numbers = [SIGNS.index(each) for each in signs if each in SIGNS]
    found = next(filter(_is_whole, _slips(numbers)), [])
    return "".join(SIGNS[each] for each in found)


def _slips(numbers: list[int]) -> Iterator[list[int]]:
    """Yield what someone may have had before them: two signs swapped, then one sign wrong."""
    for at, (one, other) in enumerate(pairwise(numbers)):
        if one != other:
            yield [*numbers[:at], other, one, *numbers[at + 2 :]]
    for at in range(len(numbers)):
        for other in range(len(SIGNS)):
            yield [*numbers[:at], other, *numbers[at + 1 :]]


def _is_whole(numbers: list[int]) -> bool:
    before, check = numbers[:-CHECK], numbers[-CHECK:]
    return bool(before) and _check(before) == "".join(SIGNS[each] for each in check)


def crc24(octets: Iterable[int]) -> int:
    """Return the CRC-24 of octets."""
    crc, table = _BEGINS, _table()
    for each in octets:
        crc = (crc << 8 & 0xFFFFFF) ^ table[(crc >> 16) ^ each]
    return crc


def _check(numbers: list[int]) -> str:
    crc = crc24(numbers)
    return "".join(SIGNS[crc >> _BITS * at & 31] for at in reversed(range(CHECK)))


@cache
def _table() -> tuple[int, ...]:
    return tuple(_shifted(octet) for octet in range(256))


def _shifted(octet: int) -> int:
    crc = octet << 16
    for _bit in range(8):
        crc <<= 1
        if crc & 0x1000000:
            crc ^= 0x1000000 | _POLYNOMIAL
    return crc
