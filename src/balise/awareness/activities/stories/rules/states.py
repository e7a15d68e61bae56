"""States of the engine between two scenes: a copy of one, and what tells it from others. Pure."""

from typing import Any, Final

from inkpython.engine.call_stack import CallStack
from inkpython.engine.story_state import StoryState
from inkpython.engine.variables_state import VariablesState

from balise.awareness.activities.stories.rules.built import Built

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
