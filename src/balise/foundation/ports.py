"""How one line asks another without knowing it.

The asker declares the question; `config/wiring` plugs the answer in.
"""

from typing import Any


class Unplugged(RuntimeError):
    """Nobody answers this port: the wiring forgot it."""


class Port[Question]:
    """A typed question one line asks and another answers."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._answer: Question | None = None
        PORTS.append(self)

    def plug(self, answer: Question) -> None:
        """Only `config/wiring` calls this; there the checker compares the two."""
        self._answer = answer

    @property
    def is_plugged(self) -> bool:
        return self._answer is not None

    @property
    def ask(self) -> Question:
        if self._answer is None:
            raise Unplugged(self.name)
        return self._answer


PORTS: list[Port[Any]] = []
