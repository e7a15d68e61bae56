"""inkpython within limits. Pure.

A warning of the engine is kept and never stops a page; an external function is played by the
story's own fallback, so no script runs.
"""

from collections.abc import Callable
from typing import Any, Final

import inkpython
from inkpython.engine.error import ErrorType

from balise.awareness.activities.stories.rules.values import is_over

LONGEST: Final = 1_500_000  # octets of a compiled story
OLDEST, NEWEST = 18, 21  # versions of compiled ink that both engines play
STEPS: Final = 20_000  # of the engine for one scene
TEXT: Final = 20_000  # characters of one scene
DEPTH: Final = 200  # calls in calls


class StoryFaulty(ValueError):
    """A story cannot be played; `code` says why."""

    def __init__(self, code: str, message: str) -> None:
        self.code, self.message = code, message
        super().__init__(f"{code}: {message}")


class Engine(inkpython.Story):
    """One story, parsed; its state is that of whoever plays.

    `entered` is called with each container that a divert leads to, once it is counted and before
    anything in it is played.
    """

    def __init__(self, told: str) -> None:
        self.left, self.heard, self.failed = STEPS, list[str](), False
        self.entered: Callable[[Any], None] | None = None
        super().__init__(told)
        self.allowExternalFunctionFallbacks = True
        self.onError = self._hear

    def limit(self) -> None:
        """Give the next scene its steps, and forget what was said of the one before."""
        self.left, self.failed = STEPS, False
        self.heard.clear()

    def clear(self) -> None:
        """Leave whatever an error broke off: the next state is loaded into a clean engine."""
        self._recursiveContinueCount, self._asyncContinueActive = 0, False
        self._stateSnapshotAtLastNewline = None
        self._temporaryEvaluationContainer = None

    def Step(self) -> None:  # noqa: N802 - the engine's own name
        """Do one step, of as many as a scene may take."""
        self.left -= 1
        if self.left < 0:
            raise StoryFaulty("endless", f"a scene takes more than {STEPS} steps")
        super().Step()
        stack = self._state.evaluationStack
        if stack and is_over(stack[-1]):
            raise StoryFaulty("too-large", "a variable or an expression grows without end")
        if len(self._state.callStack.elements) > DEPTH:
            raise StoryFaulty("endless", f"more than {DEPTH} calls are open at once")

    def VisitContainer(self, container: Any, at_start: bool) -> None:  # noqa: FBT001, N802 - its own
        """Count; tell of a place that a divert in a variable leads to."""
        super().VisitContainer(container, at_start)
        pointer = self._state.callStack.currentElement.currentPointer
        if pointer.index < 0 and pointer.container is container:
            self._tell(container)

    def VisitChangedContainersDueToDivert(self) -> None:  # noqa: N802 - its own
        """Count; tell of a place that a divert leads to, from within that same place too."""
        super().VisitChangedContainersDueToDivert()
        pointer = self._state.callStack.currentElement.currentPointer
        if pointer.index == 0:
            self._tell(pointer.container)

    def _tell(self, container: Any) -> None:
        if self.entered is not None:
            self.entered(container)

    def _hear(self, message: str, kind: int) -> None:
        self.heard.append(message)
        self.failed = self.failed or kind == ErrorType.Error
