"""Objects that the nodes of a cluster hold: what runs on a node, and how copies are asked.

It knows Ray only as what `cluster` gives it.
"""

import random
import time
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import orjson

_SUSPECT = 5.0  # seconds in which a copy that was slow or failed is asked last


class Asking:
    """Questions under way; who was slow or failed is noted among the suspects."""

    def __init__(
        self,
        ray: Any,
        suspects: dict[Any, float],
        questions: Sequence[tuple[Sequence[Any], bytes, bytes]],
    ) -> None:
        self._ray, self._suspects, self._questions = ray, suspects, questions
        self.answers: list[bytes | None] = [None] * len(questions)
        self._left = [self._in_turn(copies) for copies, _document, _octets in questions]
        self._pending: dict[Any, tuple[int, Any]] = {}
        for place in range(len(questions)):
            self._send(place)

    def _in_turn(self, copies: Sequence[Any]) -> list[Any]:
        """Return copies in any order, those last that were slow or failed a moment ago."""
        since = time.monotonic() - _SUSPECT
        bad = {one for one, at in self._suspects.items() if at > since}
        return sorted(copies, key=lambda copy: (copy in bad, random.random()))  # noqa: S311

    def _send(self, place: int) -> None:
        if self._left[place]:
            copy, (_copies, document, octets) = self._left[place].pop(0), self._questions[place]
            self._pending[copy.answer.remote(document, octets)] = place, copy

    def hurry(self) -> None:
        """Ask another copy of whatever has not answered yet."""
        for place, copy in list(self._pending.values()):
            self._suspects[copy] = time.monotonic()
            self._send(place)

    def until(self, end: float) -> None:
        """Wait until all have answered, or for this moment."""
        while self._pending and (left := end - time.monotonic()) > 0:
            for ref in self._ray.wait(list(self._pending), num_returns=1, timeout=left)[0]:
                self._receive(ref)

    def _receive(self, ref: Any) -> None:
        place, copy = self._pending.pop(ref)
        try:
            self.answers[place] = self._ray.get(ref)
        except self._ray.exceptions.RayError:
            self._suspects[copy] = time.monotonic()
            self._send(place)
            return
        for other in [one for one, (its, _copy) in self._pending.items() if its == place]:
            del self._pending[other]


class Held:
    """What a node runs to hold an object."""

    def __init__(self, module: str, name: str, document: bytes) -> None:
        self._held = getattr(import_module(module), name)(orjson.loads(document))

    def answer(self, document: bytes, octets: bytes) -> bytes:
        """Return what the object answers."""
        return bytes(self._held.answer(orjson.loads(document), octets))
