"""The country's class levels and professions, and how a school is known again."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.translation import gettext as _

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused

LONGEST_CODE: Final = 12
_GAP: Final = re.compile(r"[^a-z0-9]+")


class SchoolCodeWrong(Refused, code="school-code-wrong"):
    field = "school_code"


@dataclass(frozen=True, slots=True)
class Schools:
    """The pack: class levels and professions in their order; what the code of a school is.

    A code has so many `digits` and, of `check_letters`, the one that their number gives; where
    `digits` is 0 it is any short word.
    """

    levels: Mapping[str, Words]
    professions: Mapping[str, Words]
    season_starts_in: int
    code_says: Words
    digits: int
    check_letters: str

    def code(self, typed: str) -> str:
        """Return the code of a school as it is written, "" for none; refuse one that is wrong."""
        code = "".join(typed.split()).upper()
        if code and not self._is_right(code):
            raise SchoolCodeWrong(_("This code is not right. Check it, or leave it empty."))
        return code

    def _is_right(self, code: str) -> bool:
        if not code.isascii() or not code.isalnum() or len(code) > LONGEST_CODE:
            return False
        if not self.digits:
            return True
        number, letter = code[: self.digits], code[self.digits :]
        return (
            number.isdigit()
            and len(number) == self.digits
            and letter == self.check_letters[int(number) % len(self.check_letters)]
        )


def name_key(name: str, area: str) -> str:
    """Return what a school without a code is known by: its area, and its name in plain letters."""
    parts = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe"))
    plain = "".join(part for part in parts if not unicodedata.combining(part))
    return f"{area}:{_GAP.sub('-', plain).strip('-')}"[:120]


@cache
def schools(country: str) -> Schools:
    """Return a country's levels and professions; PackFaulty where the pack lacks some."""
    pack = load("balise.awareness.places.fieldwork", country=country, name="schools")
    levels, professions = (
        {row["code"]: Words.read(row["label"], where=f"schools.{table}") for row in pack[table]}
        for table in ("level", "profession")
    )
    if not levels or not professions or levels.keys() & professions.keys():
        raise PackFaulty("schools: levels and professions have codes of their own")
    school = pack["school"]
    return Schools(
        levels,
        professions,
        int(pack["season_starts_in"]),
        Words.read(school["code"], where="schools.code"),
        int(school["digits"]),
        str(school["check_letters"]),
    )
