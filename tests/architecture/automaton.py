"""A regular expression as an automaton of positions (Glushkov 1961), as Python parses it."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from re import (
    _constants as op,  # type: ignore[attr-defined]
    _parser as parser,  # type: ignore[attr-defined]
)
from typing import Any, NamedTuple

MOST_POSITIONS = 6_000

# One character of each kind that a class may tell apart; an expression's own are added.
_SAMPLE = "\x00\t\n\r\x1f !\"'(),-./09:;<=>?@AZ[]_az{|}~\x7f\x85\xa0éÉßſ١\u2028\u200b漢"
START = -1

type Class = Callable[[str], bool]
type Gap = Callable[[str, str], bool]  # what stands before and after; "" at the text's two ends
type State = tuple[int, str]  # a position, and (one like) the character that it has just read
type Steps = dict[State, dict[str, list[State]]]


class Way(NamedTuple):
    """To a position, or from one, where the gap allows it."""

    position: int
    gap: Gap


class Part(NamedTuple):
    """A piece of an expression: how it begins and ends, and where it may match nothing."""

    first: list[Way]
    last: list[Way]
    empty: list[Gap]


class TooLarge(Exception):
    """The automaton has more positions than are looked at."""


class Automaton:
    """Positions, what each one reads, and what follows it."""

    def __init__(self, pattern: re.Pattern[Any], copies: int) -> None:
        source = pattern.pattern
        parsed = parser.parse(source, pattern.flags & ~re.DEBUG)
        self._copies = copies
        self._is_octets = isinstance(source, bytes)
        self._groups: dict[int, Any] = {}
        self._reads: list[Class] = []
        self._classes: list[Class] = [_is_word(ascii_only=False), lambda each: each == "\n"]
        self._follows: dict[int, list[Way]] = {}
        self._characters = set(_SAMPLE)
        self.whole = self._sequence(parsed, pattern.flags)
        self.symbols = self._told_apart()

    def steps(self, *, is_searched: bool) -> Steps:
        """Return where each state that is reached goes on to, by the character that comes next."""
        follows = self._follows | {START: list(self.whole.first)}
        alike = self._alike_before(follows)
        found: Steps = {}
        waiting: list[State] = [(START, "")]
        while waiting:
            state = waiting.pop()
            if state in found:
                continue
            position, before = state
            by = found[state] = {}
            for symbol in self.symbols:
                ways = [
                    (way.position, alike[symbol])
                    for way in follows.get(position, ())
                    if self._reads[way.position](symbol) and way.gap(before, symbol)
                ]
                if position == START and is_searched:
                    ways.append((START, alike[symbol]))
                if ways:
                    by[symbol] = ways
                    waiting += ways
        return found

    def _alike_before(self, follows: dict[int, list[Way]]) -> dict[str, str]:
        """Return for each character the first of those that no gap tells from it, before it."""
        ways = [way for each in (*follows.values(), self.whole.last) for way in each]
        gaps = {way.gap for way in ways if way.gap is not _always}
        first: dict[tuple[bool, ...], str] = {}
        return {
            symbol: first.setdefault(
                tuple(gap(symbol, each) for gap in gaps for each in ("", *self.symbols)), symbol
            )
            for symbol in self.symbols
        }

    def may_end(self, state: State) -> bool:
        """Return whether a match may end at a state, whatever comes next."""
        position, before = state
        return any(
            way.position == position and all(way.gap(before, each) for each in ("", *self.symbols))
            for way in self.whole.last
        )

    def _told_apart(self) -> list[str]:
        """Return one character for each set of classes that some have in common."""
        known = sorted(each for each in self._characters if not self._is_octets or each <= "\xff")
        return list({tuple(one(each) for one in self._classes): each for each in known}.values())

    def _sequence(self, items: Iterable[Any], flags: int) -> Part:
        whole = Part([], [], [_always])
        for code, given in items:
            whole = self._joined(whole, self._part(code, given, flags))
        return whole

    def _joined(self, one: Part, two: Part) -> Part:
        for end in one.last:
            for begin in two.first:
                self._follows.setdefault(end.position, []).append(
                    Way(begin.position, _both(end.gap, begin.gap))
                )
        return Part(
            one.first + [Way(p, _both(e, gap)) for p, gap in two.first for e in one.empty],
            two.last + [Way(p, _both(gap, e)) for p, gap in one.last for e in two.empty],
            [_both(a, b) for a in one.empty for b in two.empty],
        )

    def _part(self, code: Any, given: Any, flags: int) -> Part:  # noqa: PLR0911 - a case each
        match code:
            case op.SUBPATTERN:
                group, more, fewer, items = given
                self._groups[group] = (items, (flags | more) & ~fewer)
                return self._sequence(items, (flags | more) & ~fewer)
            case op.ATOMIC_GROUP:
                return self._sequence(given, flags)
            case op.BRANCH:
                return _either([self._sequence(each, flags) for each in given[1]])
            case op.MAX_REPEAT | op.MIN_REPEAT | op.POSSESSIVE_REPEAT:
                return self._repeated(code, *given, flags=flags)
            case op.GROUPREF:
                return self._sequence(*self._groups[given])
            case op.AT:
                return Part([], [], [self._at(given, flags)])
            case op.ASSERT | op.ASSERT_NOT:
                return self._looked(given, flags, is_there=code is op.ASSERT)
        here = len(self._reads)
        if here >= MOST_POSITIONS:
            raise TooLarge
        self._reads.append(self._class(code, given, flags))
        return Part([Way(here, _always)], [Way(here, _always)], [])

    def _repeated(self, code: Any, least: int, most: int, items: Any, *, flags: int) -> Part:
        if most is op.MAXREPEAT or most > self._copies:
            one = self._sequence(items, flags)
            self._joined(Part([], one.last, []), Part(one.first, [], []))
            last = one.last
            if code is op.POSSESSIVE_REPEAT and len(items) == 1 and _reads_one(items[0]):
                read = self._class(*items[0], flags)  # it takes all that there are
                last = [Way(p, _both(gap, lambda _x, y: not (y and read(y)))) for p, gap in last]
            return Part(one.first, last, [_always] if least == 0 else one.empty)
        copies = [self._sequence(items, flags) for _each in range(most)]
        for one, two in pairwise(copies):
            self._joined(Part([], one.last, []), Part(two.first, [], []))
        last = [way for copy in copies[max(least, 1) - 1 :] for way in copy.last]
        if copies and copies[0].empty:
            last = [way for copy in copies for way in copy.last]
        empty = [_always] if least == 0 or not copies else copies[0].empty
        return Part(copies[0].first if copies else [], last, empty)

    def _looked(self, given: Any, flags: int, *, is_there: bool) -> Part:
        direction, items = given
        one = self._one_character(items, flags)
        if one is not None and direction < 0:
            return Part([], [], [lambda before, _after: one(before) is is_there])
        if one is not None:
            return Part([], [], [lambda _before, after: one(after) is is_there])
        if direction < 0:
            return Part([], [], [_always])  # of a fixed length
        return Part(self._sequence(items, flags).first, [], [_always])

    def _one_character(self, items: Any, flags: int) -> Class | None:
        """Return what a look at one character asks, "" being none; None for any other look."""
        if len(items) != 1:
            return None
        code, given = items[0]
        if code is op.BRANCH:
            several = [self._one_character(each, flags) for each in given[1]]
            known = [each for each in several if each is not None]
            return (lambda each: any(one(each) for one in known)) if known == several else None
        if code is op.AT and given in {op.AT_END, op.AT_END_STRING}:
            return lambda each: not each
        if code is op.AT and given in {op.AT_BEGINNING, op.AT_BEGINNING_STRING}:
            return lambda each: not each
        if not _reads_one(items[0]):
            return None
        read = self._class(code, given, flags)
        return lambda each: bool(each) and read(each)

    def _at(self, place: Any, flags: int) -> Gap:
        is_lines = bool(flags & re.MULTILINE)
        word = _is_word(ascii_only=self._is_ascii(flags))
        match place:
            case op.AT_BEGINNING | op.AT_BEGINNING_STRING:
                ends = {"", "\n"} if is_lines and place is op.AT_BEGINNING else {""}
                return lambda before, _after: before in ends
            case op.AT_END:
                return lambda _before, after: after in {"", "\n"}
            case op.AT_END_STRING:
                return lambda _before, after: not after
            case op.AT_BOUNDARY:
                return lambda before, after: word(before) is not word(after)
            case _:
                return lambda before, after: word(before) is word(after)

    def _class(self, code: Any, given: Any, flags: int) -> Class:
        listed = given if code is op.IN else [(code, given)]
        is_not = code is op.NOT_LITERAL or (code is op.IN and given[0][0] is op.NEGATE)
        for each, what in listed:
            ends = {op.RANGE: what, op.LITERAL: (what,), op.NOT_LITERAL: (what,)}.get(each, ())
            for end in ends:
                near = (chr(max(end - 1, 0)), chr(end), chr(min(end + 1, 0x10FFFF)))
                self._characters.update(near, near[1].swapcase()[:1])
        is_cased = not flags & re.IGNORECASE
        ascii_only, is_any = self._is_ascii(flags), bool(flags & re.DOTALL)

        @cache
        def reads(one: str) -> bool:
            forms = {one} if is_cased else {one, one.lower(), one.upper(), one.casefold()}
            found = any(
                _is_in(form, each, what, ascii_only=ascii_only, is_any=is_any)
                for form in forms
                for each, what in listed
            )
            return found is not is_not

        self._classes.append(reads)
        return reads

    def _is_ascii(self, flags: int) -> bool:
        return self._is_octets or bool(flags & re.ASCII)


def _always(_before: str, _after: str) -> bool:
    return True


def _both(one: Gap, two: Gap) -> Gap:
    if one is _always or two is _always:
        return two if one is _always else one
    return lambda before, after: one(before, after) and two(before, after)


def _either(parts: list[Part]) -> Part:
    return Part(*([each for part in parts for each in part[place]] for place in range(3)))  # type: ignore[arg-type]


def _reads_one(item: Any) -> bool:
    return item[0] in {op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN}


def _is_word(*, ascii_only: bool) -> Class:
    return lambda each: (each.isalnum() or each == "_") and (not ascii_only or each.isascii())


def _is_in(one: str, code: Any, given: Any, *, ascii_only: bool, is_any: bool) -> bool:
    """Return whether a character is among those of one item of a class."""
    match code:
        case op.LITERAL | op.NOT_LITERAL:
            return len(one) == 1 and ord(one) == given
        case op.RANGE:
            return len(one) == 1 and given[0] <= ord(one) <= given[1]
        case op.ANY:
            return is_any or one != "\n"
        case op.CATEGORY:
            name = str(given).removeprefix("CATEGORY_")
            is_of = {
                "DIGIT": str.isdecimal,
                "SPACE": str.isspace,
                "WORD": _is_word(ascii_only=ascii_only),
            }[name.removeprefix("NOT_")]
            found = is_of(one) and (not ascii_only or one.isascii())
            return found is not name.startswith("NOT_")
    return False  # NEGATE
