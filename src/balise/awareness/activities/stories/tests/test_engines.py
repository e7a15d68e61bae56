"""A browser and our server play one story: the same scenes, tags, variables and saves."""

import pytest

from balise.awareness.activities.stories.rules import about
from balise.awareness.activities.stories.tests.engines import by_inkjs, by_inkpython
from balise.awareness.activities.stories.tests.makers import GOOD
from balise.awareness.activities.stories.tests.sources import YARD, ink

MUCH = """
VAR whole = 0
VAR part = 1.5
VAR said = "non"
VAR yes = true
VAR where = -> one
LIST moods = calm, (cross), afraid
-> one
=== one
~ whole = 3
# checkpoint
{&Un|Deux|Trois} {~a|b|c} {RANDOM(1, 100)} {moods} {whole / 2} {part * 2} {said + "!"} # id: a
{LIST_COUNT(moods)} {LIST_RANDOM(moods)} {TURNS()} {yes}
{SEED_RANDOM(4)}
+ [Plus loin # id: far] -> tunnel ->
  ~ moods += calm
  ~ part = part / 3 + whole * 7 % 5
  -> two
* (taken) [Une fois # id: once] -> where
+ {taken} [Fin # id: end]
  -> END
=== two
# checkpoint
= first
Ici. {one > 2: Encore.}
<- more
* [Choisir # id: pick] -> one
+ [Rester # id: stay] Je reste.
  -> first
=== more
+ [Un fil # id: thread] -> one
=== tunnel
Par le tunnel. # speaker: Lou
->->
"""


@pytest.mark.parametrize("seed", [0, 12345])
@pytest.mark.parametrize("source", [YARD, GOOD, MUCH], ids=["yard", "good", "much"])
def test_both_engines_play_alike(source: str, seed: int) -> None:
    compiled = ink(source).text
    walked, ours = by_inkpython(compiled, slug="one", seed=seed)
    theirs = by_inkjs(compiled, walked, slug="one", seed=seed)
    for each, other in zip(ours.arrivals, theirs.arrivals, strict=True):
        assert each == other


@pytest.mark.parametrize("slug", [each.slug for each in about.stories("fr")])
def test_our_own_stories_are_the_same_in_both(slug: str) -> None:
    compiled = next(each.compiled for each in about.stories("fr") if each.slug == slug)
    walked, ours = by_inkpython(compiled, slug=slug)
    assert walked.is_whole
    assert ours.arrivals == by_inkjs(compiled, walked, slug=slug).arrivals
