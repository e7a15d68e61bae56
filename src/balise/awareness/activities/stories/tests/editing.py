"""A story that an author edits at random: choices, scenes and variables come, go and are renamed.

A scene or a choice is the same by its `uid`, whatever its name. Half of the names that change are
said in `moves`.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from balise.awareness.activities.stories.rules.saves import Moves

MOST_PLACES, MOST_WAYS = 10, 22


@dataclass
class Way:
    """A choice: it counts itself in a variable, if that is still declared."""

    uid: int
    id: str
    to: "Place"
    counts: str


@dataclass
class Place:
    """A scene."""

    uid: int
    name: str
    is_checkpoint: bool
    ways: list[Way] = field(default_factory=list)


class Edited:
    """A story, as its author has it; `moves` is what they said of names that changed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
        self.numbers = count(1)
        self.places = [self._place(is_checkpoint=True)]
        self.variables: dict[int, str] = {}  # the name that a choice's count has
        self.scenes, self.names, self.choices = {}, {}, {}  # type: dict[str, str], dict[str, str], dict[str, str]
        for _nth in range(9):
            self._add_place()
        for _nth in range(18):
            self._add_way()

    @property
    def moves(self) -> Moves:
        return Moves(dict(self.scenes), dict(self.names), dict(self.choices))

    @property
    def ways(self) -> list[tuple[Place, Way]]:
        return [(place, way) for place in self.places for way in place.ways]

    def edit(self) -> None:
        """Change one thing."""
        self.chance.choice(
            (
                *(self._add_way, self._add_place, self._remove_way, self._remove_place),
                *(self._rename_way, self._rename_place, self._rename_variable),
                *(self._forget_variable, self._turn_checkpoint, self._shuffle),
            )
        )()

    def compiled(self) -> str:
        """Return the story as the compiler writes it."""
        knots: dict[str, Any] = {place.name: _knot(place, self.variables) for place in self.places}
        told = [part for name in self.variables.values() for part in (0, {"VAR=": name})]
        knots["global decl"] = ["ev", *told, "/ev", "end", None]
        root = [[{"->": self.places[0].name}, ["done", {"#f": 5, "#n": "g-0"}], None], "done"]
        return json.dumps({"inkVersion": 21, "root": [*root, knots | {"#f": 1}], "listDefs": {}})

    def _place(self, *, is_checkpoint: bool) -> Place:
        uid = next(self.numbers)
        return Place(uid, f"scene{uid}", is_checkpoint)

    def _add_place(self) -> None:
        if len(self.places) >= MOST_PLACES:
            return
        place = self._place(is_checkpoint=self.chance.random() < 0.5)
        near = self.chance.choice(self.places)
        self.places.append(place)
        self._way(near, place)
        self._way(place, self.chance.choice(self.places))

    def _add_way(self) -> None:
        if len(self.ways) >= MOST_WAYS:
            return
        self._way(self.chance.choice(self.places), self.chance.choice(self.places))

    def _way(self, place: Place, to: Place) -> None:
        uid = next(self.numbers)
        self.variables[uid] = f"n{uid}"
        at = self.chance.randint(0, len(place.ways))  # above those that are there, too
        place.ways.insert(at, Way(uid, f"way{uid}", to, f"n{uid}"))

    def _remove_way(self) -> None:
        if len(self.ways) > 12:
            place, way = self.chance.choice(self.ways)
            place.ways.remove(way)

    def _remove_place(self) -> None:
        if len(self.places) > 6:
            gone = self.chance.choice(self.places[1:])
            self.places.remove(gone)
            for place in self.places:
                place.ways = [way for way in place.ways if way.to is not gone]

    def _rename_way(self) -> None:
        _place, way = self.chance.choice(self.ways)
        was, way.id = way.id, f"way{next(self.numbers)}"
        if self.chance.random() < 0.5:
            self.choices[was] = way.id

    def _rename_place(self) -> None:
        place = self.chance.choice(self.places)
        was, place.name = place.name, f"scene{next(self.numbers)}"
        if self.chance.random() < 0.5:
            self.scenes[was] = place.name

    def _rename_variable(self) -> None:
        _place, way = self.chance.choice(self.ways)
        if way.uid in self.variables:
            was, self.variables[way.uid] = self.variables[way.uid], f"n{next(self.numbers)}"
            self.names[was] = self.variables[way.uid]

    def _forget_variable(self) -> None:
        _place, way = self.chance.choice(self.ways)
        self.variables.pop(way.uid, None)
        there = {way.uid for _place, way in self.ways}
        self.variables = {uid: name for uid, name in self.variables.items() if uid in there}

    def _turn_checkpoint(self) -> None:
        place = self.chance.choice(self.places)
        place.is_checkpoint = not place.is_checkpoint

    def _shuffle(self) -> None:
        self.chance.shuffle(self.chance.choice(self.places).ways)


def _knot(place: Place, variables: dict[int, str]) -> list[Any]:
    said: list[Any] = list(_tag("checkpoint")) if place.is_checkpoint else []
    said += [f"^{place.name} ", *_tag(f"id: {place.name}.1"), "\n"]
    taken: dict[str, Any] = {}
    for nth, way in enumerate(place.ways):
        said += ["ev", "str", f"^{way.id} ", *_tag(f"id: {way.id}"), "/str", "/ev"]
        said.append({"*": f".^.c-{nth}", "flg": 4})
        name = variables.get(way.uid)
        more = ["ev", {"VAR?": name}, 1, "+", "/ev", {"VAR=": name, "re": True}] if name else []
        taken[f"c-{nth}"] = ["\n", *more, {"->": way.to.name}, {"#f": 5}]
    return [[*said, *([] if place.ways else ["end"]), taken or None], {"#f": 1}]


def _tag(text: str) -> Iterator[str]:
    yield from ("#", f"^{text}", "/#")
