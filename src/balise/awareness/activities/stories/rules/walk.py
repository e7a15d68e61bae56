"""Walking a story by state: every scene, choice and ending that can be reached, each state once.

Pure. Two ways that lead to one place, from where nothing can tell them apart, are one state.
"""

from dataclasses import dataclass
from typing import Final

from balise.awareness.activities.stories.rules import player
from balise.awareness.activities.stories.rules.engine import StoryFaulty
from balise.awareness.activities.stories.rules.player import Play, Story
from balise.awareness.activities.stories.rules.saves import Told
from balise.awareness.activities.stories.rules.scenes import Scene

MOST: Final = 5_000  # states
START: Final = -1


@dataclass(frozen=True, slots=True)
class Arrival:
    """That the choice `index` of the state `at` leads to a scene, in the state `to`.

    The first arrival is the beginning, from `START`. `entered` are the scenes come through.
    """

    at: int
    index: int
    to: int
    scene: Scene
    variables: dict[str, Told]
    entered: tuple[str, ...]
    heard: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """Every way from state to state; `is_whole` is no where there are more than `MOST` states.

    `broken` says where a choice ended in an error of the story, and which.
    """

    arrivals: tuple[Arrival, ...]
    states: int
    broken: tuple[tuple[str, StoryFaulty], ...]
    is_whole: bool


def walk(story: Story, *, seed: int = 0, most: int = MOST) -> Walk:
    """Return every way from state to state."""
    try:
        plays = [player.begin(story, seed=seed)]
    except StoryFaulty as error:
        return Walk((), 0, (("", error),), is_whole=True)
    arrivals = [_arrival(plays[0], START, 0, 0)]
    broken: list[tuple[str, StoryFaulty]] = []
    known = {plays[0].key(): 0}
    done = 0
    while done < len(plays) <= most:
        play = plays[done]
        for choice in play.scene.choices:
            after = play.copied()
            try:
                after.choose(choice.index)
            except StoryFaulty as error:
                broken.append((play.scene.name, error))
                continue
            to = known.setdefault(after.key(), len(plays))
            if to == len(plays):
                plays.append(after)
            arrivals.append(_arrival(after, done, choice.index, to))
        done += 1
    return Walk(tuple(arrivals), len(plays), tuple(broken), is_whole=done == len(plays))


def _arrival(play: Play, at: int, index: int, to: int) -> Arrival:
    return Arrival(at, index, to, play.scene, play.variables, play.entered, play.heard)
