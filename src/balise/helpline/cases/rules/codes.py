"""Eight words by which someone without a name opens their own file again.

From the lists of BIP 39: 2 048 short words, each known by its first four letters, so that eight
hold 88 bits, can be said on the telephone, and forgive a slip at the end of a word.
"""

import unicodedata
from functools import cache

from django.utils.translation import gettext as _
from mnemonic import Mnemonic

from balise.foundation.refusals import Refused

COUNT = 8
_KNOWN_BY = 4
_LANGUAGES = {"fr": "french", "en": "english"}
_LONGEST = 300


class CodeUnknown(Refused):
    """No file opens with this code, or it cannot be one."""

    code = "case-code-unknown"


def word_list(language: str) -> tuple[str, ...]:
    """Return the words of a language (`fr`, `en`; English for others), with their accents."""
    return tuple(Mnemonic(_LANGUAGES.get(language[:2], "english")).wordlist)


def canonical(words: list[str]) -> str:
    """Return the words as they are indexed: lower case, without accents, one space between."""
    return " ".join(_bare(word) for word in words)


def read_words(text: str) -> list[str]:
    """Return what eight words may mean, canonically: one reading for each language they fit.

    Forgives case, accents, commas, and the end of a word after its fourth letter.
    """
    given = [
        _bare(word) for word in text[:_LONGEST].replace(",", " ").replace("-", " ").split() if word
    ]
    if len(given) != COUNT:
        return []
    found = []
    for language in _LANGUAGES:
        read = [_known(language).get(word[:_KNOWN_BY]) for word in given]
        words = [word for word in read if word is not None]
        if len(words) == COUNT:
            found.append(" ".join(words))
    return list(dict.fromkeys(found))


def unknown() -> CodeUnknown:
    """Return the one refusal for every code that opens nothing."""
    return CodeUnknown(
        _("No case opens with this code. Check it word by word, or continue without it.")
    )


@cache
def _known(language: str) -> dict[str, str]:
    return {_bare(word)[:_KNOWN_BY]: _bare(word) for word in word_list(language)}


def _bare(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.strip(" .;:").lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
