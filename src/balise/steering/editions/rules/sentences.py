"""The numbers that a sentence says, read as its language writes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from balise.steering.rules.cells import as_printed

_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
)
# What is written in digits and counts nothing: days, hours, years, ordinals.
_NO_COUNT: Final = re.compile(
    rf"\b\d{{4}}-\d\d(?:-\d\d)?\b"
    rf"|\b\d{{1,2}}(?:er)?(?=\s(?:{_MONTHS})\b)"
    rf"|\b\d{{1,2}}\s?h\b(?:\s?\d\d\b)?"
    rf"|\b\d{{1,2}}:\d\d\b"
    rf"|\b(?:19|20)\d\d\b(?![,.\u202f\u00a0]\d)"
    rf"|\b\d+(?:er|re|e|st|nd|rd|th)\b",
    re.IGNORECASE,
)
_NUMBER: Final = {
    "fr": re.compile(
        r"(?<![\w,])(\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}|\d{1,15})(?:,(\d{1,6}))?(?!\d)"
    ),
    "en": re.compile(r"(?<![\w.])(\d{1,3}(?:,\d{3}){1,4}|\d{1,15})(?:\.(\d{1,6}))?(?!\d)"),
}
_SCALE: Final = re.compile(r"[ \u00a0\u202f]?(%|[kK]\b|M\b|millions?\b)")
_SCALES: Final = {"%": Decimal("0.01"), "k": Decimal(1_000), "m": Decimal(1_000_000)}
_NO_DIGIT: Final = re.compile(r"\D")


@dataclass(frozen=True, slots=True)
class Said:
    """A number as it is printed: its value before the scale, and its decimals."""

    words: str
    value: Decimal
    scale: Decimal
    decimals: int

    def says(self, number: Decimal) -> bool:
        """Return whether this is how that number is printed, rounded to as many decimals.

        A whole one says a count as it is, and a mean that is printed without decimals (15.02).
        """
        if self.scale == 1 and not self.decimals:
            return as_printed(number) == self.value
        step = Decimal(1).scaleb(-self.decimals)
        return (number / self.scale).quantize(step, ROUND_HALF_UP) == self.value


def numbers_in(text: str, language: str) -> Iterator[Said]:
    """Yield the numbers of a text in this language; days, hours, years and ordinals are none."""
    text = _NO_COUNT.sub(" ; ", text)
    for found in _NUMBER.get(language, _NUMBER["en"]).finditer(text):
        whole, decimals = found[1], found[2] or ""
        scale = _SCALE.match(text, found.end())
        digits = _NO_DIGIT.sub("", whole)
        yield Said(
            found[0],
            Decimal(f"{digits}.{decimals}" if decimals else digits),
            _SCALES[scale[1][0].lower()] if scale else Decimal(1),
            len(decimals),
        )
