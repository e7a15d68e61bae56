"""Words of danger: words in a message that raise its risk, and never lower it.

A list finds some of those who are in danger, never all: what it does not find is judged by a
listener as everything else is. It is a country's data, and its people's to correct. No model reads
what a young person writes.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from balise.foundation.packs import PackFaulty, load
from balise.helpline.queue.rules import Risk

# A: now, in so many words. B: not said lightly.
LEVELS = (Risk.A, Risk.B)
LONGEST_LOOKED_AT = 20_000  # characters
_LISTS = frozenset({"A", "B", "harmless", "calm", "written", "raises"})
_APOSTROPHE = re.compile("['\u2019\u02bc`\u00b4]")
_GAP = re.compile(r"[^a-z0-9]+")
_LIGATURES = str.maketrans({"\u0153": "oe", "\u00e6": "ae"})
# Letters that hardly any word doubles, typed twice; the others, typed three times or more.
_REPEATED = re.compile(r"([aeiouhjkqvwxyz])\1+|([a-z])\2{2,}")
type _Tree = dict[str, _Tree]
_OUT = " . "  # in the place of what is harmless: no phrase goes across it


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language, ready to look for them; its examples are for the tests."""

    written: Mapping[str, str]
    levels: tuple[tuple[Risk, re.Pattern[str]], ...]
    raises: tuple[tuple[Risk, str], ...]
    calm: tuple[str, ...]

    def read(self, text: str) -> str:
        """Return a plain text with the words that children write otherwise as they are listed."""
        return " ".join([self.written.get(word, word) for word in text.split(" ")])


@dataclass(frozen=True, slots=True)
class DangerWords:
    """The words of all the languages of a country. `harmless` is taken out before any is read."""

    languages: Mapping[str, Language]
    harmless: re.Pattern[str] | None

    def risk_of(self, text: str) -> Risk:
        """Return the highest risk that a text tells: A, B, or F where it tells nothing."""
        read = plain(text)
        found = Risk.F
        for language in self.languages.values():
            told = language.read(read)
            if self.harmless is not None:
                told = self.harmless.sub(_OUT, told)
            for level, words in language.levels:
                if level < found and words.search(told):
                    found = level
        return found


def risk_of(text: str, *, country: str) -> Risk:
    """Return the risk that the words of a message tell: A, B, or F where they tell nothing.

    All languages of the country are checked, whatever the page's: a child may write in any. The
    time is linear in the text, of which the first 20,000 characters are looked at.
    """
    return danger_words(country).risk_of(text)


@cache
def danger_words(country: str) -> DangerWords:
    """Return the words of a country, with those of the country that its pack adds to."""
    pack = load("balise.helpline.queue", country=country, name="danger_words")
    if "beside" in pack:
        pack = load("balise.helpline.queue", country=pack["beside"], name="danger_words") | pack
    return read_pack(pack)


def read_pack(pack: Mapping[str, Any]) -> DangerWords:
    """Return the words of a pack; PackFaulty where it is wrong."""
    tables = {code: table for code, table in pack.items() if isinstance(table, dict)}
    if not tables or set(pack) - set(tables) - {"beside", "to_verify"}:
        raise PackFaulty("danger_words: a table for each language, and nothing else")
    harmless: list[str] = []
    for code, table in tables.items():
        if wrong := set(table) - _LISTS:
            raise PackFaulty(f"danger_words.{code}: nothing reads {min(wrong)}")
        harmless += [str(each) for each in table.get("harmless", ())]
    languages = {code: _language(code, table) for code, table in tables.items()}
    return DangerWords(languages, _pattern(harmless) if harmless else None)


def plain(text: str) -> str:
    """Return a text as it is compared: small letters without accents, repeats or punctuation."""
    letters = unicodedata.normalize("NFKD", text[:LONGEST_LOOKED_AT].casefold())
    bare = "".join([one for one in letters if not unicodedata.combining(one)])
    spaced = _GAP.sub(" ", bare.translate(_LIGATURES)).strip()
    return _REPEATED.sub(lambda run: run[1] or run[2], spaced)


def _language(code: str, table: Mapping[str, Any]) -> Language:
    where = f"danger_words.{code}"
    written = {
        plain(word): plain(_APOSTROPHE.sub(" ", words))
        for word, words in table.get("written", {}).items()
    }
    if not all(written) or any(" " in word for word in written):
        raise PackFaulty(f"{where}.written: one word for each, none of them empty")
    return Language(
        written=written,
        levels=tuple((level, _words(table, level, where)) for level in LEVELS),
        raises=tuple(
            (level, str(each))
            for level in LEVELS
            for each in table.get("raises", {}).get(level, ())
        ),
        calm=tuple(str(each) for each in table.get("calm", ())),
    )


def _words(table: Mapping[str, Any], level: Risk, where: str) -> re.Pattern[str]:
    phrases = [str(each) for each in table.get(level.value, ())]
    if not phrases or not all(plain(each) for each in phrases):
        raise PackFaulty(f"{where}.{level}: at least one phrase, none of them empty")
    return _pattern(phrases)


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    """Return what finds whole phrases, as a tree: each letter of a text is looked at a few times.

    Apostrophes of a phrase may be nothing in the text, and the second of a doubled letter too.
    """
    tree: _Tree = {}
    for phrase in phrases:
        place = tree
        for letter in _letters(phrase):
            place = place.setdefault(letter, {})
        place[""] = {}
    return re.compile(rf"(?<![a-z0-9]){_branches(tree)}(?![a-z0-9])")


def _letters(phrase: str) -> Iterator[str]:
    for number, part in enumerate(_APOSTROPHE.split(phrase)):
        if number:
            yield " ?"
        before = ""
        for letter in plain(part):
            is_twice = letter == before != " "
            yield f"{letter}?" if is_twice else re.escape(letter)
            before = "" if is_twice else letter


def _branches(tree: _Tree) -> str:
    if set(tree) == {""}:
        return ""
    ways = [letter + _branches(rest) for letter, rest in tree.items() if letter]
    return f"(?:{'|'.join(ways)}){'?' if '' in tree else ''}"
