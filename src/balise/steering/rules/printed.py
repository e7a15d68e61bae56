"""A number as it is printed in French, read: value, unit, and how it stands to the true number.

“22,9 K”, “13,5 Mn €”, “plus de 8 000”. A shortened number is rounded: it is about what it says.
What may be something else is refused: a date, a time of the day, a range, a fraction, an ordinal, a
telephone number, a version, the number of a section, a point before three digits.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused
from balise.foundation.statistics.quantities import Bound, Quantity

LONGEST: Final = 200
_SPACES: Final = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_NUMBER: Final = re.compile(
    r"\d+(?: \d+)*(?:[.,]\d+)?"
    r"|(?<!\w)une?(?= (?:mill(?:ier|ion|iard)|heure|minute|seconde)s?(?!\w))",
    re.IGNORECASE,
)
# What comes before a number that names something: “version 2.1”, “n° 9”, “article 16”.
_NAMES: Final = re.compile(
    r"(?:\b(?:version|num[ée]ro|article|section|chapitre|page|édition|tél|téléphone|objectif|n°|no"
    r"|art|v)\b\.?|n°|[§#/:])\s*:?$",
    re.IGNORECASE,
)
# What goes on with another number: a date, a range, a fraction, a version, a sum, a measure. Of
# the text spaces are one each by then.
_GOES_ON: Final = re.compile(
    r"[.,]\d"
    r"|[’′″\"^-]"
    r"| ?[:×x*=+] ?\d"
    r"| ?[^ \d/–—-]{0,30} ?[/–—-] ?\d"
    r"|(?: ?[^ \d]{1,30})? (?:à|au) \d"
    r"| (?:ou|et) \d"
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
# A year follows these, unless a noun follows it.
_BEFORE_YEAR: Final = frozenset(("en", "depuis", "année", "l’année", "rentrée", "fin", "début"))
_BEFORE_HOUR: Final = frozenset(("à", "de", "dès", "vers", "avant", "après", "entre"))
_LAST_HOUR: Final = 24
_LONGEST_COUNT: Final = 10  # digits after a plus sign; a telephone number has more
_TIMES: Final = {
    "k": 1_000, "K": 1_000, "mille": 1_000, "millier": 1_000, "milliers": 1_000,
    "M": 1_000_000, "Mn": 1_000_000, "Mio": 1_000_000, "million": 1_000_000, "millions": 1_000_000,
    "Md": 1_000_000_000, "Mds": 1_000_000_000, "Mrd": 1_000_000_000,
    "milliard": 1_000_000_000, "milliards": 1_000_000_000,
}  # fmt: skip
_UNITS: Final = {
    "€": "EUR", "EUR": "EUR", "euro": "EUR", "euros": "EUR",
    "%": "%", "h": "hour", "heure": "hour", "heures": "hour",
    "min": "minute", "mn": "minute", "minute": "minute", "minutes": "minute",
    "s": "second", "seconde": "second", "secondes": "second",
}  # fmt: skip
_BEFORE: Final = {
    Bound.AT_LEAST: (
        *("plus de", "plus d’", "+ de", "+", "au moins", "minimum", "déjà", ">", "≥"),
    ),
    Bound.AT_MOST: (
        *("moins de", "moins d’", "presque", "au plus", "maximum", "jusqu’à", "<", "≤"),
    ),
    Bound.ABOUT: (
        *("près de", "environ", "env.", "quelque", "autour de", "à peu près", "de l’ordre de"),
        *("~", "≈"),
    ),
}
_AFTER: Final = {
    Bound.AT_LEAST: ("et plus", "ou plus", "au moins", "+"),
    Bound.AT_MOST: ("au plus", "au maximum", "ou moins"),
    Bound.ABOUT: ("environ",),
}
_MONTHS: Final = frozenset(
    (
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août"),
        *("septembre", "octobre", "novembre", "décembre"),
    )
)
_SHORT_MONTHS: Final = frozenset(
    ("janv.", "févr.", "fév.", "avr.", "juil.", "sept.", "oct.", "nov.", "déc.")
)
_JOINS: Final = ("de ", "d’")
# What follows is said of the number, and is not its unit.
_ENDS: Final = frozenset(
    ("depuis", "en", "dans", "via", "sur", "à", "au", "dont", "pour", "auprès", "lors")
)


class PrintedUnreadable(Refused, code="printed-unreadable"):
    pass


@dataclass(frozen=True, slots=True)
class Printed:
    """A number that was printed; `unit` is “EUR”, “%”, a unit of time, or the noun that follows.

    A share is as it is printed: 97 with “%”.
    """

    quantity: Quantity
    unit: str


def read(text: str) -> Printed:
    """Return the first number of a French text; refuse a text without one, or with a doubt."""
    plain = _SPACES.sub(" ", text).replace("'", "’").strip()
    found = _NUMBER.search(plain) if len(plain) <= LONGEST else None
    if found is None:
        raise PrintedUnreadable(_("No number can be read here."))
    before, after = plain[: found.start()], plain[found.end() :]
    sign, before = _signed(before)
    if _is_something_else(found.group(), before, after):
        raise _doubtful()
    value = _value(found.group())
    times, after = _times(after)
    bound, after = _bound(before, after)
    unit = _unit(after)
    if bound is None and times == 1 and _is_a_time(found.group(), unit, before, after):
        raise _doubtful()
    if bound is None:
        bound = Bound.ABOUT if times > 1 else Bound.EXACT
    return Printed(Quantity(sign * value * times, bound), unit)


def _doubtful() -> PrintedUnreadable:
    return PrintedUnreadable(
        _("This may be a date, a range or something else: enter the number alone.")
    )


def _is_something_else(number: str, before: str, after: str) -> bool:
    """Return whether a number is a part or the name of something, by what stands around it."""
    if before[-1:].isalnum() or _GOES_ON.match(after):
        return True
    # “Facebook : 22,9 K” is a count: a name and a number stand on both sides of a colon there.
    said = before.rstrip()
    if _NAMES.search(said) and not said.endswith(" :"):
        return True
    digits = number.replace(" ", "")
    if digits[0] == "0" and digits[1:2].isdigit():
        return True
    if said.endswith("+") and len(digits) > _LONGEST_COUNT:
        return True
    return "." in number and after.startswith(".")  # “5.4. Objectif”


def _is_a_time(number: str, unit: str, before: str, after: str) -> bool:
    """Return whether a number may be an hour of the day, or a year: “de 9h”, “en 2022”."""
    word = (before.lower().split() or [""])[-1]
    if unit == "hour" and number.isdigit() and int(number) <= _LAST_HOUR:
        return word in _BEFORE_HOUR or _word(after.strip()) == "h"
    is_after = word in _BEFORE_YEAR or word in _MONTHS or word in _SHORT_MONTHS
    return bool(_YEAR.fullmatch(number)) and is_after and not unit


def _signed(before: str) -> tuple[int, str]:
    if before.endswith(("-", "−", "–")) and not before[:-1].strip()[-1:].isdigit():
        return -1, before[:-1]
    return 1, before


def _value(number: str) -> Decimal:
    if number[0] in "uU":
        return Decimal(1)
    whole, mark, decimals = number, "", ""
    for mark in (",", "."):
        if mark in number:
            whole, _mark, decimals = number.partition(mark)
            break
    first, *groups = whole.split(" ")
    parted = groups and (len(first) > 3 or any(len(group) != 3 for group in groups))  # noqa: PLR2004 - thousands
    if parted or (mark == "." and len(decimals) >= 3):  # noqa: PLR2004 - thousands, or a year
        raise _doubtful()
    return Decimal("".join((first, *groups)) + (f".{decimals}" if decimals else ""))


def _times(after: str) -> tuple[int, str]:
    """Return by how much the number is shortened, and what follows."""
    rest = after.lstrip(" ")
    word = _word(rest)
    if word in _TIMES:
        return _TIMES[word], rest[len(word) :]
    if rest and rest is after and rest[0].isalpha() and word not in _UNITS:
        raise _doubtful()  # “2e”, “6ème”
    return 1, after


def _bound(before: str, after: str) -> tuple[Bound | None, str]:
    """Return what the words around the number say of it, and what follows them."""
    said = before.rstrip(" ").lower()
    for bound, words in _BEFORE.items():
        if any(_ends_with(said, word) for word in words):
            return bound, after
    rest = after.strip(" ")
    for bound, words in _AFTER.items():
        for word in words:
            if rest.lower().startswith(word):
                return bound, rest[len(word) :]
            if rest.lower().endswith(f" {word}"):
                return bound, rest[: -len(word)]
    return None, after


def _ends_with(said: str, word: str) -> bool:
    return said.endswith(word) and not said[: -len(word)][-1:].isalpha()


def _unit(after: str) -> str:
    rest = after.strip(" .,;!?")
    for join in _JOINS:
        rest = rest.removeprefix(join)
    if _word(rest) in _UNITS:
        word = _word(rest)
        if rest[len(word) :].lstrip()[:1].isdigit():
            raise _doubtful()  # a time of the day, or a duration of two units
        return _UNITS[word]
    words = rest.split(" ")
    first = words[0].lower()
    if first in _MONTHS | _SHORT_MONTHS or first.startswith("j/") or first.isdigit():
        raise _doubtful()
    noun = []
    for word in words:
        if word.lower() in _ENDS or word.startswith("(") or any(mark.isdigit() for mark in word):
            break
        noun.append(word)
    while noun and noun[-1] in {"et", "ou"}:  # before another number
        noun.pop()
    return " ".join(noun).strip(" :.,;/")


def _word(text: str) -> str:
    """Return the word that a text begins with; a sign is a word of its own."""
    end = 0
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[: end or 1]
