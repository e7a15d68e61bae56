"""What may be said to a child: short sentences, no blame, no number by hand. Pure.

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
    """Words of a language that blame, sentences that take blame away, words that are never said."""

    blame: tuple[str, ...]
    kept: tuple[str, ...]
    never: tuple[str, ...]


@cache
def blames(country: str) -> Mapping[str, Blame]:
    """Return the words that blame, by language."""
    found = load(PACKAGE, country=country, name="blame")["languages"]
    return {
        str(one["code"]): Blame(tuple(one["blame"]), tuple(one["kept"]), tuple(one["never"]))
        for one in found
    }


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
            yield from (f"{where}: {each}" for each in _wrong(words, blamed[language]))
    counts = {seen.get(language, 0) for language in languages}
    if len(counts) > 1:
        yield f"not every wording is there in each language: {seen}"


def numbers_in(texts: Iterable[tuple[str, str, str]], numbers: Iterable[str]) -> Iterator[str]:
    """Yield where a telephone number is written in words: each country has its own."""
    known = set(numbers)
    for where, _language, words in texts:
        for each in sorted(known & set(re.findall(r"[0-9]+", words))):
            yield f"{where}: {each} is a number of the centre, and is named by its code"


def _wrong(words: str, known: Blame) -> Iterator[str]:
    bare = "".join(each if each.isalnum() or each in "’-" else " " for each in words.casefold())
    said = f" {' '.join(bare.split())} "
    yield from (f"{each!r} is never said" for each in known.never if f" {each} " in said)
    for each in known.kept:
        said = said.replace(f" {each} ", " ")
    yield from (f"{each!r} blames" for each in known.blame if f" {each} " in said)
