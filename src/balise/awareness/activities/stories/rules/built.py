"""What a compiled story holds that its engine does not tell: names, ids, tags, what leads where.

Pure. Read once, when a story is parsed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from inkpython.engine.call_stack import CallStack
from inkpython.engine.choice_point import ChoicePoint
from inkpython.engine.container import Container
from inkpython.engine.control_command import ControlCommand
from inkpython.engine.divert import Divert
from inkpython.engine.push_pop import PushPopType
from inkpython.engine.story_state import StoryState
from inkpython.engine.value import DivertTargetValue, StringValue, VariablePointerValue
from inkpython.engine.variable_reference import VariableReference
from inkpython.engine.variables_state import VariablesState

from balise.awareness.activities.stories.rules import tags

_GLOBALS: Final = "global decl"
_DRAWS: Final = ("Random", "ListRandom", "SequenceShuffleIndex")


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tag as it is written, and its scene; `at_head` where nothing of the scene is before it."""

    scene: str
    key: str
    value: str
    at_head: bool


@dataclass(slots=True)
class Knot:
    """What a knot reads, and the knots that it leads to."""

    variables: set[str] = field(default_factory=set)
    visits: set[str] = field(default_factory=set)
    leads: set[str] = field(default_factory=set)


class Built:
    """A compiled story's names. A scene is a knot, or a stitch as `knot.stitch`.

    `kept` gives the name that a counted place has in a save, by its path; `paths` the reverse.
    """

    def __init__(self, root: Any) -> None:
        self._all = [*_containers(root)]
        self.functions = frozenset(_functions(self._all))
        self.scenes = dict(_scenes(root, self.functions))
        self.by_container = {id(inside): name for name, inside in self.scenes.items()}
        heads = {
            name: {key for key, _value in tags.pairs(_tag_texts(_head(inside)))}
            for name, inside in self.scenes.items()
        }
        self.checkpoints = frozenset(name for name, keys in heads.items() if "checkpoint" in keys)
        self.choices = {
            choice: str(target.path)
            for choice, target in _choices(self._all)
            if choice and target.visitsShouldBeCounted
        }
        self.kept = {path: f"#{choice}" for choice, path in self.choices.items()}
        for container in self._all:
            if container.visitsShouldBeCounted and not _is_automatic(container.name or "-"):
                path = str(container.path)
                names = [part for part in path.split(".") if not _is_automatic(part)]
                self.kept.setdefault(path, ".".join(names))
        self.paths = {name: path for path, name in self.kept.items()}

    @cached_property
    def offered(self) -> dict[str, str]:
        """Return the scene in which each choice is offered, by the choice's id."""
        return {choice: self.scene_of(target) for choice, target in _choices(self._all) if choice}

    @cached_property
    def draws(self) -> bool:
        """Return whether chance decides something."""
        return any(_is(each, *_DRAWS) for inside in self._all for each in inside.content)

    @cached_property
    def asks_turns(self) -> bool:
        """Return whether it asks how long ago a place was seen, which no save keeps."""
        return any(_is(each, "TurnsSince") for inside in self._all for each in inside.content)

    @cached_property
    def tags(self) -> tuple[Tagged, ...]:
        """Return the tags, as far as they are written out, in the order of the file."""
        heads = {id(each) for inside in self.scenes.values() for each in _head(inside)}
        return tuple(
            Tagged(self.scene_of(container), key, value, at_head=id(begun) in heads)
            for container in self._all
            for begun, text in _tags_in(container.content)
            for key, value in tags.pairs([text])
        )

    def scene_of(self, container: Any) -> str:
        """Return the scene that a place is in; nothing before the first one."""
        names = str(container.path).split(".")
        both = ".".join(names[:2])
        return both if both in self.scenes else names[0] if names[0] in self.scenes else ""

    def live(self, knots: frozenset[str]) -> Knot:
        """Return what can still be read from knots on, and all the knots that follow."""
        found = Knot()
        waiting = [*knots]
        while waiting:
            name = waiting.pop()
            if name in found.leads or name not in self._knots:
                continue
            found.leads.add(name)
            knot = self._knots[name]
            found.variables |= knot.variables
            found.visits |= knot.visits
            waiting += knot.leads
        return found

    @cached_property
    def _knots(self) -> dict[str, Knot]:
        found: dict[str, Knot] = {}
        addressed = {
            _knot_of(str(each.targetPath))
            for container in self._all
            for each in container.content
            if isinstance(each, DivertTargetValue)
        }
        for container in self._all:
            name = _knot_of(str(container.path))
            knot = found.setdefault(name, Knot())
            for each in container.content:
                if isinstance(each, Divert):
                    leads = _leads(each, knot, addressed)
                    knot.leads |= leads
                    if each.pushesToStack:  # it comes back from there
                        for to in leads:
                            found.setdefault(to, Knot()).leads.add(name)
                elif isinstance(each, VariablePointerValue):
                    knot.variables.add(each.variableName)
                elif isinstance(each, VariableReference) and each.pathForCount is None:
                    knot.variables.add(str(each.name))
                elif _is(each, "ReadCount", "TurnsSince"):
                    knot.visits |= set(self.kept)
                else:
                    knot.visits |= {str(read.path) for read in _read(each, container)}
        return found


def _leads(divert: Any, knot: Knot, addressed: set[str]) -> set[str]:
    """Return the knots that a divert may lead to; note the variable that it reads."""
    if not divert.hasVariableTarget:
        return {_knot_of(str(divert.targetPathString if divert.isExternal else divert.targetPath))}
    knot.variables.add(str(divert.variableDivertName))
    return set() if _is_automatic(str(divert.variableDivertName)) else addressed


def _scenes(root: Any, functions: frozenset[str]) -> Iterator[tuple[str, Any]]:
    for name, knot in root.namedContent.items():
        if _is_scene(name, knot) and name not in functions:
            yield name, knot
            for stitch, inside in knot.namedContent.items():
                if _is_scene(stitch, inside):
                    yield f"{name}.{stitch}", inside


def _is_scene(name: str, inside: Any) -> bool:
    return isinstance(inside, Container) and name != _GLOBALS and not _is_automatic(name)


def _head(container: Any) -> list[Any]:
    """Return what a scene begins with: tags and what is reckoned, before its first word or way."""
    first = container.content[:1]
    if first and isinstance(first[0], Container):
        return _head(first[0])
    found, inside, reckons = [], False, False
    for each in container.content:
        inside = _is(each, "BeginTag") or (inside and not _is(each, "EndTag"))
        reckons = _is(each, "EvalStart") or (reckons and not _is(each, "EvalEnd"))
        is_words = isinstance(each, StringValue) and bool(each.value.strip())
        if isinstance(each, Container | ChoicePoint | Divert):
            break
        if is_words and not inside and not reckons:
            break
        found.append(each)
    return found


def _tags_in(content: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Yield where each tag begins, and its text as far as it is written there."""
    begun, text = None, ""
    for each in content:
        if _is(each, "BeginTag"):
            if begun is not None:
                yield begun, text
            begun, text = each, ""
        elif _is(each, "EndTag") and begun is not None:
            yield begun, text
            begun = None
        elif begun is not None and isinstance(each, StringValue):
            text += each.value
    if begun is not None:
        yield begun, text


def _tag_texts(content: Iterable[Any]) -> list[str]:
    return [text for _begun, text in _tags_in(content)]


def _is(each: Any, *commands: str) -> bool:
    return isinstance(each, ControlCommand) and each.commandType.name in commands


def _containers(container: Any) -> Iterator[Any]:
    yield container
    for each in (*container.content, *(container.namedOnlyContent or {}).values()):
        if isinstance(each, Container):
            yield from _containers(each)


def _choices(containers: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the id of each choice point, as far as it is written there, and where it leads."""
    for container in containers:
        since = 0
        for at, each in enumerate(container.content):
            if isinstance(each, ChoicePoint):
                start = container.namedContent.get("s")
                said = [*container.content[since:at], *(start.content if start else ())]
                yield tags.value_of("id", _tag_texts(said)), each.choiceTarget
                since = at + 1


def _functions(containers: Iterable[Any]) -> Iterator[str]:
    """Yield the names that are called as functions."""
    for container in containers:
        for each in container.content:
            if isinstance(each, Divert) and (
                each.isExternal
                or (each.pushesToStack and each.stackPushType == PushPopType.Function)
            ):
                yield str(each.targetPathString)


def _read(each: Any, container: Any) -> Iterator[Any]:
    """Yield the container whose visits something reads: these visits matter."""
    if isinstance(each, VariableReference):
        yield each.containerForCount
    elif isinstance(each, ChoicePoint) and each.onceOnly:
        yield each.choiceTarget
    elif _is(each, "VisitIndex"):
        yield container


def _knot_of(path: str) -> str:
    name = path.split(".", maxsplit=1)[0]
    return "" if _is_automatic(name) else name


def _is_automatic(name: str) -> bool:
    """Return whether the compiler gave a name, and may give it to something else tomorrow."""
    return name.isdigit() or "-" in name or "$" in name


# States of the engine between two scenes: a copy of one, and what tells it from others. Pure.


_ALIKE: Final = 4


def copied(state: Any) -> Any:
    """Return a copy of a state, so that two choices of it may be taken."""
    own = StoryState(state.story)
    flow = own._currentFlow
    flow.callStack = CallStack(to_copy=state.callStack)
    flow.currentChoices = [_copied_choice(each) for each in state.currentChoices]
    variables = VariablesState(flow.callStack, state.story.listDefinitions)
    variables._globalVariables = dict(state.variablesState._globalVariables)
    variables._defaultGlobalVariables = state.variablesState._defaultGlobalVariables
    own.variablesState = variables
    own._visitCounts, own._turnIndices = dict(state._visitCounts), dict(state._turnIndices)
    own.currentTurnIndex, own.didSafeExit = state.currentTurnIndex, state.didSafeExit
    own.storySeed, own.previousRandom = state.storySeed, state.previousRandom
    own.previousPointer = state.previousPointer
    return own


def key_of(state: Any, built: Built) -> tuple[object, ...]:
    """Return what tells a state from others: where it is, and what can still be read from there.

    A variable that nothing ahead reads does not tell one state from another; a place visited
    `_ALIKE` times is as one visited more often.
    """
    choices = state.currentChoices
    stacks = [_stack(each.threadAtGeneration) for each in choices]
    heads = {path.partition(".")[0] for path in (each.sourcePath for each in choices)}
    heads |= {path.partition(".")[0] for stack in stacks for path, *_rest in stack}
    live = built.live(frozenset("" if head.isdigit() else head for head in heads))
    visits, known = state._visitCounts, state.variablesState._globalVariables
    return (
        tuple(each.sourcePath for each in choices),
        tuple(stacks),
        tuple(str(known[name]) for name in sorted(live.variables & known.keys())),
        tuple((path, min(visits[path], _ALIKE)) for path in sorted(live.visits & visits.keys())),
        state.previousRandom if built.draws else 0,
    )


def _copied_choice(choice: Any) -> Any:
    own = choice.Clone()
    own.tags = choice.tags
    return own


def _stack(thread: Any) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(each.currentPointer.path or ""),
            *(f"{name}={told}" for name, told in sorted(each.temporaryVariables.items())),
        )
        for each in thread.callstack
    )
