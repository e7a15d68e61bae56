"""The words of danger of one language, as its pack tells them: readings, concepts and rules.

A pack writes a pattern in words: `veux|veut mourir`, `plus? vivre`, `frapper!` for all forms of a
regular verb, `suicid*` for all words that begin so, `#adult` for a number from 18 to 99. A rule's
pattern may name concepts too (in capitals), `..` where up to five words may stand between, `=`
where none may, ` + ` for what may stand in any order, and `!` before what must not stand there.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy, pgettext_lazy

from balise.foundation.packs import PackFaulty, Words
from balise.helpline.queue.rules import Risk
from balise.helpline.queue.rules.danger_words import letters

LEVELS = (Risk.A, Risk.B, Risk.C, Risk.D)
HEARD_FROM, SLIPS_FROM = 4, 6  # letters of a word that is read by its sound, or with one slip
NEAR, FAR = 1, 5  # words that may stand between two of a pattern, and where it says `..`
# What the reading itself asks of a language: where it is empty, nothing is said so in it.
PLAY, DENIAL, DENIAL_AFTER, NO_DENIAL = "PLAY", "DENIAL", "DENIAL_AFTER", "NO_DENIAL"
CUT, LINK, OVER, WELL, HARMLESS = "CUT", "LINK", "OVER", "WELL", "HARMLESS"
CONDITION = "CONDITION"
NOW, MYSELF, YES, DANGER = "NOW", "MYSELF", "YES", "DANGER"
_ASKED = frozenset({PLAY, DENIAL, DENIAL_AFTER, NO_DENIAL, CUT, LINK, OVER, WELL, HARMLESS})
_ALSO = frozenset({NOW, MYSELF, YES, DANGER, CONDITION})
# What explains a word in one language explains it in the others of a country.
SHARED = frozenset({PLAY, "LESSON", "ASK"})
_TABLES = frozenset(
    {"concepts", "rules", "units", "signs", "elided", "fillers", "ordinary", "breaks"}
    | {"by_sound", "raises", "calm"}
)
_RULE = frozenset(
    {"level", "category", "says", "when", "unless", "A_with", "B_with", "always", "denies"}
)
_GAPS = {"..": FAR, "=": 0}
_OF_A_VERB = (
    *("e", "es", "ent", "ee", "ees", "er", "ez", "ais", "ait", "aient", "ant", "ons", "a", "as"),
    *("era", "erai", "erais", "erait", "eront", "eraient", "ai"),
)
_END = ""

type Slot = tuple[tuple[str, ...], bool]  # what a word may be, and whether it may be left out
type Way = tuple[Chain, ...]  # what must be there, in any order
type Ordered = tuple[int, Rule, Way, frozenset[str]]  # with all the concepts that it needs
type Tree = dict[str, Any]  # of words; under _END the concepts of which a pattern ends there


class Category(TextChoices):
    """What a danger is of: each has its own words, rules and levels."""

    SUICIDE = "suicide", pgettext_lazy("danger", "Suicide")
    SELF_HARM = "self-harm", pgettext_lazy("danger", "Self-harm")
    AT_HOME = "violence-at-home", pgettext_lazy("danger", "Violence at home")
    SEXUAL = "sexual-violence", pgettext_lazy("danger", "Sexual violence")
    SEXTORTION = "sextortion", pgettext_lazy("danger", "Sextortion")
    THREAT = "threat-weapon", gettext_lazy("Threat, weapon or cry for help")
    RUNAWAY = "runaway", gettext_lazy("Runaway or thrown out")
    ALONE = "child-alone", gettext_lazy("Child left alone")
    MEDICAL = "medical", gettext_lazy("Medical emergency")
    ADULT = "adult-risk", gettext_lazy("Adult who approaches a child")


@dataclass(frozen=True, slots=True)
class Chain:
    """Concepts that follow each other, with how many words may stand before each."""

    items: tuple[tuple[str, int], ...]
    not_before: str = ""
    not_after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is looked for, and what it tells where it is found.

    `unless`: what explains it away beside it. `higher`: what makes it graver beside it. `always`:
    neither a game nor a denial takes it back. `denies`: the denial is a part of what is looked for.
    """

    level: Risk
    worst: Risk  # the highest level that it can tell
    category: Category
    says: Words
    ways: tuple[Way, ...]
    unless: tuple[str, ...] = ()
    higher: tuple[tuple[Risk, tuple[str, ...]], ...] = ()
    always: bool = False
    denies: bool = False


@dataclass(frozen=True, kw_only=True)
class Language:
    """The words of one language, ready to be looked for; its examples are for the tests."""

    units: Mapping[str, tuple[Slot, ...]]
    signs: Mapping[str, tuple[Slot, ...]]
    elided: Mapping[str, str]
    fillers: frozenset[str]
    breaks: frozenset[str]
    ways: Mapping[str, list[Ordered]]  # by a concept that each needs
    tree: Tree
    words: frozenset[str]  # that stand in a pattern
    known: frozenset[str]  # that are read as they are written
    stems: Mapping[str, str]
    stem_lengths: tuple[int, ...]
    fitting: letters.Fitting  # those words by their letters
    heard: Mapping[str, tuple[str, ...]]
    slips: Mapping[str, tuple[str, ...]]
    raises: tuple[tuple[Risk, str], ...]
    calm: tuple[str, ...]
    # How the words of the list itself are read, once they were; never another word of a child's.
    read: dict[str, tuple[Slot, ...]] = field(default_factory=dict)


def language(code: str, table: Mapping[str, Any]) -> Language:
    """Return a language of a pack; PackFaulty where it is wrong."""
    return _Reader(code, table).language()


def check_words(code: str, table: Mapping[str, Any], patterns: Iterable[str]) -> None:
    """Refuse (PackFaulty) patterns of words that a language of a pack cannot read."""
    spelt = {key: table[key] for key in ("elided", "fillers", "units") if key in table}
    _Reader(code, {**spelt, "concepts": {"": tuple(patterns)}})


def _long(words: Iterable[str], least: int) -> list[str]:
    return [word for word in words if len(word) >= least]


def _worst(rule: Rule) -> Risk:
    return rule.worst


class _Reader:
    """One table of a pack, while it is read."""

    def __init__(self, code: str, table: Mapping[str, Any]) -> None:
        self.where = f"danger_words.{code}"
        self.table = table
        if wrong := set(table) - _TABLES:
            raise PackFaulty(f"{self.where}: nothing reads {min(wrong)}")
        self.elided = dict(table.get("elided", {}))
        self.fillers = frozenset(letters.bare(each) for each in table.get("fillers", ()))
        self.units = {
            letters.bare(word): self._slots(words) for word, words in table.get("units", {}).items()
        }
        self.concepts: dict[str, set[tuple[str, ...]]] = {
            name: {words for each in patterns for words in self._phrases(each)}
            for name, patterns in table.get("concepts", {}).items()
        }
        for name in _ASKED | _ALSO:
            self.concepts.setdefault(name, set())

    def language(self) -> Language:
        rules = tuple(self._rule(each) for each in self.table.get("rules", ()))
        if not rules:
            raise PackFaulty(f"{self.where}.rules: at least one")
        tree: Tree = {}
        words: set[str] = set()
        for name, phrases in self.concepts.items():
            for phrase in phrases:
                place = tree
                for word in phrase:
                    place = place.setdefault(word, {})
                    words.add(word)
                place[_END] = (*place.get(_END, ()), name)
        whole = {word for word in words if word[-1] != "*" and word[0] != "#"}
        known = whole | set(self.units) | self.fillers
        known |= {letters.bare(each) for each in self.table.get("ordinary", ())}
        return Language(
            units=self.units,
            signs={sign: self._slots(each) for sign, each in self.table.get("signs", {}).items()},
            elided=self.elided,
            fillers=self.fillers,
            breaks=frozenset(self.table.get("breaks", ())),
            ways=self._by_need(rules),
            tree=tree,
            words=frozenset(words),
            fitting=letters.Fitting(whole),
            known=frozenset(known),
            stems={word[:-1]: word for word in words if word[-1] == "*"},
            stem_lengths=tuple(sorted({len(word) - 1 for word in words if word[-1] == "*"})),
            heard=letters.by_sound(_long(whole, HEARD_FROM)) if self.table.get("by_sound") else {},
            slips=letters.by_slip(_long(whole, SLIPS_FROM)),
            raises=tuple(
                (level, str(each))
                for level in LEVELS
                for each in self.table.get("raises", {}).get(level, ())
            ),
            calm=tuple(str(each) for each in self.table.get("calm", ())),
        )

    def _slots(self, words: str) -> tuple[Slot, ...]:
        found: list[Slot] = []
        for part in words.split():
            ways = tuple(letters.bare(each) for each in part.split("|"))
            may_go = "" in ways or all(each in self.fillers for each in ways)
            found.append(
                (tuple(each for each in ways if each not in self.fillers and each), may_go)
            )
        return tuple(found)

    def _phrases(self, pattern: str) -> Iterator[tuple[str, ...]]:
        """Yield the words of all that a pattern of words may be."""
        words = pattern.replace("\u2019", "'").replace("-", " ").split()
        parts = [way for part in words for way in self._parts(part)]
        found = False
        if ".." in pattern.split():
            raise PackFaulty(f"{self.where}: {pattern!r}: .. stands in rules alone")
        for ways in product(*parts):
            if phrase := tuple(word for each in ways for word in each.split()):
                found = True
                yield phrase
        if not found:
            raise PackFaulty(f"{self.where}: {pattern!r} has no word")

    def _parts(self, part: str) -> Iterator[list[str]]:
        is_optional = part.endswith("?")
        before, _mark, last = part.removesuffix("?").rpartition("'")
        if "|" in before:
            raise PackFaulty(f"{self.where}: {part!r}: an apostrophe stands before all or none")
        for elided in before.split("'") if before else ():
            yield [self._one(self.elided.get(elided, elided))]
        ways = [way for each in last.split("|") for way in self._forms(each)]
        yield [*ways, ""] if is_optional else ways

    def _forms(self, word: str) -> list[str]:
        if word.startswith("#"):
            return [word]
        if word.endswith("!"):
            stem = letters.bare(word[:-1]).removesuffix("er")
            soft = stem + "e" if stem.endswith("g") else stem
            return [(soft if end[0] in "ao" else stem) + end for end in _OF_A_VERB]
        return [self._one(word)]

    def _one(self, word: str) -> str:
        """Return a word of a pattern as a text is read: its units apart, without fillers."""
        small = letters.bare(word)
        slots = self.units.get(small, ())
        if slots and all(len(ways) == 1 and not may_go for ways, may_go in slots):
            small = " ".join(ways[0] for ways, _may_go in slots)
        return " ".join(each for each in small.split() if each not in self.fillers)

    def _rule(self, told: Mapping[str, Any]) -> Rule:
        if wrong := set(told) ^ (_RULE & set(told) | {"level", "category", "says", "when"}):
            raise PackFaulty(f"{self.where}.rules: {min(wrong)} is missing, or nothing reads it")
        try:
            level, category = Risk(told["level"]), Category(told["category"])
        except ValueError as fault:
            raise PackFaulty(f"{self.where}.rules: {fault}") from None
        if level not in LEVELS:
            raise PackFaulty(f"{self.where}.rules: words tell of no level {level}")
        ways = [way for pattern in told["when"] for way in self._ways(pattern)]
        higher = [
            (rises, tuple(self._named(each) for each in told[f"{rises}_with"]))
            for rises in (Risk.A, Risk.B)
            if f"{rises}_with" in told
        ]
        return Rule(
            level=level,
            worst=min(level, *(rises for rises, _with in higher), level),
            category=category,
            says=Words.read(told["says"], where=f"{self.where}.rules.says"),
            ways=tuple(ways),
            unless=tuple(self._named(each) for each in told.get("unless", ())),
            higher=tuple(higher),
            always=bool(told.get("always")),
            denies=bool(told.get("denies")),
        )

    def _by_need(self, rules: tuple[Rule, ...]) -> dict[str, list[Ordered]]:
        """Return the ways of all rules, the gravest first, by the rarest concept of each.

        It is rare where its shortest pattern is long.
        """
        rare = {
            name: min((sum(map(len, one)) for one in phrases), default=0)
            for name, phrases in self.concepts.items()
        }
        found: dict[str, list[Ordered]] = {}
        ways = ((rule, way) for rule in sorted(rules, key=_worst) for way in rule.ways)
        for order, (rule, way) in enumerate(ways):
            needs = frozenset(name for chain in way for name, _gap in chain.items)
            rarest = max(sorted(needs), key=rare.__getitem__)
            found.setdefault(rarest, []).append((order, rule, way, needs))
        return found

    def _ways(self, pattern: str) -> Iterator[Way]:
        parts = [list(self._chains(part.split())) for part in pattern.split(" + ")]
        yield from product(*parts)

    def _chains(self, items: list[str]) -> Iterator[Chain]:
        not_before = self._named(items.pop(0)[1:]) if items[0].startswith("!") else ""
        not_after = self._named(items.pop()[1:]) if items[-1].startswith("!") else ""
        parts: list[list[tuple[str, int] | None]] = []
        gap = NEAR
        for each in items:
            if each in _GAPS:
                gap = _GAPS[each]
                continue
            ways = each.removesuffix("?").split("|")
            if all(not way.isupper() and letters.bare(way) in self.fillers for way in ways):
                continue
            is_optional = each.endswith("?")
            one = self._named(each.removesuffix("?")), gap
            parts.append([one, None] if is_optional else [one])
            gap = NEAR
        for found in product(*parts):
            chain = tuple(each for each in found if each)
            if not chain:
                raise PackFaulty(f"{self.where}.rules: a way of {items} has no word")
            yield Chain(chain, not_before, not_after)

    def _named(self, item: str) -> str:
        """Return the name of a concept; words that stand in a rule are one of their own."""
        if item not in self.concepts:
            self.concepts[item] = set()
            for each in item.split("|") if any(map(str.isupper, item.split("|"))) else (item,):
                if not each.isupper():
                    self.concepts[item] |= set(self._phrases(each))
                elif each in self.concepts and each != item:
                    self.concepts[item] |= self.concepts[each]
                else:
                    raise PackFaulty(f"{self.where}.rules: no concept is named {each}")
        return item
