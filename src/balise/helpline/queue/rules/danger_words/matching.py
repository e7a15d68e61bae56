"""Look for the words of one language in a text: words, concepts, then rules.

Each word is looked at a few times, whatever the text: the time is linear in it.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter

from balise.foundation.packs import Words
from balise.helpline.queue.rules import Risk
from balise.helpline.queue.rules.danger_words import vocabulary as v
from balise.helpline.queue.rules.danger_words.reading import Reader
from balise.helpline.queue.rules.danger_words.vocabulary import Category, Chain, Language, Rule

_MOST_AT_ONCE = 40  # patterns that are followed at a place of the text
_BESIDE = 6  # words between what belongs together across the end of a sentence
_AROUND = 12  # words within which a game or a film explains
_SCOPE, _SCOPE_BACK = 5, 2  # words that a denial takes back, after it and before it
_CONDITION_BACK = 3  # words before a denial in which “if” takes it back
_RIGHT_AFTER = 2  # words behind a pattern in which `!X` looks
_by_order = itemgetter(0)

type Place = tuple[int, int]  # in words: from, and the first one behind


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: the level, of what, by which rule, and where its words stand in the text."""

    level: Risk
    category: Category
    rule: Words
    places: tuple[tuple[int, int], ...]  # from which character, and the first one behind


YES_TO_DANGER = Words(
    (("fr", "a dit oui à une question sur un danger"), ("en", "said yes to a question of danger"))
)
_MOST_BEFORE_YES = 2  # words that may stand before it


def says_yes(language: Language, text: str) -> tuple[tuple[int, int], ...]:
    """Return where a text says yes at its beginning; empty where it does not, or denies."""
    reading = Reading(language, text)
    yes = [at for at in reading.spans.get(v.YES, {}) if at <= _MOST_BEFORE_YES]
    if not yes or v.DENIAL in reading.spans or v.WELL in reading.spans:
        return ()
    return (reading.text.where[yes[0]],)


def names_danger(language: Language, text: str) -> Category | None:
    """Return of which danger a question is; None where it names none."""
    reading = Reading(language, text)
    found = reading.finding()
    if found is not None:
        return found.category
    return Category.THREAT if v.DANGER in reading.spans else None


def _both(one: dict[int, list[int]], other: dict[int, list[int]]) -> dict[int, list[int]]:
    found = dict(one)
    for start, ends in other.items():
        found[start] = [*found.get(start, ()), *ends]
    return found


class Reading:
    """One text in one language."""

    def __init__(self, language: Language, text: str) -> None:
        self.language = language
        self.text = Reader(language).words(text)
        self.spans: dict[str, dict[int, list[int]]] = {}
        self.sorted: dict[str, list[int]] = {}
        self._find_concepts()
        self.denied = self._denied()

    def finding(self, than: Risk = Risk.F) -> Finding | None:
        """Return the gravest finding that is graver than a level, or None."""
        there = self.spans.keys()
        found: Finding | None = None
        is_over = v.OVER in there and v.WELL in there
        ways = [
            way for name in there & self.language.ways.keys() for way in self.language.ways[name]
        ]
        for _order, rule, way, needs in sorted(ways, key=_by_order):
            if rule.worst >= than:
                break
            if needs <= there and not (is_over and not rule.always):
                met = self._met(rule, way, than)
                if met is not None:
                    found, than = met, met.level
        return found

    # concepts

    def _find_concepts(self) -> None:
        for names, places in self._met_in_tree().items():
            for name in names:
                known = self.spans.get(name)
                self.spans[name] = places if known is None else _both(known, places)
        if harmless := self.spans.get(v.HARMLESS):
            self._take_out(harmless)

    def _met_in_tree(self) -> dict[tuple[str, ...], dict[int, list[int]]]:
        """Return the places of the concepts: of those that one pattern stands for, once for all."""
        text, tree = self.text, self.language.tree
        met: dict[tuple[str, ...], dict[int, list[int]]] = {}
        active: list[tuple[v.Tree, int]] = []
        clause = 0
        for at, ways in enumerate(text.ways):
            if text.clause[at] != clause:
                clause, active = text.clause[at], []
            after = active[:] if text.may_go[at] else []
            for node, start in (*active, (tree, at)) if ways else ():
                for word in ways:
                    if (place := node.get(word)) is not None:
                        after.append((place, start))
                        if names := place.get(""):
                            met.setdefault(names, {}).setdefault(start, []).append(at + 1)
            active = after[-_MOST_AT_ONCE:]
        return met

    def _take_out(self, harmless: dict[int, list[int]]) -> None:
        """Leave out what stands where a phrase does that is never a danger."""
        gone = {at for start, ends in harmless.items() for at in range(start, max(ends))}
        kept = {
            v.DENIAL,
            v.DENIAL_AFTER,
            v.NO_DENIAL,
            v.CUT,
            v.LINK,
            v.PLAY,
            v.OVER,
            v.WELL,
            v.CONDITION,
        }
        for name, places in list(self.spans.items()):
            if name in kept:
                continue
            left = {
                start: free
                for start, ends in places.items()
                if (free := [end for end in ends if gone.isdisjoint(range(start, end))])
            }
            if left:
                self.spans[name] = left
            else:
                del self.spans[name]

    def _covered(self, name: str) -> set[int]:
        places = self.spans.get(name, {})
        return {at for start, ends in places.items() for at in range(start, max(ends))}

    def _denied(self) -> set[int]:
        """Return the places that a denial takes back; one that “but” follows takes nothing back."""
        text = self.text
        after = self.spans.get(v.DENIAL_AFTER, {})
        deny = self.spans.get(v.DENIAL, {})
        if not after and not deny:
            return set()
        cut, link, free = (self._covered(name) for name in (v.CUT, v.LINK, v.NO_DENIAL))
        denied: set[int] = set()
        for start in deny.keys() | after.keys():
            if start in free or text.clause[start] in text.breaks or self._is_condition(start):
                continue
            ends = deny.get(start) or after[start]
            left, previous = _SCOPE, start
            for at in range(max(ends), len(text.ways)):
                if text.clause[at] != text.clause[start] or at in text.ends_soft:
                    break
                if text.may_go[at] and not text.ways[at]:
                    continue
                if (at in cut and previous not in link) or not left:
                    break
                denied.add(at)
                left, previous = left - 1, at
            if start in after:
                denied |= set(self._back(start, _SCOPE_BACK))
        return denied

    def _is_condition(self, start: int) -> bool:
        """Return whether a denial is a condition and takes nothing back: “si j’envoie pas”."""
        conditions = self.spans.get(v.CONDITION, {})
        return any(at in conditions for at in self._back(start, _CONDITION_BACK))

    def _back(self, start: int, most: int) -> Iterator[int]:
        """Yield the words before a place, the nearest first, within its clause and its line."""
        text, at = self.text, start - 1
        while at >= 0 and most and text.clause[at] == text.clause[start]:
            if at + 1 in text.ends_soft:
                break
            if text.ways[at]:
                yield at
                most -= not text.may_go[at]
            at -= 1

    # rules

    def _met(self, rule: Rule, way: v.Way, than: Risk) -> Finding | None:
        first, *others = way
        best: Finding | None = None
        for place, parts in self._chains(first):
            if not rule.denies and not self.denied.isdisjoint(range(*place)):
                continue
            beside: list[Place] = []
            for other in others:
                near = self._near(place, other, denies=rule.denies)
                if near is None:
                    break
                beside += near
            else:
                level, because = self._level(rule, place)
                if level < than and not self._is_explained(rule, place):
                    than = level
                    best = self._finding(rule, level, [*parts, *beside, *because])
                    if level is rule.worst:
                        return best
        return best

    def _level(self, rule: Rule, place: Place) -> tuple[Risk, list[Place]]:
        for level, concepts in rule.higher:
            for name in concepts:
                if near := self._near(place, Chain(((name, 0),)), denies=rule.denies):
                    return level, near
        return rule.level, []

    def _is_explained(self, rule: Rule, place: Place) -> bool:
        if any(self._is_around(name, place) for name in rule.unless):
            return True
        if rule.always or not self._is_around(v.PLAY, place):
            return False
        is_own = rule.category in {Category.SUICIDE, Category.SELF_HARM}
        return not (is_own and self._is_around(v.NOW, place) and self._is_around(v.MYSELF, place))

    def _finding(self, rule: Rule, level: Risk, places: list[Place]) -> Finding:
        where = self.text.where
        marks = sorted({where[at] for start, end in places for at in range(start, end)})
        return Finding(level, rule.category, rule.says, tuple(marks))

    def _starts(self, name: str) -> list[int]:
        if (known := self.sorted.get(name)) is None:
            known = self.sorted[name] = sorted(self.spans.get(name, ()))
        return known

    def _is_around(self, name: str, place: Place) -> bool:
        starts = self._starts(name)
        at = bisect_left(starts, place[0] - _AROUND)
        clause = self.text.clause
        while at < len(starts) and starts[at] < place[1] + _AROUND:
            if clause[starts[at]] == clause[place[0]]:
                return True
            at += 1
        return False

    def _near(self, place: Place, chain: Chain, *, denies: bool) -> list[Place] | None:
        """Return where a chain stands beside a place: in its clause, or a few words away."""
        clause = self.text.clause
        low, high = place[0] - _AROUND, place[1] + _AROUND
        for (start, end), parts in self._chains(chain, low, high):
            if start < place[1] and end > place[0] and start >= place[0] and len(chain.items) > 1:
                continue
            is_beside = place[0] - _BESIDE <= start <= place[1] + _BESIDE
            is_taken_back = not denies and not self.denied.isdisjoint(range(start, end))
            if (clause[start] == clause[place[0]] or is_beside) and not is_taken_back:
                return parts
        return None

    def _chains(
        self, chain: Chain, low: int = 0, high: int | None = None
    ) -> Iterator[tuple[Place, list[Place]]]:
        name, _gap = chain.items[0]
        starts = self._starts(name)
        at = bisect_left(starts, low)
        while at < len(starts) and (high is None or starts[at] < high):
            start = starts[at]
            at += 1
            if chain.not_before and self._stands_before(chain.not_before, start):
                continue
            for end in self.spans[name][start]:
                for parts in self._rest(chain, 1, [(start, end)]):
                    behind = parts[-1][1]
                    if chain.not_after and self._stands_after(chain.not_after, behind, start):
                        continue
                    yield (start, behind), parts

    def _rest(self, chain: Chain, number: int, parts: list[Place]) -> Iterator[list[Place]]:
        if number == len(chain.items):
            yield parts
            return
        name, gap = chain.items[number]
        places = self.spans[name]
        for start in self._reach(parts[-1][1], gap, parts[0][0]):
            for end in places.get(start, ()):
                yield from self._rest(chain, number + 1, [*parts, (start, end)])

    def _reach(self, at: int, gap: int, start: int) -> Iterator[int]:
        """Yield the places where the next of a chain may begin, with so many words between."""
        text, last = self.text, min(at + gap + _BESIDE, len(self.text.ways))
        while at < last and gap >= 0 and text.clause[at] == text.clause[start]:
            yield at
            gap -= not text.may_go[at]
            at += 1

    def _stands_before(self, name: str, start: int) -> bool:
        places = self.spans.get(name, {})
        return any(at in places for at in self._back(start, 2))

    def _stands_after(self, name: str, end: int, start: int) -> bool:
        places = self.spans.get(name, {})
        return any(at in places for at in self._reach(end, _RIGHT_AFTER, start))


# The words of a finding, marked in the text in which they stand.


type Piece = tuple[str, bool]  # of a text, and whether its words tell of a danger


def pieces(text: str, found: Finding | None) -> list[Piece]:
    """Return a text in pieces that make it up again; one alone where nothing is found."""
    return [piece for piece in _pieces(text, found) if piece[0]]


def _pieces(text: str, found: Finding | None) -> Iterator[Piece]:
    behind = 0
    for start, end in _runs(text, found.places if found else ()):
        yield text[behind:start], False
        yield text[start:end], True
        behind = end
    yield text[behind:], False


def _runs(text: str, places: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """Return the places, those that only a space or an apostrophe parts as one."""
    runs: list[tuple[int, int]] = []
    for start, end in places:
        if runs and (start <= runs[-1][1] or text[runs[-1][1] : start] in _PARTS):
            runs[-1] = runs[-1][0], max(end, runs[-1][1])
        else:
            runs.append((start, end))
    return runs


_PARTS = frozenset({" ", "'", "\u2019"})
