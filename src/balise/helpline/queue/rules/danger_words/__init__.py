"""Words of danger: words in a message that raise its risk, and never lower it.

A list finds some of those who are in danger, never all: what it does not find is judged by a
listener as everything else is. It is a country's data, and its people's to correct. No model reads
what a young person writes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from balise.foundation.packs import PackFaulty, load
from balise.helpline.queue.rules import Risk
from balise.helpline.queue.rules.danger_words import vocabulary
from balise.helpline.queue.rules.danger_words.editing import SOURCE, Edit, apply
from balise.helpline.queue.rules.danger_words.letters import plain
from balise.helpline.queue.rules.danger_words.matching import (
    YES_TO_DANGER,
    Finding,
    Reading,
    names_danger,
    says_yes,
)
from balise.helpline.queue.rules.danger_words.vocabulary import LEVELS, SHARED, Category, Language

__all__ = ["LEVELS", "Category", "DangerWords", "Finding", "danger_words", "plain", "read"]
__all__ += ["MOST_TOGETHER", "RAISES", "TOGETHER_FOR", "read_pack", "read_talk", "risk_of"]


# Levels that put someone in front of all; the others mark.
RAISES = frozenset({Risk.A, Risk.B})
MOST_TOGETHER = 3  # messages of one person that are read together
TOGETHER_FOR = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class DangerWords:
    """The words of all the languages of a country."""

    languages: Mapping[str, Language]

    def read(self, text: str) -> Finding | None:
        """Return the gravest finding in a text, in any language; None where it tells nothing."""
        found: Finding | None = None
        for language in self.languages.values():
            met = Reading(language, text).finding(found.level if found else Risk.F)
            found = met or found
        return found

    def read_talk(self, messages: Sequence[str], *, question: str = "") -> Finding | None:
        """Return what the last message tells, with those before it and the question asked."""
        *before, last = messages[-MOST_TOGETHER:]
        alone = self.read(last)
        answer = self._answer(last, question) if question else None
        found = min(filter(None, (alone, answer)), key=_level, default=None)
        earlier = " ".join(before)
        if before and (together := self.read(f"{earlier} {last}")):
            known = self.read(earlier)
            is_more = found is None or together.level < found.level
            if is_more and (known is None or together.level < known.level):
                found = _in_last(together, len(earlier) + 1)
        return found

    def _answer(self, last: str, question: str) -> Finding | None:
        """Return what a “yes” to a question that names a danger tells."""
        for language in self.languages.values():
            if places := says_yes(language, last):
                asked = [names_danger(each, question) for each in self.languages.values()]
                if category := next(filter(None, asked), None):
                    return Finding(Risk.B, category, YES_TO_DANGER, places)
        return None

    def risk_of(self, text: str) -> Risk:
        """Return the level that a text tells, or F where it tells nothing."""
        found = self.read(text)
        return found.level if found else Risk.F


def risk_of(text: str, *, country: str) -> Risk:
    """Return the risk that the words of a message tell: A to D, or F where they tell nothing.

    All languages of the country are checked, whatever the page's: a child may write in any. The
    time is linear in the text, of which the first 20,000 characters are looked at.
    """
    return danger_words(country).risk_of(text)


def read(text: str, *, country: str) -> Finding | None:
    """Return what the words of a message tell, with their places in it; None where nothing."""
    return danger_words(country).read(text)


def read_talk(messages: Sequence[str], *, question: str = "", country: str) -> Finding | None:
    """Return what the last of some messages of one person tells, read with those before it.

    `messages`: the oldest first, of two minutes at most; the last three count. `question`: what a
    listener asked right before the last one; a “yes” to one that names a danger tells level B. The
    places are those in the last message; none where its words stand in the ones before. What the
    messages before told by themselves is not told again.
    """
    return danger_words(country).read_talk(messages, question=question)


def danger_words(country: str) -> DangerWords:
    """Return the words of a country, with the edits that are in force."""
    edits = SOURCE.ask()
    try:
        return words_with(country, edits)
    except PackFaulty:
        if not edits:
            raise
        # A message is read before all: better without the edits than not at all.
        return words_with(country, ())


@lru_cache(maxsize=4)
def words_with(country: str, edits: tuple[Edit, ...]) -> DangerWords:
    """Return the words of a country with some edits; PackFaulty where they are wrong."""
    return read_pack(apply(pack_of(country), edits))


@cache
def pack_of(country: str) -> dict[str, Any]:
    """Return the pack of a country, with the languages of the country that it adds to."""
    pack = load("balise.helpline.queue", country=country, name="danger_words")
    if "beside" in pack:
        pack = load("balise.helpline.queue", country=pack["beside"], name="danger_words") | pack
    return pack


def read_pack(pack: Mapping[str, Any]) -> DangerWords:
    """Return the words of a pack; PackFaulty where it is wrong."""
    tables = {code: table for code, table in pack.items() if isinstance(table, dict)}
    if not tables or set(pack) - set(tables) - {"beside", "to_verify"}:
        raise PackFaulty("danger_words: a table for each language, and nothing else")
    tables = {code: _with_shared(table, tables.values()) for code, table in tables.items()}
    found = {code: vocabulary.language(code, table) for code, table in tables.items()}
    words = frozenset().union(*(one.words for one in found.values()))
    # A word of one language is not a misspelt one of another.
    return DangerWords({code: replace(one, known=one.known | words) for code, one in found.items()})


def _with_shared(table: dict[str, Any], tables: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return a language with what explains words in any: “suicide” is one in several."""
    concepts = dict(table.get("concepts", {}))
    for name in SHARED & concepts.keys():
        concepts[name] = [p for each in tables for p in each.get("concepts", {}).get(name, ())]
    return {**table, "concepts": concepts}


_level = attrgetter("level")


def _in_last(found: Finding, begins: int) -> Finding:
    """Return a finding of messages that were joined, with the places in the last one alone."""
    places = tuple((start - begins, end - begins) for start, end in found.places if start >= begins)
    return replace(found, places=places)
