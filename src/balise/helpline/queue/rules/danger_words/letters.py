"""How a word is compared: without accents and capitals, as it is heard, and with one slip of a key.

French is heard alike in many spellings. The key of `sound` is a small table of our own: what it
makes alike is read as one word, only where nobody knows the word as it is written.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST_LOOKED_AT = 20_000  # characters
_SHORTEST_SOUND = 3
_GAP = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"\u0153": "oe", "\u00e6": "ae"})
# Letters that hardly any word doubles, typed twice; the others, typed three times or more.
_REPEATED = re.compile(r"([aeiouhjkqvwxyz])\1+|([a-z])\2{2,}")
_MANY = re.compile(r"([a-z])\1+")
# Signs that stand for a letter within a word; the last ones stand for any letter.
_SIGNS = str.maketrans("1!03@4$5", "iioeaass")
ANY = frozenset("*_")
# What is written before what is heard; the longest first where one begins another.
_HEARD = (
    *(("ph", "f"), ("qu", "k"), ("sch", "S"), ("ch", "S"), ("sh", "S"), ("eau", "o")),
    *(("au", "o"), ("ain", "I"), ("ein", "I"), ("ai", "e"), ("ei", "e"), ("ou", "U")),
    *(
        ("oi", "W"),
        ("oy", "W"),
        ("oeu", "e"),
        ("eu", "e"),
        ("gea", "ja"),
        ("geo", "jo"),
        ("gu", "g"),
        ("ge", "je"),
    ),
    *(("gi", "ji"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("q", "k")),
    *(("y", "i"), ("h", ""), ("z", "s")),
)
_NASAL = re.compile(r"[ea][nm](?=[^aeiouUWonm]|$)|[iu][nm](?=[^aeiouUWonm]|$)")
_DOUBLED = re.compile(r"(.)\1+")
_SILENT = re.compile(r"(?:er|ez|ent|et|es|e|s|t|d|p|x)$")


def plain(text: str) -> str:
    """Return a text as it is compared: small letters without accents, repeats or punctuation."""
    return _REPEATED.sub(lambda run: run[1] or run[2], _GAP.sub(" ", bare(text)).strip())


def bare(text: str) -> str:
    """Return the first 20,000 characters of a text in small letters without marks."""
    small = text[:LONGEST_LOOKED_AT].casefold()
    if small.isascii():
        return small
    letters = unicodedata.normalize("NFKD", small)
    return "".join([one for one in letters if not unicodedata.combining(one)]).translate(_LIGATURES)


def once_and_twice(word: str) -> tuple[str, ...]:
    """Return a word as it may be meant where letters are repeated: the likeliest first."""
    if not _MANY.search(word):
        return (word,)
    fewer = _REPEATED.sub(lambda run: run[1] or run[2], word)
    twice = _MANY.sub(lambda run: run[1] * 2, word)
    once = _MANY.sub(r"\1", word)
    return tuple(dict.fromkeys((word, fewer, twice, once)))


def undisguised(word: str) -> str:
    """Return a word with the letters for which digits and signs stand in it."""
    return word.translate(_SIGNS)


def sound(word: str) -> str:
    """Return how a French word is heard, its silent ending left out."""
    for written, heard in _HEARD:
        if written in word:
            word = word.replace(written, heard)
    word = _NASAL.sub(lambda found: "A" if found[0][0] in "ea" else "I", word)
    return _SILENT.sub("", _DOUBLED.sub(r"\1", word))


def without_one(word: str) -> Iterator[str]:
    """Yield a word with each of its letters left out, and whole."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def is_one_slip(one: str, other: str) -> bool:
    """Return whether two words differ by a letter more, less, changed, or by two exchanged."""
    if len(one) > len(other):
        one, other = other, one
    first = 0
    while first < len(one) and one[first] == other[first]:
        first += 1
    if len(one) < len(other):
        return len(other) - len(one) == 1 and one[first:] == other[first + 1 :]
    if first == len(one):
        return True
    rest = one[first + 1 :], other[first + 1 :]
    swapped = one[first : first + 2] == other[first : first + 2][::-1]
    return rest[0] == rest[1] or (swapped and rest[0][1:] == rest[1][1:])


class Fitting:
    """Words by their letters, to find those that one with signs for letters may be."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words)
        # For a length, and for a letter at a place of it: a bit for each word that has it.
        self._of_length: dict[int, int] = {}
        self._with_letter: dict[tuple[int, int, str], int] = {}
        for number, word in enumerate(self._words):
            size, bit = len(word), 1 << number
            self._of_length[size] = self._of_length.get(size, 0) | bit
            for place, letter in enumerate(word):
                key = size, place, letter
                self._with_letter[key] = self._with_letter.get(key, 0) | bit

    def words(self, word: str, most: int) -> list[str]:
        """Return the first words that one in which signs stand for any letter may be."""
        size = len(word)
        left = self._of_length.get(size, 0)
        for place, mark in enumerate(word):
            if mark not in ANY:
                left &= self._with_letter.get((size, place, mark), 0)
        found: list[str] = []
        while left and len(found) < most:
            lowest = left & -left
            found.append(self._words[lowest.bit_length() - 1])
            left ^= lowest
        return found


def by_sound(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the words by their sound, where it is of three signs or more."""
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        found.setdefault(sound(word), []).append(word)
    return {key: tuple(some) for key, some in found.items() if len(key) >= _SHORTEST_SOUND}


def by_slip(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the words by what is left without one letter of them."""
    found: dict[str, list[str]] = {}
    for word in sorted(words):
        for left in set(without_one(word)):
            found.setdefault(left, []).append(word)
    return {key: tuple(some) for key, some in found.items()}
