"""Words that let a message be read sooner. A word raises the risk and never lowers it.

A list finds some of those who are in danger, never all: what it does not find is judged by a
listener as everything else is. It is a country's data, and its people's to correct.
"""

import re
import unicodedata
from functools import cache

from balise.foundation.packs import PackFaulty, load
from balise.helpline.channels.rules import PACKAGE
from balise.helpline.queue.rules import Risk

# A: now, in so many words. B: a word that is not said lightly.
LEVELS = (Risk.A, Risk.B)
_GAP = re.compile(r"[^a-z0-9]+")


@cache
def risk_words(country: str) -> dict[Risk, re.Pattern[str]]:
    """Return, for each level, what finds its words; PackFaulty where the pack is wrong."""
    pack = load(PACKAGE, country=country, name="risk_words")
    found: dict[Risk, re.Pattern[str]] = {}
    for level in LEVELS:
        words = [plain(word) for word in pack.get(level.value, [])]
        if not words or not all(words):
            raise PackFaulty(f"risk_words.{level}: at least one word, none of them empty")
        alternatives = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
        found[level] = re.compile(rf"(?<![a-z0-9])(?:{alternatives})(?![a-z0-9])")
    return found


def risk_of(text: str, *, country: str) -> Risk:
    """Return the risk that the words of a message tell: A, B, or F where they tell nothing."""
    read = plain(text)
    for level, words in risk_words(country).items():
        if words.search(read):
            return level
    return Risk.F


def plain(text: str) -> str:
    """Return a text as it is compared: small letters without accents, one space between words."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in letters if not unicodedata.combining(one))
    return _GAP.sub(" ", bare).strip()
