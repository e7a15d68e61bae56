"""What some words tell of a danger, as one line asks another that has the words of the country."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class DangerTold:
    """A guess by words: its level (A to D), of what, and the rule in plain words."""

    level: str
    category: str
    says: str


class DangerIn(Protocol):
    """Return what the words of a text tell, or None. Nothing is kept of it."""

    def __call__(self, text: str) -> DangerTold | None: ...
