"""Codes in words, for someone without a name: they can be said on the telephone and remembered.

From the lists of BIP 39: 2 048 short words, each known by its first four letters, so that eight
hold 88 bits, and a slip at the end of a word is forgiven. What is too long for words is a receipt.
"""

import secrets
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import islice, product
from typing import Final

from mnemonic import Mnemonic

WORDS: Final = 6  # of a code that keeps something for someone who is not known: 66 bits
_KNOWN_BY = 4
LANGUAGES: Final = {"fr": "french", "en": "english"}
_LONGEST = 300
_NEAR = 2  # letters that are missing, too many, wrong or swapped in a word
_SLIPS = 2  # words of a phrase that may be in no list
_MOST = 7  # phrases that are proposed: as many as neighbours of eight words that can be swapped


def new_phrase(language: str, *, words: int) -> list[str]:
    """Return so many random words of a language, with their accents."""
    return [secrets.choice(word_list(language)) for _nth in range(words)]


@cache
def word_list(language: str) -> tuple[str, ...]:
    """Return the words of a language (`fr`, `en`; English for others), with their accents."""
    words = Mnemonic(LANGUAGES.get(language[:2], "english")).wordlist
    return tuple(unicodedata.normalize("NFC", word) for word in words)


def canonical(phrase: list[str]) -> str:
    """Return the words as they are indexed: lower case, without accents, one space between."""
    return " ".join(_bare(word) for word in phrase)


def read_phrase(text: str, *, words: int) -> list[str]:
    """Return what so many words may mean, canonically: one reading for each language they fit.

    Forgives case, accents, commas, and the end of a word after its fourth letter.
    """
    given = _given(text)
    if len(given) != words:
        return []
    readings = ([_known(each).get(word[:_KNOWN_BY], "") for word in given] for each in LANGUAGES)
    return list(dict.fromkeys(" ".join(reading) for reading in readings if all(reading)))


def places(text: str, *, words: int) -> list[list[int]]:
    """Return the places in its list of so many words, for each language whose words they all are.

    Forgives what `read_phrase` forgives.
    """
    given = [word[:_KNOWN_BY] for word in _given(text)]
    if len(given) != words:
        return []
    readings = ([_placed(each).get(word, -1) for word in given] for each in LANGUAGES)
    return [reading for reading in readings if -1 not in reading]


def strange(text: str, *, words: int) -> list[int]:
    """Return which of so many words, from 1, are in no list of the language that fits them best.

    Nothing for another number of words, and where no word is known: it is no phrase.
    """
    given = [word[:_KNOWN_BY] for word in _given(text)]
    readings = [
        [nth for nth, word in enumerate(given, 1) if word not in _known(language)]
        for language in LANGUAGES
    ]
    best = min(readings, key=len)
    return best if len(given) == words and len(best) < words else []


def near_phrases(text: str, *, words: int) -> list[str]:
    """Return what so many words that open nothing were perhaps meant to be, the likeliest first.

    Seven at most, with their accents. A word that is in no list becomes the nearest ones; where
    all are known, two neighbours are swapped. A language whose words were typed whole comes before
    one with other words of the same four first letters. Only the lists of words are read: what is
    proposed says nothing of which codes exist, and what was not typed is never added.
    """
    given = _given(text)
    if len(given) != words:
        return []
    found = sorted(
        (slips, phrase) for language in LANGUAGES for slips, phrase in _near(given, language)
    )
    return list(dict.fromkeys(phrase for _slips, phrase in found))[:_MOST]


def _near(given: list[str], language: str) -> Iterator[tuple[int, str]]:
    """Yield phrases of a language with how far they are from the given words."""
    known, written = _known(language), _written(language)
    bare = [known.get(word[:_KNOWN_BY], "") for word in given]
    slips = bare.count("")
    cut = [int(typed != word) for typed, word in zip(given, bare, strict=True)]
    if not slips:
        for at in range(len(bare) - 1):
            swapped = [*bare[:at], bare[at + 1], bare[at], *bare[at + 2 :]]
            if swapped != bare:
                yield 1 + sum(cut), " ".join(written[word] for word in swapped)
    if not 0 < slips <= _SLIPS:
        return
    offered = [
        [(far, word)] if word else _nearest(typed, language)
        for far, typed, word in zip(cut, given, bare, strict=True)
    ]
    for each in islice(product(*offered), _MOST):
        yield sum(far for far, _word in each), " ".join(written[word] for _far, word in each)


def _nearest(typed: str, language: str) -> list[tuple[int, str]]:
    """Return the nearest words of a language, each with how many letters it is away."""
    close = (word for word in _written(language) if abs(len(word) - len(typed)) <= _NEAR)
    found = sorted((_letters_between(typed, word), word) for word in close)
    return [(far, word) for far, word in found if far <= _NEAR and far == found[0][0]]


def _letters_between(one: str, other: str) -> int:
    """Return the edits from one word to another: a letter added, dropped, changed, or two swapped.

    Optimal string alignment, a form of the Damerau–Levenshtein distance.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        two_before, before, row = before, row, [at]
        for to, wanted in enumerate(other, 1):
            far = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != wanted))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == wanted:
                far = min(far, two_before[to - 2] + 1)
            row.append(far)
    return row[-1]


def _given(text: str) -> list[str]:
    plain = text[:_LONGEST].replace(",", " ").replace("-", " ")
    return [_bare(word) for word in plain.split()]


@cache
def _written(language: str) -> dict[str, str]:
    return {_bare(word): word for word in word_list(language)}


@cache
def _known(language: str) -> dict[str, str]:
    return {_bare(word)[:_KNOWN_BY]: _bare(word) for word in word_list(language)}


@cache
def _placed(language: str) -> dict[str, int]:
    return {_bare(word)[:_KNOWN_BY]: place for place, word in enumerate(word_list(language))}


def _bare(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.strip(" .;:").lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
