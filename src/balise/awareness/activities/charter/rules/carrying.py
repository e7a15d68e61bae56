"""A charter as a short text: for the square that a telephone reads, and to type by hand. Pure.

The text is the charter: nothing is kept anywhere. Version 1, with the bits of each number: version
4, homes 2, is counted 1, counted 3, bands 6, aims 8, day finished 14, title, rules 6. Each rule:
own 1, its number 3 or its mark 16, by 1, whom 2, standing 2, has a place 1, home 2 where there are
two, last day 14 of a trial, then says, why and tries. Days count from 1 January 2026; 0 is none.
Rules with a place in the child's order come first, in it. `static/charter/carrying.js` reads this.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from balise.awareness.activities.charter.rules import bank as charter_bank
from balise.awareness.activities.charter.rules.bank import BANDS, Bank, mark_of
from balise.awareness.activities.charter.rules.charter import (
    OWN,
    Charter,
    CharterDamaged,
    CharterNewer,
    NoCharter,
)
from balise.awareness.activities.charter.rules.picks import (
    MOST_PICKS,
    By,
    Pick,
    Standing,
    What,
    Whom,
)

VERSION: Final = 1
LONGEST: Final = 4_000  # signs; no square holds more
_SHORTEST: Final = 14
_EPOCH: Final = date(2026, 1, 1)
_DAYS: Final = 14
_AIMS: Final = 8
_BY: Final = tuple(By)
_WHOM: Final = tuple(Whom)
_STANDING: Final = tuple(Standing)


class CodeMistyped(CharterDamaged, code="code-mistyped"):
    """A sign is wrong; `meant` is the text without the slip that explains it, "" without one."""

    field = "code"

    def __init__(self, message: str, meant: str = "") -> None:
        super().__init__(message)
        self.meant = meant


@dataclass(frozen=True, slots=True)
class Carried:
    """A charter that was read; `lost` rules of it are not in our bank."""

    charter: Charter
    lost: int


def write(charter: Charter, *, bank: Bank, with_words: bool) -> str:
    """Return a charter as a text; `with_words` of the family, or short enough to be typed."""
    charter = charter if with_words else charter.without_words()
    bits = charter_bank.Bits()
    bits.put(VERSION, 4)
    bits.put(charter.homes, 2)
    bits.put(charter.is_counted, 1)
    for what in What:
        bits.put(what in charter.counted, 1)
    for band in BANDS:
        bits.put(band in charter.bands, 1)
    for aim in _aims(bank):
        bits.put(aim in charter.aims, 1)
    _put_day(bits, charter.made)
    bits.put_text(charter.title)
    picks = sorted(charter.picks.items(), key=lambda one: one[1].rank or MOST_PICKS + 1)
    bits.put(len(picks), 6)
    for code, pick in picks:
        _put_code(bits, code)
        _put_pick(bits, pick, has_homes=charter.homes > 1)
    return bits.signs()


def read(text: str, *, bank: Bank) -> Carried:
    """Return the charter that a text is.

    Raises NoCharter for what is no such text, CodeMistyped with what was meant, CharterNewer.
    """
    typed = charter_bank.typed(text)
    if not _SHORTEST <= len(typed) <= LONGEST or not set(typed) <= set(charter_bank.SIGNS):
        raise NoCharter(_("This is not the code of a family charter."))
    if not charter_bank.is_whole(typed):
        raise CodeMistyped(
            _("A sign of this code is wrong or missing. Compare it with the paper."),
            charter_bank.meant(typed),
        )
    bits = charter_bank.Bits(typed[: -charter_bank.CHECK])
    if bits.take(4) > VERSION:
        raise CharterNewer(
            _("This charter was made with a newer version. Open it on the site that made it.")
        )
    try:
        return _read(bits, bank)
    except (ValueError, IndexError, OverflowError):
        raise CharterDamaged(
            _("This charter is damaged. Open another copy, or begin a new one.")
        ) from None


def _read(bits: charter_bank.Bits, bank: Bank) -> Carried:
    homes = bits.take(2)
    begun = Charter(
        homes=homes,
        is_counted=bool(bits.take(1)),
        counted=tuple(what.value for what in What if bits.take(1)),
        bands=tuple(band.value for band in BANDS if bits.take(1)),
        aims=tuple(aim for aim in _aims(bank) if bits.take(1) and aim),
        made=_take_day(bits),
        title=bits.take_text(),
    )
    picks: dict[str, Pick] = {}
    lost = places = 0
    for _nth in range(bits.take(6)):
        code = _take_code(bits, bank)
        pick, has_place = _take_pick(bits, has_homes=homes > 1)
        if not code:
            lost += 1
            continue
        places += has_place
        picks[code] = replace(pick, rank=places if has_place else 0)
    return Carried(Charter.read(replace(begun, picks=picks).told()), lost)


def _put_code(bits: charter_bank.Bits, code: str) -> None:
    own = code.removeprefix(OWN) if code.startswith(OWN) else ""
    bits.put(bool(own), 1)
    bits.put(int(own) if own else mark_of(code), 3 if own else 16)


def _take_code(bits: charter_bank.Bits, bank: Bank) -> str:
    """Return the code of a rule, "" for one that our bank does not have."""
    if bits.take(1):
        return f"{OWN}{bits.take(3)}"
    known = bank.marked(bits.take(16))
    return known.code if known else ""


def _put_pick(bits: charter_bank.Bits, pick: Pick, *, has_homes: bool) -> None:
    bits.put(_BY.index(pick.by), 1)
    bits.put(_WHOM.index(pick.whom), 2)
    bits.put(_STANDING.index(pick.standing), 2)
    bits.put(pick.rank > 0, 1)
    if has_homes:
        bits.put(pick.home, 2)
    if pick.standing is Standing.TRIAL:
        _put_day(bits, pick.until)
    for text in (pick.says, pick.why, pick.tries):
        bits.put_text(text)


def _take_pick(bits: charter_bank.Bits, *, has_homes: bool) -> tuple[Pick, bool]:
    by, whom, standing = _BY[bits.take(1)], _WHOM[bits.take(2)], _STANDING[bits.take(2)]
    has_place = bool(bits.take(1))
    home = bits.take(2) if has_homes else 0
    until = _take_day(bits) if standing is Standing.TRIAL else None
    says, why, tries = bits.take_text(), bits.take_text(), bits.take_text()
    pick = Pick(by, whom, 0, standing, until, home, says=says, why=why, tries=tries)
    return pick, has_place


def _aims(bank: Bank) -> list[str]:
    """Return the aims by their bit: a pack adds new ones behind the others."""
    codes = [each.code for each in bank.aims][:_AIMS]
    return codes + [""] * (_AIMS - len(codes))


def _put_day(bits: charter_bank.Bits, day: date | None) -> None:
    bits.put(max((day - _EPOCH).days, 1) if day else 0, _DAYS)


def _take_day(bits: charter_bank.Bits) -> date | None:
    days = bits.take(_DAYS)
    return _EPOCH + timedelta(days=days) if days else None
