"""Codes in words, for someone without a name: they can be said on the telephone and remembered.

From the lists of BIP 39: 2 048 short words, each known by its first four letters, so that eight
hold 88 bits, and a slip at the end of a word is forgiven. What is too long for words is a receipt.
"""

import secrets
import unicodedata
from functools import cache

from mnemonic import Mnemonic

_KNOWN_BY = 4
_LANGUAGES = {"fr": "french", "en": "english"}
_LONGEST = 300


def new_phrase(language: str, *, words: int) -> list[str]:
    """Return so many random words of a language, with their accents."""
    return [secrets.choice(word_list(language)) for _nth in range(words)]


def word_list(language: str) -> tuple[str, ...]:
    """Return the words of a language (`fr`, `en`; English for others), with their accents."""
    return tuple(Mnemonic(_LANGUAGES.get(language[:2], "english")).wordlist)


def canonical(phrase: list[str]) -> str:
    """Return the words as they are indexed: lower case, without accents, one space between."""
    return " ".join(_bare(word) for word in phrase)


def read_phrase(text: str, *, words: int) -> list[str]:
    """Return what so many words may mean, canonically: one reading for each language they fit.

    Forgives case, accents, commas, and the end of a word after its fourth letter.
    """
    given = [
        _bare(word) for word in text[:_LONGEST].replace(",", " ").replace("-", " ").split() if word
    ]
    if len(given) != words:
        return []
    readings = ([_known(each).get(word[:_KNOWN_BY], "") for word in given] for each in _LANGUAGES)
    return list(dict.fromkeys(" ".join(reading) for reading in readings if all(reading)))


@cache
def _known(language: str) -> dict[str, str]:
    return {_bare(word)[:_KNOWN_BY]: _bare(word) for word in word_list(language)}


def _bare(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.strip(" .;:").lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
