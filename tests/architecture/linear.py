"""Prove that a regular expression takes time in proportion to the text, whatever the text is.

The expression becomes an automaton of positions (Glushkov 1961). Python's engine tries the ways
through it one after the other, so what it does is bounded by how many ways read the same text. That
number has a bound of its own where no state has a loop from which a way leaves to another loop that
reads the same word (Weber and Seidl 1991; for engines that go back, Weideman and others 2016).

What is assumed is never better than what is so: a long repeat has no end, an assertion that looks
further than one character always holds. A way that surely ends is left out: it never goes back.
"""

import re
from collections.abc import Iterator
from typing import Any

from tests.architecture.automaton import START, Automaton, State, Steps

# A repeat of more copies counts as one without an end. Few are quick to look at, and often enough.
COPIES = (3, 300)

type After = dict[State, set[State]]


def ambiguous(pattern: re.Pattern[Any], *, use: str) -> str:
    """Return a word that costs more than its length when it is repeated; empty where none does.

    `use` is the method by which the expression is applied.
    """
    word = ""
    for copies in COPIES:
        word = _costly(pattern, use, copies)
        if not word:
            break
    return word


def words_to_repeat(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """Yield, for each loop of an expression, a word that leads there and one that goes around."""
    steps = Automaton(pattern, COPIES[0]).steps(is_searched=False)
    for state in _around(_after(steps)):
        around = _way(steps, state, state)
        if around:
            yield _way(steps, (START, ""), state), around


def _way(steps: Steps, begin: State, end: State) -> str:
    """Return a shortest word that leads from one state to another; empty where none does."""
    words = {each: symbol for symbol, ways in steps[begin].items() for each in ways}
    for state in (waiting := list(words)):
        for symbol, ways in steps[state].items():
            for each in ways:
                if each not in words:
                    words[each] = words[state] + symbol
                    waiting.append(each)
    return words.get(end, "")


def _costly(pattern: re.Pattern[Any], use: str, copies: int) -> str:
    automaton = Automaton(pattern, copies)
    steps = automaton.steps(is_searched=use not in {"match", "fullmatch"})
    if use != "fullmatch":
        steps = _without(steps, _never_failing(steps, automaton))
    return _found(steps)


def _never_failing(steps: Steps, automaton: Automaton) -> set[State]:
    """Return the states from which a match surely ends, after a bounded look at what follows."""
    found = {state for state in steps if automaton.may_end(state)}
    while True:
        after = {
            state: {each for ways in by.values() for each in ways if each not in found}
            for state, by in steps.items()
        }
        endless = _around({each: others for each, others in after.items() if each not in found})
        failing = {each for each in found if not _reached(after, each).isdisjoint(endless)}
        if not failing:
            return found
        found -= failing


def _without(steps: Steps, left_out: set[State]) -> Steps:
    """Return the states that are reached where some are left out."""
    kept: Steps = {}
    waiting: list[State] = [(START, "")]
    for state in waiting:
        if state in kept:
            continue
        kept[state] = {
            symbol: [each for each in ways if each not in left_out]
            for symbol, ways in steps[state].items()
        }
        waiting += [each for ways in kept[state].values() for each in ways]
    return kept


def _found(steps: Steps) -> str:
    """Return a word that leads from one loop to itself and to another that it goes around too."""
    after = _around(_after(steps))
    reached = {state: _reached(after, state) for state in after}
    into = {state: {each for each in after if state in reached[each]} for state in after}
    loops = [state for state in after if state in reached[state]]
    for state in loops:
        for symbol, ways in steps[state].items():
            if any(ways.count(each) > 1 and state in reached.get(each, ()) for each in ways):
                return symbol
    for one in loops:
        for other in loops:
            if one != other and one[1] == other[1] and other in reached[one]:
                word = _common_word(steps, one, other, reached, into)
                if word:
                    return word
    return ""


def _after(steps: Steps) -> After:
    return {state: {each for ways in by.values() for each in ways} for state, by in steps.items()}


def _around(after: After) -> After:
    """Return the loops, and the ways from one to another, without all that leads to none."""
    while True:
        entered = {each for others in after.values() for each in others}
        kept = {
            state: others & after.keys()
            for state, others in after.items()
            if state in entered and not others.isdisjoint(after)
        }
        if kept.keys() == after.keys():
            return kept
        after = kept


def _common_word(
    steps: Steps,
    one: State,
    other: State,
    reached: After,
    into: After,
) -> str:
    """Return a word that leads from one state to it and to the other, and from the other to it."""
    rooms = (
        reached[one] & into[one] | {one},
        reached[one] & into[other] | {one, other},
        reached[other] & into[other] | {other},
    )
    begin, end = (one, one, other), (one, other, other)
    words = {begin: ""}
    waiting = [begin]
    for three in waiting:
        common = steps[three[0]].keys() & steps[three[1]].keys() & steps[three[2]].keys()
        for symbol in sorted(common):
            for following in _threes(steps, three, symbol, rooms):
                if following == end:
                    return words[three] + symbol
                if following not in words:
                    words[following] = words[three] + symbol
                    waiting.append(following)
    return ""


def _threes(
    steps: Steps, three: tuple[State, ...], symbol: str, rooms: tuple[set[State], ...]
) -> Iterator[tuple[State, State, State]]:
    a, b, c = (
        {each for each in steps[state][symbol] if each in room}
        for state, room in zip(three, rooms, strict=True)
    )
    yield from ((x, y, z) for x in a for y in b for z in c)


def _reached(after: After, state: State) -> set[State]:
    found: set[State] = set()
    waiting = list(after.get(state, ()))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += after.get(each, ())
    return found
