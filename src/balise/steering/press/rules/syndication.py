"""Which items may be one article that several outlets print: proposed, and confirmed by a person.

Two items within three days are alike where most words of their titles and summaries are the same.
Alike items are found by their rarest words, so that a year of items needs no comparison of all with
all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from balise.steering.press.rules.words import plain

WITHIN: Final = timedelta(days=3)
# Of the words of two items, how many are in both: five titles of one dispatch share half of them.
ALIKE: Final = 0.4
FEWEST: Final = 3  # words in common, so that two short titles do not meet by chance
_RAREST: Final = 12
_MOST_MET: Final = 400
_SHORT: Final = 3  # letters; shorter words say nothing


@dataclass(frozen=True, slots=True)
class Article:
    """An item as it is compared; `key` is anything that names it."""

    key: str
    day: date
    title: str
    summary: str = ""


def proposed(articles: Sequence[Article]) -> list[tuple[str, ...]]:
    """Return groups of keys of items that may be one article, the earliest item first."""
    ordered = sorted(articles, key=lambda one: (one.day, one.key))
    words = [_words(one) for one in ordered]
    leads = list(range(len(ordered)))
    for one, other in _met(words):
        is_near = ordered[other].day - ordered[one].day <= WITHIN
        if is_near and are_alike(words[one], words[other]):
            leads[_lead(leads, other)] = _lead(leads, one)
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for at, article in enumerate(ordered):
        groups[_lead(leads, at)].append(article.key)
    return [tuple(keys) for keys in groups.values() if len(keys) > 1]


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two sets of words may be one article's."""
    common = len(one & other)
    return common >= FEWEST and common >= ALIKE * len(one | other)


def digest_of(items: Sequence[UUID]) -> str:
    """Return one digest of the same items in any order."""
    return sha256("\n".join(sorted(each.hex for each in set(items))).encode()).hexdigest()


def _words(article: Article) -> frozenset[str]:
    text = plain(f"{article.title} {article.summary}")
    return frozenset(word for word in text.split(" ") if len(word) > _SHORT)


def _met(words: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Yield pairs of places, the earlier first, that share one of their rarest words."""
    often = Counter(word for some in words for word in some)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, some in enumerate(words):
        met: set[int] = set()
        for word in sorted(some, key=lambda word: (often[word], word))[:_RAREST]:
            met.update(places[word][-_MOST_MET:])
            places[word].append(at)
        for other in sorted(met):
            yield other, at


def _lead(leads: list[int], at: int) -> int:
    while leads[at] != at:
        leads[at] = leads[leads[at]]
        at = leads[at]
    return at
