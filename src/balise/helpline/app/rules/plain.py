"""What may be said to a child: short sentences, and no blame. Pure.

The goal of fifteen words is the one that `scripts/words.py` holds for messages; here it is held for
the packs, at each start.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from balise.foundation.packs import Words, load
from balise.helpline.app.rules import PACKAGE

LONGEST: Final = 15  # words of a sentence
_SENTENCE_ENDS: Final = re.compile(r"[.!?:;…](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Blame:
    """Words of a language that blame, and the sentences that take blame away."""

    blame: tuple[str, ...]
    kept: tuple[str, ...]


@cache
def blames(country: str) -> Mapping[str, Blame]:
    """Return the words that blame, by language."""
    found = load(PACKAGE, country=country, name="blame")["languages"]
    return {str(one["code"]): Blame(tuple(one["blame"]), tuple(one["kept"])) for one in found}


def texts_of(thing: Any, where: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield each wording in a rule's value: where it is, its language and its words."""
    if isinstance(thing, Words):
        yield from ((where, language, words) for language, words in thing.by_language)
    elif isinstance(thing, tuple):
        for each in thing:
            yield from texts_of(each, where)
    elif hasattr(thing, "__dataclass_fields__"):
        here = f"{where}.{thing.code}" if hasattr(thing, "code") else where
        for name in thing.__dataclass_fields__:
            yield from texts_of(getattr(thing, name), here)


def faults(
    texts: Iterable[tuple[str, str, str]], blamed: Mapping[str, Blame], languages: Iterable[str]
) -> Iterator[str]:
    """Yield what is too long or blames, and wordings that lack a language, one line each."""
    seen: dict[str, int] = {}
    for where, language, words in texts:
        seen[language] = seen.get(language, 0) + 1
        for sentence in _SENTENCE_ENDS.split(words):
            many = sum(any(map(str.isalnum, word)) for word in sentence.split())
            if many > LONGEST:
                yield f"{where}: {many} words of {LONGEST} at most: {sentence.strip()!r}"
        if language in blamed:
            yield from (f"{where}: {each!r} blames" for each in _blaming(words, blamed[language]))
    counts = {seen.get(language, 0) for language in languages}
    if len(counts) > 1:
        yield f"not every wording is there in each language: {seen}"


def _blaming(words: str, blame: Blame) -> Iterator[str]:
    bare = "".join(each if each.isalnum() or each == "’" else " " for each in words.casefold())
    said = f" {' '.join(bare.split())} "
    for each in blame.kept:
        said = said.replace(f" {each} ", " ")
    yield from (each for each in blame.blame if f" {each} " in said)
