"""The map of a story's choices: its scenes in order, and where each choice leads. Pure.

It is read off the walk of a check, so it is what happens: a choice is drawn as it led the first
time that it was met. It is stored, for a walk takes seconds.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from balise.awareness.activities.stories.rules import player
from balise.awareness.activities.stories.rules.engine import StoryFaulty
from balise.awareness.activities.stories.rules.player import Play, Story
from balise.awareness.activities.stories.rules.saves import Told
from balise.awareness.activities.stories.rules.tags import Scene

# Walking a story by state: every scene, choice and ending that can be reached, each state once.
#
# Pure. Two ways that lead to one place, from where nothing can tell them apart, are one state.


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


@dataclass(frozen=True, slots=True)
class Way:
    """A choice, by its id and its words, and the number of the scene that it leads to."""

    id: str
    text: str
    to: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A scene on the map: `depth` choices from the beginning; `line` is its first, with its id."""

    nth: int
    depth: int
    line: tuple[str, str]
    is_hard: bool
    is_checkpoint: bool
    ways: tuple[Way, ...]

    @property
    def is_end(self) -> bool:
        """Return whether nothing can be chosen there."""
        return not self.ways

    def told(self) -> list[Any]:
        """Return it as JSON holds it."""
        ways = [[way.id, way.text, way.to] for way in self.ways]
        return [self.nth, self.depth, [*self.line], self.is_hard, self.is_checkpoint, ways]

    @classmethod
    def read(cls, told: Sequence[Any]) -> Self:
        """Return what `told` wrote."""
        nth, depth, (line, text), is_hard, is_checkpoint, ways = told
        return cls(
            nth, depth, (line, text), is_hard, is_checkpoint, tuple(Way(*way) for way in ways)
        )


def plan(walked: Walk) -> tuple[Stop, ...]:
    """Return the scenes of a walk in the order in which they are come to."""
    at = defaultdict[int, dict[str, Scene]](dict)  # by state, and by the scene come through
    first, depth = dict[str, Scene](), dict[str, int]()
    for each in walked.arrivals:
        name = each.scene.name
        at[each.to].setdefault(name, each.scene)
        if name not in first:
            first[name] = each.scene
            depth[name] = 0 if each.at == START else min(depth[one] for one in at[each.at]) + 1
    leads: dict[str, dict[str, tuple[str, str]]] = {name: {} for name in first}
    for each in walked.arrivals:
        for name, before in at[each.at].items() if each.at != START else ():
            choice = next(one for one in before.choices if one.index == each.index)
            leads[name].setdefault(choice.id, (choice.text, each.scene.name))
    numbers = {name: nth for nth, name in enumerate(first, start=1)}
    return tuple(
        _stop(first[name], nth, depth[name], leads[name], numbers) for name, nth in numbers.items()
    )


def _stop(
    scene: Scene,
    nth: int,
    depth: int,
    leads: Mapping[str, tuple[str, str]],
    numbers: Mapping[str, int],
) -> Stop:
    line = (scene.lines[0].id, scene.lines[0].text) if scene.lines else ("", "")
    is_hard = scene.tags.hard or (bool(scene.tags.triggers) and nth > 1)
    ways = tuple(Way(code, text, numbers[to]) for code, (text, to) in leads.items())
    return Stop(nth, depth, line, is_hard, scene.tags.checkpoint, ways)
