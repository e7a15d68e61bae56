"""How hard a text is to read, by Flesch for English, by Kandel and Moles for French. Pure.

Both measures are from 0 (very hard) to 100 (very easy). Syllables are counted by their vowels,
which is right to within a few in a hundred over a text.

Sources: R. Flesch, A new readability yardstick, 1948; L. Kandel and A. Moles, Application de
l’indice de Flesch à la langue française, 1958.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from typing import Final

YOUNG: Final = frozenset({"children", "teenagers"})
GOAL_YOUNG: Final = 15  # words of a sentence
GOAL: Final = 25

_BLOCK_ENDS: Final = re.compile(r"</(?:p|li|h\d)>|<br/?>")
_TAG: Final = re.compile(r"<[^<>]+>")
_SENTENCE_ENDS: Final = re.compile(r"[.!?…:;](?=\s|$)|\n")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+")
_VOWELS: Final = {
    "fr": re.compile(r"[éèêëï]|[aeiouyàâäîôöùûüœæ]+"),
    "en": re.compile(r"[aeiouy]+"),
}
_SILENT: Final = {
    "fr": re.compile(r"(?:es?|(?<!m)ent)$"),
    "en": re.compile(r"(?:(?<!l)e|(?<![td])ed)$"),
}
_BASE: Final = {"fr": (207.0, 1.015, 73.6), "en": (206.835, 1.015, 84.6)}


@dataclass(frozen=True, slots=True)
class Measured:
    """A text: words, sentences, those past the goal, longest first; and the measure, 0 to 100."""

    words: int
    sentences: int
    too_long: tuple[str, ...]
    ease: int


def goal_of(audience: Iterable[str]) -> int:
    """Return how many words a sentence may have for an audience (codes of the taxonomy)."""
    return GOAL_YOUNG if YOUNG & set(audience) else GOAL


def measured(html: str, *, language: str, goal: int) -> Measured:
    """Return the measure of the text in HTML; a language without a measure has that of English."""
    text = unescape(_TAG.sub("", _BLOCK_ENDS.sub("\n", html)))
    parts = [part.strip() for part in _SENTENCE_ENDS.split(text)]
    sentences = [(part, _WORD.findall(part)) for part in parts if _WORD.search(part)]
    words = [word.lower() for _part, found in sentences for word in found]
    if not words:
        return Measured(0, 0, (), 0)
    spoken = language if language in _BASE else "en"
    base, by_sentence, by_word = _BASE[spoken]
    syllables = sum(syllables_of(word, spoken) for word in words)
    ease = base - by_sentence * len(words) / len(sentences) - by_word * syllables / len(words)
    past = sorted((len(found), part) for part, found in sentences if len(found) > goal)
    long = tuple(part for _many, part in reversed(past))
    return Measured(len(words), len(sentences), long, round(min(max(ease, 0), 100)))


def syllables_of(word: str, language: str) -> int:
    """Return how many syllables are heard in a word; at least one."""
    heard = _SILENT[language].sub("", word) if len(word) > len("les") else word
    return max(1, len(_VOWELS[language].findall(heard)))
