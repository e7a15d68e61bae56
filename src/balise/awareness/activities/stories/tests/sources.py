"""Small stories in ink, compiled once in a run."""

from functools import cache

from django.conf import settings

from balise.awareness.activities.stories.documents.compiling import Compiled, compiled
from balise.awareness.activities.stories.rules import player
from balise.awareness.activities.stories.rules.player import Story

YARD = """
VAR trust = 0
EXTERNAL ring(times)
-> yard
=== yard ===
# image: yard # alt: Two pupils in the yard. # checkpoint
Lou shows you a telephone. # id: y1 # speaker: lou
{yard > 1: You are here again. # id: y2}
* [Talk to an adult # id: talk]
  You talk. # id: y3
  ~ trust = trust + 1
  -> office
* [Let it go # id: let]
  -> evening
+ [Look around # id: look]
  -> yard
=== office ===
# checkpoint # clue: note
The door is open. # id: o1
~ trust = trust + 1
* [Say everything # id: say] -> good
* [Go home # id: home] -> evening
=== evening ===
# image: bedroom
It is late. # id: e1
~ ring(2)
+ [Call # id: call] -> good
+ [Sleep # id: sleep] -> sad
=== good ===
You are heard. # id: g1 # ending: heard # help: 3018
-> END
=== sad ===
You sleep badly. # id: s1 # ending: alone # help: 3018
-> END
=== function ring(times) ===
~ return times
"""


@cache
def ink(source: str) -> Compiled:
    """Return a compiled source of one file."""
    return compiled({"main.ink": source}, library=settings.INKJS)


def story(source: str = YARD, *, slug: str = "yard") -> Story:
    """Return a story to play."""
    made = ink(source)
    assert made.text, made.said
    return player.load(made.text, slug=slug)
