"""Saves that survive an edit: what a player has been through, never where an engine stood. Pure.

An engine's own save names places by their number in the file; one more choice above, and it lies
without an error. This one holds names that authors gave: the last checkpoints passed, and at each
of them the declared variables and the visits that matter. docs/decisions/0049 says why.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

FORMAT: Final = 1  # of `told`; a later one is refused
MOST_MARKS: Final = 12
_MOST_NAMES: Final = 500
_LONGEST: Final = 2_000
_MOST_TURNS: Final = 1_000_000
_NAME: Final = re.compile(r"[\w.#:/-]{1,120}")

type Told = bool | int | str | Mapping[str, Any]


class SaveFaulty(ValueError):
    """What was given is no save."""


class SaveNewer(SaveFaulty):
    """The save was written by a later version of Balise."""


class SaveElsewhere(SaveFaulty):
    """The save is one of another story."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A checkpoint as a player came to it: counted as visited, and nothing of it played yet.

    `visits` counts named places, and choices taken by `#id`; `random` and `turns` are the
    engine's last random number and its count of choices.
    """

    checkpoint: str
    variables: Mapping[str, Told] = field(default_factory=dict)
    visits: Mapping[str, int] = field(default_factory=dict)
    random: int = 0
    turns: int = -1

    def told(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return {
            "c": self.checkpoint,
            "v": dict(self.variables),
            "n": dict(self.visits),
            "r": self.random,
            "t": self.turns,
        }

    @classmethod
    def read(cls, told: object) -> Self:
        """Return what `told` wrote. Raises SaveFaulty."""
        if not isinstance(told, Mapping):
            raise SaveFaulty("a mark is an object")
        variables, visits = told.get("v"), told.get("n")
        if not isinstance(variables, Mapping) or not isinstance(visits, Mapping):
            raise SaveFaulty("a mark has variables and visits")
        if max(len(variables), len(visits)) > _MOST_NAMES:
            raise SaveFaulty("a mark has too many names")
        return cls(
            checkpoint=_name(told.get("c")),
            variables={_name(name): _value(value) for name, value in variables.items()},
            visits={_name(name): _number(count) for name, count in visits.items()},
            random=_number(told.get("r"), most=1 << 31),
            turns=_number(told.get("t"), least=-1),
        )


@dataclass(frozen=True, slots=True)
class Save:
    """Of which story, in which state of it (`hash`), and the last checkpoints, the latest last.

    Without a mark it is the beginning, which every state of a story has.
    """

    story: str
    hash: str
    seed: int
    marks: tuple[Mark, ...] = ()

    @property
    def checkpoint(self) -> str:
        """Return the last checkpoint; nothing at the beginning."""
        return self.marks[-1].checkpoint if self.marks else ""

    @property
    def variables(self) -> Mapping[str, Told]:
        """Return the declared variables at the last checkpoint."""
        return self.marks[-1].variables if self.marks else {}

    @property
    def visits(self) -> Mapping[str, int]:
        """Return the visits that matter at the last checkpoint."""
        return self.marks[-1].visits if self.marks else {}

    def told(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        marks = [mark.told() for mark in self.marks]
        return {"f": FORMAT, "s": self.story, "h": self.hash, "g": self.seed, "m": marks}

    @classmethod
    def read(cls, told: object) -> Self:
        """Return what `told` wrote. Raises SaveFaulty, SaveNewer."""
        if not isinstance(told, Mapping):
            raise SaveFaulty("a save is an object")
        if _number(told.get("f")) > FORMAT:
            raise SaveNewer("this save was made by a later version")
        marks = told.get("m")
        if not isinstance(marks, list) or len(marks) > MOST_MARKS:
            raise SaveFaulty("a save has a list of marks")
        return cls(
            story=_name(told.get("s")),
            hash=_name(told.get("h")),
            seed=_number(told.get("g"), most=1 << 31),
            marks=tuple(Mark.read(mark) for mark in marks),
        )


@dataclass(frozen=True, slots=True)
class Moves:
    """What an edit renamed, from the old name to the new one: `[moved]` of `story.toml`."""

    scenes: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved:
    """That a save could not be followed to its end; `scene` is where the player goes on.

    `why` is `gone` where the checkpoint is there no more, `changed` where a choice is.
    """

    why: str
    scene: str


def with_mark(marks: tuple[Mark, ...], mark: Mark) -> tuple[Mark, ...]:
    """Return the marks with one more, without an earlier one of the same checkpoint."""
    rest = tuple(each for each in marks if each.checkpoint != mark.checkpoint)
    return (*rest, mark)[-MOST_MARKS:]


def _name(value: object) -> str:
    if not isinstance(value, str) or (value and not _NAME.fullmatch(value)):
        raise SaveFaulty("a name in a save is letters, digits and a few signs")
    return value


def _number(value: object, *, least: int = 0, most: int = _MOST_TURNS) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise SaveFaulty("a number in a save is out of its range")
    return value


def _value(value: Any) -> Told:
    match value:
        case bool():
            return value
        case int() if abs(value) < 1 << 53:
            return value
        case str() if len(value) <= _LONGEST:
            return value
        case {"float": int() | float() as number} if len(value) == 1:
            return {"float": float(number)}
        case {"to": str() as path} if len(value) == 1:
            return {"to": _name(path)}
        case {"list": list() as items} if len(value) == 1 and len(items) <= _MOST_NAMES:
            return {"list": [_name(item) for item in items]}
    raise SaveFaulty("a variable in a save is of no kind that stories have")
