"""Reading a text for words of danger takes steps in proportion to it, however it is chosen.

Steps are counted (lines that run), not timed: a busy machine changes nothing.
"""

import sys
from collections.abc import Callable
from itertools import cycle, islice, permutations
from types import FrameType
from typing import Any

import pytest

from balise.helpline.queue.rules.danger_words import danger_words, read
from balise.helpline.queue.rules.danger_words.letters import LONGEST_LOOKED_AT

SHORT = 3_000  # letters
MOST_MORE = 2.5  # times the steps for twice the text
MOST_STEPS = 80  # a letter; 20,000 letters at that pace take less than a tenth of a second


def again(words: str) -> Callable[[int], str]:
    return lambda size: (words * (size // len(words) + 1))[:size]


def never_again(shape: str) -> Callable[[int], str]:
    """Return a text of words that are all different, each made of other letters."""
    words = [
        shape.replace("1", "".join(three)).replace("2", "".join(three[::-1]))
        for three in permutations("abcdefghijklmnopqrstuvwxyz", 3)
    ]
    return lambda size: " ".join(islice(cycle(words), size))[:size]


SLOW = {
    "one word again": again("pas "),
    "words of many concepts": again("il va me "),
    "who will do what": again("il on elle ils va veut dit menace "),
    "a price": again("il veut 100 euros "),
    "a parent": again("mon père "),
    "full stops": again("il me. "),
    "questions": again("c? "),
    "commas": again("a,"),
    "pictures": again("\U0001f48a\U0001f52a"),
    "one endless word": again("a"),
    "no space": again("jeveuxmourirmaintenant"),
    "stars in words": never_again("1*2"),
    "lines in words": never_again("1_2"),
    "digits in words": never_again("1" + "3" + "2"),
    "unknown words": never_again("1ur2"),
    "glued words": never_again("j1er"),
    "words that end alike": never_again("1é"),
}


def steps_of(text: str) -> int:
    """Return how many lines run while a text is read."""
    steps = 0

    def note(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal steps
        steps += event == "line"
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        read(text, country="fr")
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("name", SLOW)
def test_twice_the_text_takes_twice_the_steps(name: str) -> None:
    danger_words("fr")
    once, twice = (steps_of(SLOW[name](size)) for size in (SHORT, 2 * SHORT))
    assert once
    assert twice <= MOST_MORE * once
    assert twice <= MOST_STEPS * 2 * SHORT


def test_what_is_longer_than_is_looked_at_takes_no_more_steps() -> None:
    danger_words("fr")
    text = again("mon père ")(LONGEST_LOOKED_AT)
    assert steps_of(text * 2) == steps_of(text)
