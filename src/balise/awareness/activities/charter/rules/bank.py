"""The bank of good practices from which a family chooses, as a country's pack tells it. Pure.

A practice says one thing to do, to adults (`says`), to a child (`child`) and in easy-to-read words
(`easy`, one sentence a line). A figure stands in a `reason` alone, beside the study that found it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balise.awareness.activities.charter.rules import PACKAGE
from balise.awareness.activities.charter.rules.picks import Whom
from balise.foundation.packs import PackFaulty, Words, load

# Numbers and texts as signs to type: 32 of them, five bits each, with a check. Pure.
#
# The signs are Crockford's (no I, L, O, U): what was typed with an O for a 0 is read. The check
# finds each wrong sign and each two that were swapped, and what was meant is asked back.
# `static/charter/carrying.js` reads the same.


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


CODE: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Band(TextChoices):
    """Ages of the children of a home; nothing else is asked of them."""

    UNDER_3 = "0-2", pgettext_lazy("ages of children", "Under 3")
    FROM_3 = "3-5", pgettext_lazy("ages of children", "3 to 5")
    FROM_6 = "6-7", pgettext_lazy("ages of children", "6 to 7")
    FROM_8 = "8-10", pgettext_lazy("ages of children", "8 to 10")
    FROM_11 = "11-13", pgettext_lazy("ages of children", "11 to 13")
    FROM_14 = "14-17", pgettext_lazy("ages of children", "14 to 17")


BANDS: Final = tuple(Band)


@dataclass(frozen=True, slots=True)
class Theme:
    """What practices are about; `icon` is a drawing of the house's set."""

    code: str
    label: Words
    icon: str


@dataclass(frozen=True, slots=True)
class Aim:
    """What a family wishes to change."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class Source:
    """A study or a text: who, when, where, of whom; `address` is empty where no page of it is."""

    code: str
    label: Words
    address: str


@dataclass(frozen=True, slots=True)
class Practice:
    """One thing to do. `source` says where the reason comes from; None where it is experience."""

    code: str
    theme: str
    bands: frozenset[Band]
    aims: frozenset[str]
    who: Whom
    says: Words
    child: Words
    easy: Words
    reason: Words
    tip: Words
    source: Source | None = None
    is_withdrawn: bool = False

    @property
    def mark(self) -> int:
        """Return the 16 bits by which a short text names it."""
        return mark_of(self.code)

    def told(self) -> dict[str, Any]:
        """Return it as a pack has it, without its code."""
        words = ("says", "child", "easy", "reason", "tip")
        return {
            "theme": self.theme,
            "bands": [each.value for each in BANDS if each in self.bands],
            "aims": sorted(self.aims),
            "who": self.who.value,
            **{name: dict(getattr(self, name).by_language) for name in words},
            "source": self.source.code if self.source else "",
        }


@dataclass(frozen=True, slots=True)
class Bank:
    """All practices, withdrawn ones among them: a charter that has one still says it."""

    themes: tuple[Theme, ...]
    aims: tuple[Aim, ...]
    sources: tuple[Source, ...]
    practices: tuple[Practice, ...]

    def practice(self, code: str) -> Practice | None:
        """Return the practice with this code."""
        return next((each for each in self.practices if each.code == code), None)

    def of_theme(self, theme: str) -> tuple[Practice, ...]:
        """Return the practices of a theme, withdrawn ones among them."""
        return tuple(each for each in self.practices if each.theme == theme)

    def marked(self, mark: int) -> Practice | None:
        """Return the practice that a short text names by 16 bits."""
        return next((each for each in self.practices if each.mark == mark), None)

    def theme(self, code: str) -> Theme | None:
        """Return the theme with this code."""
        return next((each for each in self.themes if each.code == code), None)

    def aim(self, code: str) -> Aim | None:
        """Return the aim with this code."""
        return next((each for each in self.aims if each.code == code), None)

    def source(self, code: str) -> Source | None:
        """Return the source with this code."""
        return next((each for each in self.sources if each.code == code), None)

    def offered(
        self, bands: Collection[str], aims: Collection[str] = (), *, theme: str = ""
    ) -> tuple[Practice, ...]:
        """Return what suits children of these ages, the family's aims first.

        Without a band, all; of one theme where it is named; withdrawn ones never.
        """
        found = [
            each
            for each in self.practices
            if not each.is_withdrawn
            and (not bands or each.bands & set(bands))
            and theme in {"", each.theme}
        ]
        return tuple(sorted(found, key=lambda each: -len(each.aims & set(aims))))

    def changed(self, practices: Iterable[Practice]) -> "Bank":
        """Return the bank with these practices in the place of theirs, or behind the others."""
        new = {each.code: each for each in practices}
        kept = [new.pop(each.code, each) for each in self.practices]
        return replace(self, practices=(*kept, *new.values()))


def mark_of(code: str) -> int:
    """Return the 16 bits that stand for a code in a short text."""
    return crc24(code.encode()) & 0xFFFF


@cache
def bank(country: str) -> Bank:
    """Return the bank of a country's pack. Raises PackFaulty."""
    pack = load(PACKAGE, country=country, name="practices")
    themes = tuple(
        Theme(str(row["code"]), _words(row, "label"), str(row["icon"])) for row in pack["themes"]
    )
    aims = tuple(Aim(str(row["code"]), _words(row, "label")) for row in pack["aims"])
    sources = tuple(
        Source(str(row["code"]), _words(row, "label"), str(row.get("address", "")))
        for row in pack["sources"]
    )
    empty = Bank(themes, aims, sources, ())
    found = replace(empty, practices=tuple(practice(row, of=empty) for row in pack["practices"]))
    for what in (themes, aims, sources, found.practices):
        _once([each.code for each in what])
    if len({each.mark for each in found.practices}) < len(found.practices):
        raise PackFaulty("practices: two codes have one mark; change the newer code")
    return found


def practice(row: Mapping[str, Any], *, of: Bank) -> Practice:
    """Return one practice of a table. Raises PackFaulty, saying what is unknown in it."""
    code = str(row["code"])
    source = of.source(str(row["source"])) if row.get("source") else None
    aims = frozenset(str(each) for each in row["aims"])
    try:
        bands = frozenset(Band(each) for each in row["bands"])
        who = Whom(row["who"])
    except ValueError as fault:
        raise PackFaulty(f"practices.{code}: {fault}") from None
    unknown = [each for each in aims if of.aim(each) is None]
    if not CODE.fullmatch(code) or of.theme(str(row["theme"])) is None or unknown or not bands:
        raise PackFaulty(
            f"practices.{code}: an unknown theme or aim, no band, or a code that is none"
        )
    if row.get("source") and source is None:
        raise PackFaulty(f"practices.{code}: an unknown source")
    return Practice(
        code=code,
        theme=str(row["theme"]),
        bands=bands,
        aims=aims,
        who=who,
        says=_words(row, "says"),
        child=_words(row, "child"),
        easy=_words(row, "easy"),
        reason=_words(row, "reason"),
        tip=_words(row, "tip"),
        source=source,
    )


def _words(row: Mapping[str, Any], name: str) -> Words:
    return Words.read(row[name], where=f"practices.{row['code']}.{name}")


def _once(codes: Sequence[str]) -> None:
    if len(set(codes)) != len(codes):
        raise PackFaulty("practices: a code is there twice")
