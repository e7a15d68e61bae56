"""Playing a story: scene after scene, saved at its checkpoints, resumed after an edit. Pure.

A story is parsed once a thread. Each play has a state of its own, which is put into the engine
while it plays; so one story may be played by many, in turns, in one thread.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

from inkpython.engine.pointer import Pointer

from balise.awareness.activities.stories.rules import built as stories_built, engine, tags, values
from balise.awareness.activities.stories.rules.built import Built
from balise.awareness.activities.stories.rules.engine import Engine, StoryFaulty
from balise.awareness.activities.stories.rules.saves import (
    Mark,
    Moved,
    Moves,
    Save,
    SaveElsewhere,
    Told,
    with_mark,
)
from balise.awareness.activities.stories.rules.tags import Choice, Line, Scene
from balise.foundation import strict_json

_KEPT: Final = 16  # parsed stories of a thread
_SEEDS: Final = 1 << 31
_MOST_SINCE: Final = 200
_NO_MOVES: Final = Moves()


class NoSuchChoice(ValueError):
    """The scene does not offer this choice."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story that can be played; `hash` tells one state of it from another."""

    slug: str
    hash: str
    built: Built
    engine: Engine


class _Parsed(threading.local):
    def __init__(self) -> None:
        self.by_hash = OrderedDict[str, tuple[Engine, Built]]()


_parsed = _Parsed()


def load(compiled: str, *, slug: str = "") -> Story:
    """Return a story of compiled ink, parsed once in each thread. Raises StoryFaulty."""
    octets = compiled.encode()
    found = _digest(octets)
    known = _parsed.by_hash.get(found)
    if known is None:
        known = _parse(octets)
        _parsed.by_hash[found] = known
        if len(_parsed.by_hash) > _KEPT:
            _parsed.by_hash.popitem(last=False)
    _parsed.by_hash.move_to_end(found)
    return Story(slug, found, known[1], known[0])


def digest(compiled: str) -> str:
    """Return what tells one state of a story from another."""
    return _digest(compiled.encode())


def begin(story: Story, *, seed: int) -> "Play":
    """Return a play at the first scene; what chance decides follows from the seed."""
    return Play(story, seed % _SEEDS)


def resume(
    story: Story, save: Save, since: Sequence[str] = (), *, moves: Moves = _NO_MOVES
) -> tuple["Play", Moved | None]:
    """Return a play at the last checkpoint that is still there, then after the choices since.

    A choice that is not offered any more ends that: nobody comes into a scene that they did not
    choose. What could not be followed is said. Raises SaveElsewhere, StoryFaulty.
    """
    if save.story != story.slug:
        raise SaveElsewhere("this save is one of another story")
    kept = [_moved(mark, moves) for mark in save.marks]
    while kept and kept[-1].checkpoint not in story.built.checkpoints:
        kept.pop()
    play = Play(story, save.seed, tuple(kept))
    if len(kept) < len(save.marks):
        return play, Moved("gone", play.scene.name)
    for choice in since[:_MOST_SINCE]:
        wanted = _renamed(choice, moves.choices)
        offered = next((each for each in play.scene.choices if each.id == wanted), None)
        if offered is None:
            return play, Moved("changed", play.scene.name)
        play.choose(offered.index)
    return play, None


class Play:
    """Someone's way through a story, as far as they are; `scene` is where they are."""

    def __init__(self, story: Story, seed: int, marks: tuple[Mark, ...] = ()) -> None:
        """Begin at the last of the marks, or at the story's beginning."""
        self.story, self.seed = story, seed
        self.scene = Scene("", (), (), tags.Tags())
        self.heard: tuple[str, ...] = ()  # warnings and errors of the engine in this scene
        self.failed = False  # an error of the story ended it here
        self.entered: tuple[str, ...] = ()  # scenes and functions entered since the last choice
        self.passed: tuple[Scene, ...] = ()  # since it began or was resumed, this one the last
        self._marks, self._since = marks, tuple[str, ...]()
        self._before = (marks, self._since)  # what leads here, this scene's own text included
        self._state: Any = None
        self._restore(marks[-1] if marks else Mark(""))
        self._go_on()

    @property
    def since(self) -> tuple[str, ...]:
        """Return the ids of the choices made since the last checkpoint."""
        return self._since

    @property
    def variables(self) -> dict[str, Told]:
        """Return the declared variables."""
        return _variables(self._state.variablesState)

    def saved(self) -> Save:
        """Return a save of the last checkpoint."""
        return Save(self.story.slug, self.story.hash, self.seed, self._marks)

    def state(self) -> tuple[Save, tuple[str, ...]]:
        """Return a save and choices since, by which `resume` comes to this same scene, all of it.

        It may begin one checkpoint earlier than `saved`: the lines that lead into a checkpoint's
        scene are the outcome of the choice before it.
        """
        marks, since = self._before
        return Save(self.story.slug, self.story.hash, self.seed, marks), since

    def key(self) -> tuple[object, ...]:
        """Return what tells this play's state from others: `rules.states.key_of`."""
        return stories_built.key_of(self._state, self.story.built)

    def copied(self) -> "Play":
        """Return a play that goes on from here by itself."""
        own = copy(self)
        own._state = stories_built.copied(self._state)
        return own

    def choose(self, index: int) -> None:
        """Take a choice, and play on to the next one. Raises NoSuchChoice, StoryFaulty."""
        if not 0 <= index < len(self.scene.choices):
            raise NoSuchChoice(str(index))
        self._since = (*self._since, self.scene.choices[index].id)
        self._before = (self._marks, self._since)
        with self._within() as playing:
            playing.ChooseChoiceIndex(index)
        self._go_on()

    def _go_on(self) -> None:
        """Play to the next choice, or the end."""
        lines, texts, length = list[Line](), list[str](), 0
        name, marks = self.scene.name, self._marks
        entered = list[str]()

        def enter(container: Any) -> None:
            nonlocal name, marks
            place = self.story.built.by_container.get(id(container))
            if place is not None:
                name = place
                entered.append(place)
                if place in self.story.built.checkpoints:
                    marks = with_mark(marks, self._mark(place))

        with self._within() as playing:
            playing.entered = enter
            while playing.canContinue:
                text = playing.Continue().strip()
                said = list(playing.currentTags or ())
                texts += said
                length += len(text)
                if length > engine.TEXT:
                    raise StoryFaulty("too-long", f"a scene has more than {engine.TEXT} characters")
                if text:
                    lines.append(
                        Line(tags.value_of("id", said), text, tags.value_of("speaker", said))
                    )
            choices = tuple(
                Choice(
                    tags.value_of("id", each.tags or ()) or each.text.strip(),
                    each.text.strip(),
                    index,
                )
                for index, each in enumerate(playing.currentChoices)
            )
            self.heard, self.failed = tuple(playing.heard), playing.failed
        self.scene = Scene(name, tuple(lines), choices, tags.read(texts))
        self.passed = (*self.passed, self.scene)
        self._marks, self.entered = marks, tuple(entered)
        if marks is not self._before[0]:
            self._since = ()

    def _mark(self, place: str) -> Mark:
        state = self.story.engine.state
        counts = dict(state._visitCounts)
        if state._patch is not None:
            for container, count in state._patch.visitCounts.items():
                counts[str(container.path)] = count
        kept = self.story.built.kept
        return Mark(
            place,
            _variables(state.variablesState),
            {kept[path]: count for path, count in counts.items() if path in kept},
            state.previousRandom,
            state.currentTurnIndex,
        )

    def _restore(self, mark: Mark) -> None:
        """Put the engine at the beginning of a checkpoint's scene, as it was come to."""
        built = self.story.built
        with self._within() as playing:
            playing.ResetState()
            self._state = state = playing.state
            state.storySeed, state.previousRandom = self.seed, mark.random
            declared = state.variablesState
            for name, told in mark.variables.items():
                default = declared.TryGetDefaultVariableValue(name)
                value = values.read(
                    told,
                    like=default,
                    lists=playing.listDefinitions,
                    places=frozenset(built.scenes),
                )
                if value is not None:
                    declared.SetGlobal(name, value)
            for name, count in mark.visits.items():
                if name in built.paths:
                    state._visitCounts[built.paths[name]] = count
            if mark.checkpoint:
                playing.ResetCallstack()
                state.currentPointer = Pointer(built.scenes[mark.checkpoint], 0)
                state.currentTurnIndex = mark.turns
                self.scene = Scene(mark.checkpoint, (), (), tags.Tags())

    @contextmanager
    def _within(self) -> Iterator[Engine]:
        """Have this play's state in the engine. Raises StoryFaulty, after any error of its."""
        playing = self.story.engine
        playing.limit()
        if self._state is not None:
            playing._state = self._state
        try:
            yield playing
            self._state = playing.state
        except StoryFaulty:
            playing.clear()
            raise
        except Exception as error:  # the engine's own errors are of any class
            playing.clear()
            raise StoryFaulty("engine", f"{type(error).__name__}: {error}") from error
        finally:
            playing.entered = None


def _digest(octets: bytes) -> str:
    return blake2b(octets, digest_size=8).hexdigest()


def _parse(octets: bytes) -> tuple[Engine, Built]:
    if len(octets) > engine.LONGEST:
        raise StoryFaulty("too-large", f"a compiled story has at most {engine.LONGEST} octets")
    try:
        told = strict_json.loads(octets.removeprefix(b"\xef\xbb\xbf"))
    except strict_json.FAULTS as error:
        raise StoryFaulty("unreadable", f"not compiled ink: {error}") from None
    version = told.get("inkVersion") if isinstance(told, Mapping) else None
    if not isinstance(version, int):
        raise StoryFaulty("unreadable", "not compiled ink: it has no inkVersion")
    if not engine.OLDEST <= version <= engine.NEWEST:
        raise StoryFaulty("ink-version", f"compiled by another version of ink: {version}")
    try:
        playing = Engine(octets.decode())
        built = Built(playing.mainContentContainer)
        playing.ValidateExternalBindings()
    except Exception as error:  # noqa: BLE001 - the engine's own errors are of any class
        code = "external" if "external" in str(error) else "unreadable"
        raise StoryFaulty(code, f"{type(error).__name__}: {error}") from None
    return playing, built


def _variables(state: Any) -> dict[str, Told]:
    names = state._defaultGlobalVariables
    return {name: values.told(state.GetVariableWithName(name)) for name in sorted(names)}


def _moved(mark: Mark, moves: Moves) -> Mark:
    """Return a mark with the names that edits gave."""
    return Mark(
        _renamed(mark.checkpoint, moves.scenes),
        {_renamed(name, moves.variables): told for name, told in mark.variables.items()},
        {_place(name, moves): count for name, count in mark.visits.items()},
        mark.random,
        mark.turns,
    )


def _place(name: str, moves: Moves) -> str:
    if name.startswith("#"):
        return f"#{_renamed(name[1:], moves.choices)}"
    knot, dot, rest = name.partition(".")
    if name in moves.scenes:
        return _renamed(name, moves.scenes)
    return f"{_renamed(knot, moves.scenes)}{dot}{rest}"


def _renamed(name: str, names: Mapping[str, str]) -> str:
    """Return the last name that edits gave, one after the other; a circle ends where it began."""
    for _edit in names:
        if name not in names:
            break
        name = names[name]
    return name
