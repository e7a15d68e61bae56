"""The catalogue as sets: which pages answer what was asked, and how many each further answer has.

Each term of a facet, and each word, holds its pages as the bits of one number: a selection and its
counts are a few operations on numbers, whose cost hardly grows with the catalogue. Pure.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import Final

from balise.awareness.publications.rules.taxonomy import Facet

# Words that people type and words of pages, compared the same on every database. Pure.
#
# Accents, case and plurals never matter. A word that no page has is read as the words that share
# the most of its trigrams, so that a slip of the finger still finds.


SHORTEST: Final = 2  # letters of a word
SHORTEST_BEGUN: Final = 3  # letters after which the beginning of a word is enough
LONGEST: Final = 100  # characters of what is typed
ALIKE: Final = 0.5  # the share of trigrams that two words have in common (Dice)

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae"})
_GAP: Final = re.compile(r"[^a-z0-9]+")
# Words of French and English that tell nothing of a subject.
_SMALL: Final = frozenset(
    _GAP.split(
        "a au aux avec ce ces cet cette comment dans de des du elle en est et il je la le les leur "
        "lui ma mais me mes moi mon ne nos notre nous on ou par pas pour quand que quel quelle qui "
        "quoi sa sans se ses son sont sur ta te tes ton tu un une vos votre vous an and are at by "
        "do for from how in is it my no not of on or our that the to what when who with you your"
    )
)


def plain(text: str) -> str:
    """Return a text in small letters without accents; anything else is a space."""
    parts = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    return _GAP.sub(" ", "".join(part for part in parts if not unicodedata.combining(part)))


def words(text: str) -> list[str]:
    """Return the words of a text that tell something, in the singular."""
    return [
        _singular(word)
        for word in plain(text).split()
        if len(word) >= SHORTEST and word not in _SMALL
    ]


def indexed(title: str, *others: str) -> str:
    """Return what is stored of a page's words: the title's, then a new line and all others."""
    return f"{' '.join(words(title))}\n{' '.join(words(' '.join(others)))}"


def trigrams(word: str) -> frozenset[str]:
    """Return the trigrams of a word, its beginning weighing more than its end."""
    padded = f"  {word} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


class Vocabulary:
    """All the words of the pages, found by what was typed."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = frozenset(known)
        self._having: Mapping[str, list[str]] = _by_trigram(self.known)

    def read(self, typed: str) -> frozenset[str]:
        """Return the words that a typed one may mean: itself, those it begins, or those like it."""
        meant = {word for word in self._near(typed) if _begins(typed, word)}
        return frozenset(meant or self._alike(typed))

    def _near(self, typed: str) -> Iterator[str]:
        yield from self.known & {typed}
        yield from self._having.get(f" {typed[:2]}", ())

    def _alike(self, typed: str) -> Iterator[str]:
        shared: dict[str, int] = defaultdict(int)
        own = trigrams(typed)
        for each in own:
            for word in self._having.get(each, ()):
                shared[word] += 1
        for word, common in shared.items():
            if 2 * common >= ALIKE * (len(own) + len(trigrams(word))):
                yield word


def _begins(typed: str, word: str) -> bool:
    return word == typed or (len(typed) >= SHORTEST_BEGUN and word.startswith(typed))


def _by_trigram(known: Iterable[str]) -> Mapping[str, list[str]]:
    having: dict[str, list[str]] = defaultdict(list)
    for word in known:
        for each in trigrams(word):
            having[each].append(word)
    return having


def _singular(word: str) -> str:
    """Return a word without the mark of its plural (French and English, by their endings)."""
    if len(word) > 4 and word.endswith("aux"):  # noqa: PLR2004 - journaux, and not "taux"
        return f"{word[:-3]}al"
    if len(word) > 4 and word.endswith("ies"):  # noqa: PLR2004 - stories
        return f"{word[:-3]}y"
    if len(word) > 3 and word[-1] in "sx" and not word.endswith("ss"):  # noqa: PLR2004 - mots, jeux
        return word[:-1]
    return word


MINUTES: Final = "minutes"  # a facet whose terms are limits: the page takes as long or less
TEN: Final = "10"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue knows of a page; `words` as `rules.search.indexed` returns them."""

    page: int
    codes: Mapping[str, Sequence[str]]
    minutes: int
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What someone asked for: codes by facet, all of whose facets hold; and words."""

    codes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The pages that answer, those first whose title says the words; and counts by facet and term.

    A count says how many pages there would be with this term in the place of the others of its
    facet, all other facets as they were asked. `ten` are answers that take ten minutes or less.
    """

    pages: tuple[int, ...]
    counts: Mapping[str, Mapping[str, int]]
    ten: tuple[int, ...]


class Index:
    """The pages in the order in which they are shown."""

    def __init__(self, entries: Sequence[Entry], facets: Mapping[str, Facet]) -> None:
        self._pages = tuple(entry.page for entry in entries)
        self._whole = (1 << len(entries)) - 1
        terms: dict[tuple[str, str], list[int]] = defaultdict(list)
        titles: dict[str, list[int]] = defaultdict(list)
        others: dict[str, list[int]] = defaultdict(list)
        for at, entry in enumerate(entries):
            for facet, code in _terms(entry, facets):
                terms[facet, code].append(at)
            title, _, rest = entry.words.partition("\n")
            for word in set(title.split()):
                titles[word].append(at)
            for word in set(rest.split()):
                others[word].append(at)
        count = len(entries)
        self._terms = {
            facet.code: {code: _bits(terms[facet.code, code], count) for code in facet.terms}
            for facet in facets.values()
            if not facet.hidden
        }
        self._titles = {word: _bits(places, count) for word, places in titles.items()}
        self._others = {word: _bits(places, count) for word, places in others.items()}
        self._vocabulary = Vocabulary((*titles, *others))

    def find(self, asked: Asked) -> Found:
        """Return the pages that answer, and the counts."""
        titled, said = self._said(asked.typed)
        chosen = {
            facet: _any(of.get(code, 0) for code in asked.codes[facet])
            for facet, of in self._terms.items()
            if asked.codes.get(facet)
        }
        counts = {}
        for facet, of in self._terms.items():
            rest = reduce(and_, (bits for name, bits in chosen.items() if name != facet), said)
            counts[facet] = {code: (rest & bits).bit_count() for code, bits in of.items()}
        answers = reduce(and_, chosen.values(), said)
        short = answers & self._terms.get(MINUTES, {}).get(TEN, 0)
        pages = (*self._of(answers & titled), *self._of(answers & ~titled))
        return Found(pages, counts, self._of(short))

    def _of(self, bits: int) -> tuple[int, ...]:
        return tuple(self._pages[at] for at in _places(bits))

    def _said(self, typed: str) -> tuple[int, int]:
        """Return which pages say the words in their title, and which say them anywhere.

        Where no page says them all, those that say any.
        """
        asked = words(typed[:LONGEST])
        if not asked:
            return 0, self._whole
        meant = [self._vocabulary.read(word) for word in asked]
        titled = [_any(self._titles.get(word, 0) for word in each) for each in meant]
        said = [
            in_title | _any(self._others.get(word, 0) for word in each)
            for in_title, each in zip(titled, meant, strict=True)
        ]
        whole = reduce(and_, said)
        return (reduce(and_, titled), whole) if whole else (_any(titled), _any(said))


def _terms(entry: Entry, facets: Mapping[str, Facet]) -> Iterator[tuple[str, str]]:
    for facet, codes in entry.codes.items():
        for code in codes:
            yield facet, code
    if entry.minutes and MINUTES in facets:
        for limit in facets[MINUTES].terms:
            if entry.minutes <= int(limit):
                yield MINUTES, limit


def _any(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)


def _bits(places: Iterable[int], count: int) -> int:
    row = bytearray(count // 8 + 1)
    for at in places:
        row[at >> 3] |= 1 << (at & 7)
    return int.from_bytes(row, "little")


def _places(bits: int) -> Iterator[int]:
    written = f"{bits:b}"[::-1]
    at = written.find("1")
    while at >= 0:
        yield at
        at = written.find("1", at + 1)
