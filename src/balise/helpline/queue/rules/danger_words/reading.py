"""Read a text as words, and each word as all that it may be: signs, repeats, sound, one slip.

A reading adds and never replaces, but where a word is none as it is written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from balise.helpline.queue.rules.danger_words import letters
from balise.helpline.queue.rules.danger_words.vocabulary import (
    HEARD_FROM,
    SLIPS_FROM,
    Language,
    Slot,
)

# A word with the signs that may stand for letters in it; or a picture, or the sign of euros.
_WORD = re.compile(r"[\w@$*!]+|[\u2600-\u27bf\U0001f300-\U0001faff\u20ac]")
_LETTERS = re.compile(r"[a-z]+")
_PARTS = re.compile(r"[0-9]+|[a-z]+")
_HARD = re.compile(r"(?<![.…])\.(?![.…])|[!?;]")
_APOSTROPHES = frozenset("'\u2019\u02bc`\u00b4")
_BETWEEN = re.compile(r"[ .*_\-]{1,3}")
_FEWEST_APART = 4  # letters that stand alone are one word
_LONGEST_WORD = 30  # letters: what is longer is no word
_LONGEST_LOOKED_AT = 200  # letters of a word, before those that are repeated are left out
_MOST_GUESSES = 3
_ADULT, _TEEN, _CHILD = 18, 15, 4  # years

type Raw = tuple[str, int, int]  # what may be a word, from where, to where


@dataclass(slots=True)
class Text:
    """A text in words: what each may be, whether it may be left out, and where it stands."""

    ways: list[tuple[str, ...]] = field(default_factory=list)
    may_go: list[bool] = field(default_factory=list)
    where: list[tuple[int, int]] = field(default_factory=list)
    clause: list[int] = field(default_factory=list)
    ends_soft: set[int] = field(default_factory=set)  # places before which a comma stands
    breaks: set[int] = field(default_factory=set)  # clauses that “but” takes back

    def add(self, slots: Iterable[Slot], where: tuple[int, int], clause: int) -> None:
        for ways, may_go in slots:
            self.ways.append(ways)
            self.may_go.append(may_go)
            self.where.append(where)
            self.clause.append(clause)


@dataclass(slots=True)
class Reader:
    """A language that reads one text."""

    language: Language
    seen: dict[str, tuple[Slot, ...]] = field(default_factory=dict)

    def words(self, text: str) -> Text:
        """Return a text in words, its first 20,000 characters."""
        text = text[: letters.LONGEST_LOOKED_AT]
        found, language = Text(), self.language
        is_split = bool(language.elided)
        raw = list(_raw(text))
        if any(one[0] in language.signs for one in raw):
            raw = list(self._once_in_a_row(raw))
        clause = at = behind = 0
        while at < len(raw):
            word, start, end = raw[at]
            gap = text[behind:start]
            if gap != " " and gap:
                if _HARD.search(gap):
                    clause += 1
                elif "," in gap or "\n" in gap:
                    found.ends_soft.add(len(found.ways))
            if end - start == 1 and (more := self._apart(raw, at, text)):
                at += more
                word, end = "".join(one[0] for one in raw[at - more : at + 1]), raw[at][2]
            at += 1
            is_elided = text[end : end + 1] in _APOSTROPHES
            if is_elided and not is_split and at < len(raw) and raw[at][1] == end + 1:
                # “don’t” is one word in a language that leaves out letters within it
                word, end, is_elided = word + raw[at][0], raw[at][2], False
                at += 1
            behind = end
            word = word[:_LONGEST_LOOKED_AT]
            word = word.lower() if word.isascii() else letters.bare(word)
            if word in language.breaks:
                found.breaks.add(clause)
                clause += 1
                continue
            slots = self._slots(word, is_elided=is_elided)
            if text[end - 1] == "\u00e9" and slots:
                slots = (*slots[:-1], self._heard_alike(slots[-1]))
            found.add(slots, (start, end), clause)
        return found

    def _once_in_a_row(self, raw: Iterable[Raw]) -> Iterator[Raw]:
        """Yield the words, and each of the pictures that stand in a row once."""
        signs: set[str] = set()
        for one in raw:
            if one[0] not in self.language.signs:
                signs.clear()
            elif one[0] in signs:
                continue
            else:
                signs.add(one[0])
            yield one

    def _apart(self, raw: list[Raw], at: int, text: str) -> int:
        """Return how many more letters stand alone from here on, where they are a word."""
        last = at
        while (
            last < len(raw)
            and raw[last][2] - raw[last][1] == 1
            and raw[last][0].isalpha()
            and (last == at or _BETWEEN.fullmatch(text, raw[last - 1][2], raw[last][1]))
        ):
            last += 1
        return last - at - 1 if last - at >= _FEWEST_APART else 0

    def _slots(self, word: str, *, is_elided: bool) -> tuple[Slot, ...]:
        language = self.language
        if is_elided and word in language.elided:
            return self._as_is(language.elided[word])
        seen = self.language.read if word in self.language.known else self.seen
        if (known := seen.get(word)) is None:
            known = seen[word] = self._new(word)
        return known

    def _heard_alike(self, slot: Slot) -> Slot:
        """Return “réveillé” as “réveiller” too, which is heard alike."""
        ways, may_go = slot
        verbs = [f"{one}r" for one in ways if one[-1] == "e"]
        return (*ways, *[one for one in verbs if one in self.language.words]), may_go

    def _as_is(self, word: str) -> tuple[Slot, ...]:
        if word in self.language.units:
            return self.language.units[word]
        is_filler = word in self.language.fillers
        return (((), True),) if is_filler else (((word,), False),)

    def _new(self, word: str) -> tuple[Slot, ...]:
        """Return what a word may be, in one place of the text or in several."""
        language = self.language
        if (told := language.units.get(word) or language.signs.get(word)) is not None:
            return told
        if word.isdigit():
            return ((_number(word), False),)
        if word in language.known:
            return ((self._with_stems(word), word in language.fillers),)
        likely = letters.once_and_twice(word.strip("*_@$"))
        if len(likely[-1]) > _LONGEST_WORD:
            return (((), False),)
        return self._likely(likely) or self._unknown(word)

    def _likely(self, likely: Iterable[str]) -> tuple[Slot, ...]:
        """Return the words that one whose letters are repeated may be; empty where it is none."""
        language = self.language
        ways: list[str] = []
        for one in likely:
            if one in language.units:
                return language.units[one]
            ways += self._with_stems(one) if one in language.known else self._stemmed(one)
        may_go = all(one in language.fillers for one in ways)
        return ((tuple(dict.fromkeys(ways)), may_go),) if ways else ()

    def _unknown(self, word: str) -> tuple[Slot, ...]:
        if not _LETTERS.fullmatch(word):
            return self._disguised(word)
        return self._glued(word) or ((self._guessed(word), False),)

    def _with_stems(self, word: str) -> tuple[str, ...]:
        if word in self.language.fillers:
            return ()
        return (word, *self._stemmed(word))

    def _stemmed(self, word: str) -> tuple[str, ...]:
        stems = self.language.stems
        return tuple([stems[word[:n]] for n in self.language.stem_lengths if word[:n] in stems])

    def _disguised(self, word: str) -> tuple[Slot, ...]:
        language = self.language
        bare = letters.undisguised(word)
        for one in letters.once_and_twice(bare):
            if one in language.units and not word[0].isdigit():
                return language.units[one]
            if one in language.words or self._stemmed(one):
                return ((self._with_stems(one), False),)
        if letters.ANY & set(word):
            is_enough = sum(each.isalpha() for each in word) * 2 >= len(word)
            if is_enough and (likely := language.fitting.words(bare, _MOST_GUESSES)):
                return ((tuple(likely), False),)
        parts = _PARTS.findall(word)
        if len(parts) == 1 and parts[0].isalpha():
            return self._slots(parts[0], is_elided=False)
        if len(parts) > 1:
            return tuple(slot for part in parts for slot in self._slots(part, is_elided=False))
        return (((), False),)

    def _glued(self, word: str) -> tuple[Slot, ...]:
        """Return “jarrive” as “j’arrive” is read; nothing where no known word is behind."""
        for size in (1, 2, 3):
            first = self.language.elided.get(word[:size])
            rest = word[size:]
            if (
                first
                and len(rest) > 1
                and rest in self.language.known
                and (rest[0] in "aeiouyh" or size > 1 or self._may_stand_alone(word[0], rest))
            ):
                return (*self._as_is(first), *self._slots(rest, is_elided=False))
        return ()

    def _may_stand_alone(self, first: str, rest: str) -> bool:
        """Return whether a letter is a word before one that begins with a consonant: “mtuer”."""
        if first == "j":
            return True
        return first in "mt" and len(rest) >= HEARD_FROM and rest in self.language.words

    def _guessed(self, word: str) -> tuple[str, ...]:
        language = self.language
        found: dict[str, None] = {}
        if len(word) >= HEARD_FROM and language.heard:
            found |= dict.fromkeys(language.heard.get(letters.sound(word), ()))
        if not found and len(word) >= SLIPS_FROM:
            for left in letters.without_one(word):
                for one in language.slips.get(left, ()):
                    if letters.is_one_slip(word, one):
                        found[one] = None
        return tuple(sorted(found, key=lambda one: (abs(len(one) - len(word)), one)))[
            :_MOST_GUESSES
        ]


def _raw(text: str) -> Iterator[Raw]:
    """Yield what may be a word, from where, to where: an exclamation mark is one within it."""
    for one in _WORD.finditer(text):
        start, end = one.span()
        word = one[0]
        if word[0] == "!" or word[-1] == "!":
            start += len(word) - len(word.lstrip("!"))
            word = word.strip("!")
            end = start + len(word)
        if word:
            yield word, start, end


def _number(digits: str) -> tuple[str, ...]:
    years = int(digits[:4])
    if years >= _ADULT:
        return ("#", "#adult")
    if years >= _TEEN:
        return ("#", "#teen")
    return ("#", "#child") if years >= _CHILD else ("#",)
