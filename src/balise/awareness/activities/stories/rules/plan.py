"""The map of a story's choices: its scenes in order, and where each choice leads. Pure.

It is read off the walk of a check, so it is what happens: a choice is drawn as it led the first
time that it was met. It is stored, for a walk takes seconds.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from balise.awareness.activities.stories.rules.scenes import Scene
from balise.awareness.activities.stories.rules.walk import START, Walk


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
