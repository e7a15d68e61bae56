"""Words that people type and words of pages, compared the same on every database. Pure.

Accents, case and plurals never matter. A word that no page has is read as the words that share the
most of its trigrams, so that a slip of the finger still finds.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

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
